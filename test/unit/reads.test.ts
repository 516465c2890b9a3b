import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createClient } from '../../shared/client';
import type { RunOptions } from '../../shared/delivery/options';
import { simulatedClock } from '../support/clock';
import { queued, simulatedService } from '../support/transport';

/** What a read gives of a service that has these records. */
async function read(records: object[], options: RunOptions = {}): Promise<unknown> {
  const body = JSON.stringify({ status: 'success', message_data: records });
  return await simulatedService(() => ({ body })).client.getMessageInfo({ x_unique_id: 'order-7' }, options);
}

const record = { email: 'jane@example.com', open: 2, mailSize: 900, time: 1_764_000_000_000 };

describe('a read that finds nothing', () => {
  it('gives an empty list, unless it is to be told otherwise', async () => {
    assert.deepEqual(await read([]), []);
    assert.deepEqual(await read([], { nothingFound: 'nothing' }), []);
  });

  it('gives one record that says so, with the ID that was looked for', async () => {
    const options = { nothingFound: 'item' } as const;
    assert.deepEqual(await read([], options), [{ found: false, xUniqueId: 'order-7' }]);
    assert.deepEqual(await read([record], options), [record]);
  });

  it('ends in an error that names the ID', async () => {
    await assert.rejects(read([], { nothingFound: 'error' }), {
      kind: 'service',
      fate: 'notSent',
      status: 200,
      message: 'SendClean has no email with the X-Unique-Id "order-7"',
    });
    assert.deepEqual(await read([record], { nothingFound: 'error' }), [record]);
  });
});

describe('a read that is simplified', () => {
  it('gives each record with the ID that was looked for, and leaves out what nobody wants', async () => {
    assert.deepEqual(await read([record, { email: 'john@example.com' }], { simplify: true }), [
      { email: 'jane@example.com', xUniqueId: 'order-7', openCount: 2, time: '2025-11-24T16:00:00.000Z' },
      { email: 'john@example.com', xUniqueId: 'order-7' },
    ]);
    assert.deepEqual(await read([record], { simplify: false }), [record]);
  });
});

describe('a client of its own', () => {
  it('knows what it has sent, and another does not', async () => {
    const message = {
      to: [{ email: 'jane@example.com' }],
      text: 'Hi',
      headers: { 'X-Unique-Id': 'order-7' },
    };
    const run = async (client: ReturnType<typeof createClient>) =>
      await client.run(client.prepare('sendMail', { smtp_user_name: 'smtp1', message }), { skipSent: true });
    const service = () => {
      const paths: string[] = [];
      const send = (request: { path: string }) => {
        paths.push(request.path);
        const body = request.path.endsWith('Info') ? '{"status":"success","message_data":[]}' : '';
        return Promise.resolve({ status: 200, headers: {}, body: '', ...queued, ...(body && { body }) });
      };
      return { paths, client: createClient({ transport: { send }, clock: simulatedClock() }) };
    };
    const [one, other] = [service(), service()];
    assert.equal((await run(one.client)).skipped, undefined);
    assert.equal((await run(one.client)).skipped, true);
    assert.equal((await run(other.client)).skipped, undefined);
    assert.deepEqual([one.paths.filter((path) => path.endsWith('Mail')).length, other.paths.length], [1, 2]);
  });
});
