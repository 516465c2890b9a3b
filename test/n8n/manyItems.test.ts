import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { clear, control, fault, message, messages, until } from '../sandbox/client';
import { runNode, type NodeOutcome, type NodeRun } from '../support/n8nEngine';
import { credentialFor, emailForm } from '../support/n8nForm';
import { useSandbox } from './harness';

const addresses = Array.from({ length: 200 }, (_, index) =>
  index % 20 === 0 ? `bad${index}@` : `jane${index}@example.com`,
);
const good = addresses.filter((to) => !to.startsWith('bad'));
const toItems = (list: string[]) => list.map((to) => ({ json: { to } }));
const retry = { retryOnFail: true, maxTries: 3, waitBetweenTries: 0 };

describe('a run of 200 items of which 10 are bad, the first among them', () => {
  const sandbox = useSandbox();

  const run = (
    list: string[],
    settings: NodeRun['settings'] = {},
    options: object = {},
    cancelAfter?: NodeRun['cancelAfter'],
  ): Promise<NodeOutcome> =>
    runNode({
      ...(cancelAfter && { cancelAfter }),
      parameters: {
        ...emailForm,
        to: '={{ $json.to }}',
        options: { ...options },
      },
      credential: credentialFor(sandbox().url),
      items: toItems(list),
      settings,
    });
  const arrived = async () =>
    (await messages(sandbox().url)).map(({ recipients }) => String(recipients[0]?.email));

  it('evaluates an expression among the options for each item, also one within others', async () => {
    const headers = { pair: [{ name: 'X-Order', value: '={{ $json.to }}' }] };
    const list = good.slice(0, 3);
    assert.equal(
      (await run(list, {}, { xUniqueId: '=id-{{ $json.to }}', customHeaders: headers })).error,
      undefined,
    );
    const summaries = await messages(sandbox().url);
    const sent = await Promise.all(summaries.map(({ id }) => message(sandbox().url, id)));
    for (const { xUniqueId, recipients, request } of sent) {
      const to = String(recipients[0]?.email);
      assert.equal(xUniqueId, `id-${to}`);
      assert.ok(JSON.stringify(request).includes(`"X-Order":"${to}"`));
    }
    assert.equal(sent.length, list.length);
  });

  for (const retrying of [{}, retry]) {
    const how = 'retryOnFail' in retrying ? ' with Retry On Fail' : '';
    it(`sends nothing${how} when it is to stop, and each good email once when the bad ones are mended`, async () => {
      const { error } = await run(addresses, retrying);
      const named = Array.from(
        { length: 10 },
        (_, index) =>
          `To, first recipient must be an email address, got "bad${index * 20}@" [item ${index * 20}]`,
      );
      assert.equal(error?.message, named.join('; '));
      assert.deepEqual(await arrived(), []);
      assert.equal((await run(good, retrying)).error, undefined);
      assert.deepEqual((await arrived()).sort(), good.toSorted());
    });

    it(`sends each good email once${how} when it is to continue`, async () => {
      const { outputs } = await run(addresses, { ...retrying, onError: 'continueRegularOutput' });
      assert.deepEqual((await arrived()).sort(), good.toSorted());
      const failed = outputs[0]?.filter(({ json }) => json.error !== undefined);
      assert.deepEqual(
        failed?.map(({ pairedItem }) => pairedItem),
        Array.from({ length: 10 }, (_, index) => ({ item: index * 20 })),
      );
      assert.equal(outputs[0]?.length, 200);
    });

    it(`sends each good email once${how} when bad ones go to the error output`, async () => {
      const { outputs } = await run(addresses, { ...retrying, onError: 'continueErrorOutput' });
      assert.deepEqual((await arrived()).sort(), good.toSorted());
      assert.deepEqual(
        outputs.map((output) => output.length),
        [190, 10],
      );
    });
  }

  /** Lets the service go wrong at an email in the middle of a run. */
  async function faultAfter(count: number, description: object): Promise<void> {
    await fault(sandbox().url, { kind: 'delay', delayMs: 0, count });
    await fault(sandbox().url, description);
  }

  it('goes on where it stopped when the service refuses one for now and n8n tries again', async () => {
    await faultAfter(100, { kind: 'reply', status: 429, body: '' });
    const { error, outputs } = await run(good, retry, { attempts: 1 });
    assert.equal(error, undefined);
    assert.deepEqual((await arrived()).sort(), good.toSorted());
    assert.deepEqual(emailsOf(outputs[0]), good);
  });

  it('tries none again whose fate is unknown, however often n8n tries', async () => {
    await faultAfter(100, { kind: 'resetAfter' });
    const { error } = await run(good, retry);
    assert.match(String(error?.message), /^SendClean cannot be reached: the connection broke/);
    const taken = await arrived();
    assert.equal(new Set(taken).size, taken.length);
  });

  it('begins no further email after a failure, and says of each that was under way what happened to it', async () => {
    await faultAfter(100, { kind: 'resetAfter' });
    const { error } = await run(good);
    const description = String((error as { description?: unknown }).description);
    const failed = (error as { context?: { itemIndex?: number } }).context?.itemIndex ?? -1;
    const [, ranges = ''] = /Items ([\d–, ]+) were already sent: /.exec(description) ?? [];
    const told = ranges.split(', ').flatMap((range) => {
      const [start = 0, end = start] = range.split('–').map(Number);
      return good.slice(start, end + 1);
    });
    const taken = await arrived();
    assert.deepEqual([...told, good[failed]].sort(), taken.toSorted());
    assert.ok(taken.length < 120, `${taken.length} mails`);
  });

  it('says of every email whose fate is unknown', async () => {
    await fault(sandbox().url, { kind: 'resetAfter', count: null });
    const { error } = await run(good, {}, { atOnce: 3 });
    await clear(sandbox().url, 'faults');
    const description = String((error as { description?: unknown }).description);
    assert.match(
      description,
      / It is not known whether item \d \(X-Unique-Id “sc-\S+”\), item \d \(.*\), item \d \(.*\) were sent: /,
    );
    assert.equal((await arrived()).length, 3);
  });

  it('has as many requests under way at once as it is told, ten by default', async () => {
    for (const [options, most] of [
      [{}, 10],
      [{ atOnce: 3 }, 3],
    ] as const) {
      await clear(sandbox().url, 'requests');
      await fault(sandbox().url, { kind: 'delay', delayMs: 20, count: good.length });
      const { outputs } = await run(good, {}, options);
      const { mostAtOnce } = (await (await control(sandbox().url, 'requests')).json()) as {
        mostAtOnce: number;
      };
      assert.equal(mostAtOnce, most);
      assert.deepEqual(emailsOf(outputs[0]), good);
    }
  });

  it('ends when it is cancelled, and says that the fate of its email is unknown', async () => {
    await fault(sandbox().url, { kind: 'delay', delayMs: 600_000, count: 10 });
    const { error } = await run(good, {}, {}, async () => {
      await until('ten mails are under way', async () => (await arrived()).length === 10);
    });
    assert.match(String(error?.message), /cancelled/);
    assert.equal((await arrived()).length, 10);
  });
});

/** The address that the email of each item went to, as its input has it. */
function emailsOf(items: NodeOutcome['outputs'][number] = []): unknown[] {
  return items.map(({ pairedItem }) => good[(pairedItem as { item: number }).item]);
}
