import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Sandbox } from '../../sandbox/src/server';
import { call, control, mailUnder } from '../sandbox/client';
import { removeEngine, runNode } from '../support/n8nEngine';
import { credentialFor } from '../support/n8nForm';
import { startSandbox } from '../support/sandbox';

const time = Date.UTC(2026, 0, 2, 3, 4, 5, 678);

describe('Get Message Info in n8n', () => {
  let sandbox: Sandbox;
  before(async () => {
    sandbox = await startSandbox();
    for (const id of ['order-1', 'order-2'])
      await call(sandbox.url, 'sendMail', mailUnder(id, `${id}@example.com`));
    const visit = { xUniqueId: 'order-1', time, ip: '192.0.2.1', ua: 'Mail program' };
    for (const event of ['open', 'click']) await control(sandbox.url, 'events', { ...visit, event });
  });
  after(async () => {
    await sandbox.close();
    await removeEngine();
  });

  const run = async (changes: object, items = [{}]) => {
    const parameters = { operation: 'getMessageInfo', xUniqueId: 'order-1', ...changes };
    const { outputs, error } = await runNode({ parameters, items, credential: credentialFor(sandbox.url) });
    assert.equal(error, undefined);
    return outputs[0] ?? [];
  };

  it('gives times as ISO 8601, and opens and clicks as lists', async () => {
    const [item] = await run({});
    const visit = { time: '2026-01-02T03:04:05.678Z', ip: '192.0.2.1', userAgent: 'Mail program' };
    assert.partialDeepStrictEqual(item?.json, {
      email: 'order-1@example.com',
      openCount: 1,
      opens: [visit],
      clickCount: 1,
      clicks: [visit],
    });
    assert.match(String(item?.json.time), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    assert.equal(item?.json.openData, undefined);
  });

  it('gives the untouched record when it is not to be simplified', async () => {
    const [item] = await run({ simplify: false });
    assert.deepEqual(item?.json.openData, { ip: ['192.0.2.1'], ua: ['Mail program'], time: [time] });
    assert.equal(typeof item?.json.time, 'number');
  });

  it('looks up the ID of each item', async () => {
    const items = ['order-2', 'nobody', 'order-1'].map((id) => ({ json: { id } }));
    const found = await run({ xUniqueId: '={{ $json.id }}' }, items);
    assert.deepEqual(
      found.map(({ json, pairedItem }) => [json.email, pairedItem]),
      [
        ['order-2@example.com', { item: 0 }],
        ['order-1@example.com', { item: 2 }],
      ],
    );
  });
});
