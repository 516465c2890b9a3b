import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Sandbox } from '../../sandbox/src/server';
import { control, fault, messages } from '../sandbox/client';
import { removeEngine, runNode, type NodeOutcome, type NodeRun } from '../support/n8nEngine';
import { credentialFor } from '../support/n8nForm';
import { startSandbox } from '../support/sandbox';

const addresses = Array.from({ length: 200 }, (_, index) =>
  index % 20 === 0 ? `bad${index}@` : `jane${index}@example.com`,
);
const good = addresses.filter((to) => !to.startsWith('bad'));
const toItems = (list: string[]) => list.map((to) => ({ json: { to } }));
const retry = { retryOnFail: true, maxTries: 3, waitBetweenTries: 0 };

describe('a run of 200 items of which 10 are bad, the first among them', () => {
  let sandbox: Sandbox;
  before(async () => {
    sandbox = await startSandbox();
  });
  after(async () => {
    await sandbox.close();
    await removeEngine();
  });
  beforeEach(async () => await control(sandbox.url, 'messages', undefined, 'DELETE'));

  const run = (list: string[], settings: NodeRun['settings'] = {}): Promise<NodeOutcome> =>
    runNode({
      parameters: {
        operation: 'sendMail',
        fromEmail: 'shop@example.com',
        to: '={{ $json.to }}',
        subject: 'Hi',
        html: '<p>Hi</p>',
      },
      credential: credentialFor(sandbox.url),
      items: toItems(list),
      settings,
    });
  const arrived = async () => (await messages(sandbox.url)).map(({ recipients }) => recipients[0]?.email);

  for (const retrying of [{}, retry]) {
    const how = 'retryOnFail' in retrying ? ' with Retry On Fail' : '';
    it(`sends nothing${how} when it is to stop, and each good mail once when the bad ones are mended`, async () => {
      const { error } = await run(addresses, retrying);
      assert.equal(error?.message, 'Item 1: to[0].email must be an e-mail address, got "bad0@"');
      assert.deepEqual(await arrived(), []);
      assert.equal((await run(good, retrying)).error, undefined);
      assert.deepEqual(await arrived(), good);
    });

    it(`sends each good mail once${how} when it is to continue`, async () => {
      const { outputs } = await run(addresses, { ...retrying, onError: 'continueRegularOutput' });
      assert.deepEqual(await arrived(), good);
      const failed = outputs[0]?.filter(({ json }) => json.error !== undefined);
      assert.deepEqual(
        failed?.map(({ pairedItem }) => pairedItem),
        Array.from({ length: 10 }, (_, index) => ({ item: index * 20 })),
      );
      assert.equal(outputs[0]?.length, 200);
    });

    it(`sends each good mail once${how} when bad ones go to the error output`, async () => {
      const { outputs } = await run(addresses, { ...retrying, onError: 'continueErrorOutput' });
      assert.deepEqual(await arrived(), good);
      assert.deepEqual(
        outputs.map((output) => output.length),
        [190, 10],
      );
    });
  }

  /** Lets the service go wrong at a mail in the middle of a run. */
  async function faultAfter(count: number, description: object): Promise<void> {
    await fault(sandbox.url, { kind: 'delay', delayMs: 0, count });
    await fault(sandbox.url, description);
  }

  it('goes on where it stopped when the service refuses one for now and n8n tries again', async () => {
    await faultAfter(100, { kind: 'reply', status: 429, body: '' });
    const { error, outputs } = await run(good, retry);
    assert.equal(error, undefined);
    assert.deepEqual(await arrived(), good);
    assert.equal(outputs[0]?.length, good.length);
  });

  it('tries none again whose fate is unknown, however often n8n tries', async () => {
    await faultAfter(100, { kind: 'resetAfter' });
    const { error } = await run(good, retry);
    assert.match(String(error?.message), /^Item 101: SendClean cannot be reached: the connection broke/);
    assert.deepEqual(await arrived(), good.slice(0, 101));
  });
});
