import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { operations } from '../../shared/generated/operations';
import { fault, messages, until } from '../sandbox/client';
import { flowOf, ids, renamed } from '../support/nodeRedFlow';
import { mail, useRuntime } from './harness';

const { path } = operations.sendMail;
const lookUps = operations.getMessageInfo.path;
/** Long enough for all messages to look for an email before the first has sent it. */
const slow = { kind: 'delay', path, delayMs: 300, count: null };
const skipping = { skipSent: ['yes', 'choice'] } as const;

describe('Skip Already Sent in Node-RED', () => {
  const { url, red, deploy, result, failure, requestCount } = useRuntime();

  /** What comes of messages that arrive at the same moment, whose addresses differ in case only. */
  async function together(count: number, xUniqueId: string, ...nodes: string[]) {
    const prefixes = nodes.length > 0 ? nodes : [''];
    for (let index = 0; index < count; index += 1) {
      const to = index % 2 ? 'Jane@example.com' : 'jane@EXAMPLE.com';
      red().send(`${prefixes[index % prefixes.length]}${ids.node}`, { ...mail, to, xUniqueId });
    }
    const ends = prefixes.flatMap((prefix) => [prefix + ids.out, prefix + ids.caught]);
    const arrivals = [];
    while (arrivals.length < count) arrivals.push(await red().nextOf(...ends));
    return arrivals.map(({ msg: { payload, sendclean } }) => {
      const { fate } = (sendclean ?? {}) as { fate?: string };
      return fate ?? ((payload as { skipped?: true }).skipped ? 'skipped' : 'sent');
    });
  }
  const count = (ends: string[], end: string) => ends.filter((one) => one === end).length;

  it('sends one email for 26 messages of the same X-Unique-Id and recipient', async () => {
    await deploy('sendMail', skipping);
    await fault(url(), slow);
    const ends = await together(26, 'order-1');
    assert.deepEqual([count(ends, 'sent'), count(ends, 'skipped')], [1, 25]);
    assert.equal((await messages(url())).length, 1);
    assert.equal(await requestCount(), 2);
  });

  /** Two nodes, which share the account or have one each with the same owner ID and endpoint. */
  async function deployTwo(isShared: boolean): Promise<void> {
    const one = renamed(flowOf('sendMail', { endpoint: url() }, skipping), 'one-');
    const two = renamed(flowOf('sendMail', { endpoint: url() }, skipping), 'two-');
    const second = two.flows.map((node) =>
      isShared && node.id === `two-${ids.node}` ? { ...node, account: 'one-account' } : node,
    );
    const credentials = { ...one.credentials, ...two.credentials };
    await red().deploy({ flows: [...one.flows, ...second], credentials });
  }

  for (const isShared of [true, false]) {
    const whose = isShared ? 'of one account' : 'whose accounts are the same at SendClean';
    it(`sends one email by two nodes ${whose}`, async () => {
      await deployTwo(isShared);
      await fault(url(), slow);
      const ends = await together(26, `order-2-${isShared}`, 'one-', 'two-');
      assert.deepEqual([count(ends, 'sent'), count(ends, 'skipped')], [1, 25]);
      assert.equal((await messages(url())).length, 1);
    });
  }

  it('sends no second email while the service does not find the first yet, also after a deployment', async () => {
    const nothing = { status: 'success', message_data: [] };
    await fault(url(), { kind: 'reply', path: lookUps, body: nothing, count: null });
    for (const end of ['sent', 'skipped']) {
      await deploy('sendMail', skipping);
      assert.deepEqual(await together(1, 'order-3'), [end]);
    }
    assert.equal((await messages(url())).length, 1);
  });

  it('sends the email of the next message when the service refused the first', async () => {
    await deploy('sendMail', skipping);
    const body = { status: 'error', code: 2, name: 'ValidationError', message: 'no' };
    await fault(url(), { kind: 'reply', path, body });
    const ends = await together(26, 'order-4');
    assert.deepEqual(
      ['notSent', 'sent', 'skipped'].map((end) => count(ends, end)),
      [1, 1, 24],
    );
    assert.equal((await messages(url())).length, 1);
  });

  it('reports an unknown fate for all messages that waited for one whose fate is unknown', async () => {
    await deploy('sendMail', skipping);
    await fault(url(), { kind: 'resetAfter', path });
    const ends = await together(26, 'order-5');
    assert.equal(count(ends, 'unknown'), 26);
    assert.equal((await messages(url())).length, 1);
  });

  it('sends to the recipients who do not have the email, and says who was skipped', async () => {
    await deploy('sendMail', skipping);
    await result({ ...mail, to: 'a@example.com, b@example.com', xUniqueId: 'order-6' });
    const { payload } = await result({ ...mail, to: 'B@example.com, c@example.com', xUniqueId: 'order-6' });
    assert.partialDeepStrictEqual(payload, { status: 'success', skippedRecipients: ['B@example.com'] });
    const sent = (await messages(url())).map(({ recipients }) => recipients.map(({ email }) => email));
    assert.deepEqual(sent, [['a@example.com', 'b@example.com'], ['c@example.com']]);
  });

  it('ends the waits when the flow is stopped', async () => {
    await deploy('sendMail', skipping);
    await fault(url(), { ...slow, delayMs: 60_000 });
    for (let index = 0; index < 3; index += 1) red().send(ids.node, { ...mail, xUniqueId: 'order-7' });
    await until('the first is under way', async () => (await messages(url())).length === 1);
    const ended = red().ended();
    await red().deploy({ flows: [] });
    const fates = ended.map(({ msg }) => (msg.sendclean as { fate?: string }).fate);
    assert.deepEqual(fates.sort(), ['notSent', 'notSent', 'unknown']);
    assert.equal((await messages(url())).length, 1);
  });

  it('advises after a read without a word about sending, and after a refused token to correct it', async () => {
    await deploy('getMessageInfo', { xUniqueId: ['order-8', 'str'] });
    await fault(url(), { kind: 'status', path: lookUps, status: 500, count: null });
    const { error, sendclean } = await failure({});
    assert.match(error.message, /\. It is safe to run this again\.$/);
    assert.equal(sendclean.advice, 'It is safe to run this again.');
    await deploy('getMessageInfo', { xUniqueId: ['', 'str'] });
    assert.equal((await failure({})).sendclean.advice, 'Correct this, then run it again.');
    await deploy('getMessageInfo', { xUniqueId: ['order-8', 'str'] }, { token: '' });
    assert.equal((await failure({})).sendclean.advice, 'Correct this, then run it again.');
    await deploy('sendMail', {}, { token: 'wrong' });
    const advice = 'Nothing was sent. Correct owner ID and token of the account, then run it again.';
    assert.equal((await failure(mail)).sendclean.advice, advice);
  });
});
