import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { operations } from '../../shared/generated/operations';
import { control, fault, messages, until } from '../sandbox/client';
import { runNode, type NodeOutcome, type NodeRun } from '../support/n8nEngine';
import { credentialFor, emailForm } from '../support/n8nForm';
import { useSandbox } from './harness';

const { path } = operations.sendMail;
/** Long enough for all calls of a run to look for an email before the first has sent it. */
const slow = { kind: 'delay', path, delayMs: 300, count: null };

/** As many items, whose addresses differ in case only. */
const same = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    json: { to: index % 2 ? 'Jane@example.com' : 'jane@EXAMPLE.com' },
  }));

describe('Skip Already Sent within an n8n', () => {
  const sandbox = useSandbox();

  const run = (
    xUniqueId: string,
    changes: Partial<NodeRun> = {},
    options: object = {},
  ): Promise<NodeOutcome> =>
    runNode({
      items: same(26),
      credential: credentialFor(sandbox().url),
      ...changes,
      parameters: {
        ...emailForm,
        to: '={{ $json.to }}',
        options: { xUniqueId, skipSent: true, atOnce: 10, ...options },
        ...changes.parameters,
      },
    });
  const results = ({ outputs }: NodeOutcome) => outputs[0]?.map(({ json }) => json) ?? [];
  const skippedOf = (outcome: NodeOutcome) => results(outcome).filter(({ skipped }) => skipped).length;
  const requestCount = async () =>
    ((await (await control(sandbox().url, 'requests')).json()) as { count: number }).count;

  it('sends one email for 26 items of the same X-Unique-Id and recipient', async () => {
    await fault(sandbox().url, slow);
    const outcome = await run('order-1');
    assert.deepEqual([outcome.error, results(outcome).length, skippedOf(outcome)], [undefined, 26, 25]);
    assert.equal((await messages(sandbox().url)).length, 1);
    assert.equal(await requestCount(), 2);
  });

  it('sends one email for the recipients of one item that differ in case only, each with their own email', async () => {
    const to = 'jane@example.com, JANE@example.com, john@example.com';
    const outcome = await run(
      'order-2',
      { items: [{ json: { to } }, { json: { to: 'John@EXAMPLE.com' } }] },
      {
        sendAs: 'each',
      },
    );
    assert.deepEqual(
      results(outcome).map(({ email, skipped }) => [email, skipped]),
      [
        ['jane@example.com', undefined],
        ['john@example.com', undefined],
        ['John@EXAMPLE.com', true],
      ],
    );
    assert.equal((await messages(sandbox().url)).length, 2);
  });

  it('sends one email for two executions that overlap', async () => {
    await fault(sandbox().url, slow);
    const outcomes = await Promise.all([run('order-3'), run('order-3')]);
    assert.deepEqual(
      outcomes.map(({ error }) => error),
      [undefined, undefined],
    );
    assert.deepEqual(outcomes.map(skippedOf).sort(), [25, 26]);
    assert.equal((await messages(sandbox().url)).length, 1);
  });

  it('sends no second email while the service does not find the first yet', async () => {
    const nothing = { status: 'success', message_data: [] };
    await fault(sandbox().url, {
      kind: 'reply',
      path: operations.getMessageInfo.path,
      body: nothing,
      count: null,
    });
    await run('order-4', { items: same(1) });
    assert.equal(skippedOf(await run('order-4', { items: same(1) })), 1);
    assert.equal((await messages(sandbox().url)).length, 1);
  });

  it('sends the email by the next item when the service refused the first', async () => {
    const body = { status: 'error', code: 2, name: 'ValidationError', message: 'no' };
    await fault(sandbox().url, { kind: 'reply', path, body });
    const outcome = await run('order-5', { settings: { onError: 'continueErrorOutput' } });
    assert.deepEqual(
      outcome.outputs.map(({ length }) => length),
      [25, 1],
    );
    assert.equal(skippedOf(outcome), 24);
    assert.equal((await messages(sandbox().url)).length, 1);
  });

  for (const atOnce of [1, 10]) {
    it(`reports an unknown fate for all items of a run when that of the first is, ${atOnce} at once`, async () => {
      await fault(sandbox().url, { kind: 'resetBefore', path });
      const settings = { onError: 'continueErrorOutput' as const };
      const { outputs } = await run(`order-6-${atOnce}`, { settings }, { atOnce });
      assert.deepEqual(
        outputs.map(({ length }) => length),
        [0, 26],
      );
      assert.equal((await messages(sandbox().url)).length, 0);
      // The next run is a decision of a person, as it is when the look-up says that nothing was sent.
      assert.equal(skippedOf(await run(`order-6-${atOnce}`)), 25);
    });

    it(`sends none again by Retry On Fail when the fate of the first is unknown, ${atOnce} at once`, async () => {
      await fault(sandbox().url, { kind: 'resetAfter', path });
      await fault(sandbox().url, {
        kind: 'reply',
        path: operations.getMessageInfo.path,
        body: { status: 'success', message_data: [] },
        count: null,
      });
      const settings = { retryOnFail: true, maxTries: 3, waitBetweenTries: 0 };
      const { error } = await run(`order-7-${atOnce}`, { settings }, { atOnce });
      assert.match(String(error?.message), /the connection broke/);
      assert.equal((await messages(sandbox().url)).length, 1);
    });
  }

  it('sends to the recipients who do not have the email, and says who was skipped', async () => {
    const to = (list: string) => ({ items: [{ json: { to: list } }] });
    await run('order-8', to('a@example.com, b@example.com'));
    const [result] = results(await run('order-8', to('B@example.com, c@example.com')));
    assert.partialDeepStrictEqual(result, { status: 'success', skippedRecipients: ['B@example.com'] });
    assert.equal(result?.skipped, undefined);
    const sent = (await messages(sandbox().url)).map(({ recipients }) =>
      recipients.map(({ email }) => email),
    );
    assert.deepEqual(sent, [['a@example.com', 'b@example.com'], ['c@example.com']]);
  });

  it('sends the files of an email to the recipients who do not have it', async () => {
    const binary = { invoice: { bytes: Buffer.from('An invoice'), fileName: 'invoice.txt' } };
    const to = (list: string) => ({ items: [{ json: { to: list }, binary }] });
    const parameters = { attachments: 'invoice' };
    await run('order-9', { ...to('a@example.com'), parameters });
    await run('order-9', { ...to('a@example.com, b@example.com'), parameters });
    const sizes = (await messages(sandbox().url)).map(({ attachments }) =>
      attachments.map(({ size }) => size),
    );
    assert.deepEqual(sizes, [[10], [10]]);
  });

  it('ends the wait for another execution when it is cancelled', async () => {
    await fault(sandbox().url, { ...slow, delayMs: 3000 });
    const first = run('order-10', { items: same(1) });
    await until('the first is under way', async () => (await messages(sandbox().url)).length === 1);
    const cancelAfter = () => new Promise<void>((resolve) => setTimeout(resolve, 300));
    const second = await run('order-10', { items: same(3), cancelAfter });
    assert.match(String(second.error?.message), /cancelled/);
    assert.equal((await first).error, undefined);
    assert.equal((await messages(sandbox().url)).length, 1);
  });
});
