import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fault } from '../sandbox/client';
import { failureOf } from '../support/n8nFailure';
import type { NodeOutcome, NodeRun } from '../support/n8nEngine';
import { useNode } from './harness';

const customers = ['bad@', 'jane@example.com', 'john@example.com'].map((email, index) => ({
  json: { name: `Customer ${index}`, email, status: 'new', error: 'none so far' },
  binary: { note: { bytes: Buffer.from('a'), fileName: 'a.txt', mimeType: 'text/plain' } },
}));
const good = customers.slice(1);
const form = { to: '={{ $json.email }}', options: { xUniqueId: '=order-{{ $json.name }}', attempts: 1 } };
/** Another one in each try of the node. */
const changing = { ...form, subject: '={{ Math.random() }}', options: { attempts: 1 } };

describe('items that fail in n8n', () => {
  const { run, inbox, url } = useNode();
  const addresses = async () => (await inbox()).map(({ recipients }) => recipients[0]?.email).sort();
  const goodAddresses = good.map(({ json }) => json.email);

  for (const retryOnFail of [false, true]) {
    for (const onError of ['continueRegularOutput', 'continueErrorOutput'] as const) {
      const output = onError === 'continueErrorOutput' ? 1 : 0;
      const settings = { onError, retryOnFail, maxTries: 3, waitBetweenTries: 1 };
      const all = (changes: object, items: NodeRun['items'] = customers): Promise<NodeOutcome> =>
        run(changes, {}, {}, { items, settings });
      const failures = ({ outputs }: NodeOutcome) =>
        outputs[output]?.filter(({ json }) => 'sendclean' in json) ?? [];

      describe(`with On Error “${onError}”, ${retryOnFail ? 'and' : 'without'} Retry On Fail`, () => {
        it('keep what came in beside the data of the error', async () => {
          const outcome = await all(form);
          const [failed, ...others] = failures(outcome);
          assert.ok(failed);
          assert.deepEqual(others, []);
          const { sendclean, error, ...own } = failed.json;
          assert.deepEqual(own, { name: 'Customer 0', email: 'bad@', status: 'new' });
          assert.match(String(error), /must be an email address/);
          assert.partialDeepStrictEqual(sendclean, {
            kind: 'validation',
            fate: 'notSent',
            path: 'to[0].email',
            attempts: 0,
            advice: 'Item 0 was not sent. Correct this, then run it again.',
          });
          assert.deepEqual(failed.pairedItem, { item: 0 });
          assert.equal(failed.binary?.note?.fileName, 'a.txt');
          assert.equal(outcome.outputs.flat().length, 3);
          assert.deepEqual(await addresses(), goodAddresses);
        });

        it('say of an expression that cannot be resolved that nothing was sent', async () => {
          const outcome = await all({ ...form, subject: '={{ $json["constructor"].name }}' });
          const advice = failures(outcome).map((item) => failureOf(item).advice);
          assert.deepEqual(
            advice,
            customers.map((_, index) => `Item ${index} was not sent. Correct this, then run it again.`),
          );
          assert.deepEqual(await addresses(), []);
        });

        it('are sent once each however often n8n tries, when their requests change from try to try', async () => {
          await all(changing);
          assert.deepEqual(await addresses(), goodAddresses);
        });

        it('are sent once each when it is not known of any whether it was sent', async () => {
          await fault(url(), { kind: 'resetAfter', count: null });
          const outcome = await all(changing, good);
          assert.deepEqual(
            failures(outcome).map((item) => failureOf(item).fate),
            ['unknown', 'unknown'],
          );
          assert.deepEqual(await addresses(), goodAddresses);
        });

        it('say by which ID an email is found, and what the service answered', async () => {
          const body = { status: 'error', name: 'GeneralError', code: 7, message: 'Out of order' };
          await fault(url(), { kind: 'reply', status: 500, body, count: null });
          const outcome = await all(form, good.slice(0, 1));
          const [failed] = failures(outcome);
          assert.ok(failed);
          assert.partialDeepStrictEqual(failed.json.sendclean, {
            fate: 'unknown',
            status: 500,
            code: 7,
            xUniqueId: 'order-Customer 1',
            attempts: 1,
          });
          assert.match(String(failed.json.error), /Out of order.+It is not known whether/);
        });

        it('say which recipient did not get an email of their own', async () => {
          const options = { sendAs: 'each', attempts: 1 };
          await fault(url(), { kind: 'reply', status: 429, body: '', count: null });
          const outcome = await all({ to: goodAddresses.join(', '), options }, [customers[0] ?? {}]);
          assert.deepEqual(
            failures(outcome).map((item) => failureOf(item).email),
            goodAddresses,
          );
        });
      });
    }
  }

  it('are tried again by Retry On Fail as a whole, though each email that went out is not', async () => {
    await fault(url(), { kind: 'reply', status: 429, body: '' });
    const settings = {
      onError: 'continueErrorOutput' as const,
      retryOnFail: true,
      maxTries: 3,
      waitBetweenTries: 1,
    };
    const { outputs } = await run(
      { ...changing, options: { attempts: 1, atOnce: 1 } },
      {},
      {},
      { items: good, settings },
    );
    assert.deepEqual(
      outputs.map((output) => output.length),
      [2, 0],
    );
    assert.deepEqual(await addresses(), goodAddresses);
  });

  it('do not make n8n send an email twice where the node stops, though requests change from try to try', async () => {
    await fault(url(), { kind: 'delay', delayMs: 0 });
    await fault(url(), { kind: 'reply', status: 429, body: '' });
    const settings = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
    const options = { attempts: 1, atOnce: 1 };
    const { error } = await run({ ...changing, options }, {}, {}, { items: good, settings });
    assert.equal(error, undefined);
    assert.deepEqual(await addresses(), goodAddresses);
  });
});
