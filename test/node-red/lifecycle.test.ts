import assert from 'node:assert/strict';
import { registerHooks } from 'node:module';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fault, messages } from '../sandbox/client';
import type { Ended } from '../support/nodeRed';
import { flowOf, ids } from '../support/nodeRedFlow';
import { recordBefore } from '../support/recorder';
import { startSandbox } from '../support/sandbox';
import { mail, useRuntime } from './harness';

const { url, red, deploy, result, requestCount } = useRuntime();

/** Gives the node as many messages at once, each with a subject and an ID of its own. */
function sendAtOnce(count: number): string[] {
  const topics = Array.from({ length: count }, (_, index) => `Order ${index}`);
  for (const topic of topics) red().send(ids.node, { ...mail, topic, _msgid: `id of ${topic}` });
  return topics;
}

const until = async (holds: () => boolean | Promise<boolean>) => {
  while (!(await holds())) await sleep(5);
};

const subjects = async (at = url()) => (await messages(at)).map(({ subject }) => subject).sort();

describe('the Node-RED nodes over their life', () => {
  it('load their validators and axios soon after they are deployed, before any message', async () => {
    const loaded = new Set<string>();
    const hooks = registerHooks({
      resolve(specifier, context, next) {
        loaded.add(specifier);
        return next(specifier, context);
      },
    });
    await deploy('sendMail');
    assert.ok(!loaded.has('./runtime') && !loaded.has('axios'));
    await until(() => loaded.has('./runtime') && loaded.has('axios'));
    hooks.deregister();
    await result(mail);
  });

  it('send a thousand messages at once over few connections, each with its own ID and end', async () => {
    const recorder = await recordBefore(url());
    await deploy('sendMail', {}, { endpoint: recorder.url });
    const topics = sendAtOnce(1000);
    const results = await Promise.all(topics.map(() => red().next(ids.out)));
    await recorder.close();
    await until(() => red().waiting(ids.completed) === 1000);
    assert.ok(recorder.mostConnections() <= 10, `${recorder.mostConnections()} connections`);
    assert.deepEqual(results.map(({ topic }) => topic).sort(), topics.toSorted());
    for (const { topic, _msgid } of results) assert.equal(_msgid, `id of ${String(topic)}`);
    const ended = ours(red().ended()).map(({ msg }) => String(msg.topic));
    assert.deepEqual(ended.sort(), topics.toSorted());
    assert.deepEqual(await subjects(), topics.toSorted());
  });

  it('say of each of 100 emails what happened to it when the flow stops', async () => {
    await deploy('sendMail', {}, { atOnce: '50' });
    await fault(url(), { kind: 'delay', count: 10, delayMs: 0 });
    await fault(url(), { kind: 'delay', count: null, delayMs: 60_000 });
    const topics = sendAtOnce(100);
    await until(async () => red().waiting(ids.out) === 10 && (await requestCount()) === 60);
    const ended = red().ended();
    await red().deploy({ flows: [] });
    const all = ours(ended);
    const fates = new Map(all.map(({ msg, error }) => [String(msg.topic), fateOf(msg, error)]));
    assert.deepEqual([...fates.keys()].sort(), topics.toSorted());
    assert.equal(all.length, 100);
    const of = (fate: string) => topics.filter((topic) => fates.get(topic) === fate);
    const [sent, unknown, notSent] = [of('sent'), of('unknown'), of('notSent')];
    assert.deepEqual([sent.length, unknown.length, notSent.length], [10, 50, 40]);
    const taken = new Set(await subjects());
    for (const topic of sent) assert.ok(taken.has(topic), `${topic} was sent`);
    for (const topic of notSent) assert.ok(!taken.has(topic), `${topic} was not sent`);
    assert.equal(taken.size, sent.length + unknown.filter((topic) => taken.has(topic)).length);
  });

  it('pace all nodes of an account together', async () => {
    const { flows, credentials = {} } = flowOf('sendMail', { endpoint: url(), requestsPerMinute: '1' });
    const second = { ...flows.find(({ id }) => id === ids.node), id: 'second', type: 'sendclean-send-mail' };
    await red().deploy({ flows: [...flows, second], credentials });
    await result(mail);
    red().send('second', { ...mail });
    await until(() => red().statuses('second').at(-1)?.text === 'queued 1');
    await sleep(100);
    assert.equal(await requestCount(), 1);
    await deploy('sendMail');
    assert.equal(await requestCount(), 1);
  });

  it('never send with the account of another node', async () => {
    const other = await startSandbox({ owner: 'other', token: 'other-token', smtpUsers: ['smtp-other'] });
    const { flows, credentials } = flowOf('sendMail', { endpoint: url() });
    const node = flows.find(({ id }) => id === ids.node);
    await red().deploy({
      flows: [
        ...flows,
        { id: 'account2', type: 'sendclean-account', endpoint: other.url, smtpUser: 'smtp-other' },
        { ...node, id: 'second', type: 'sendclean-send-mail', account: 'account2' },
      ],
      credentials: { ...credentials, account2: { ownerId: 'other', token: 'other-token' } },
    });
    for (let index = 0; index < 20; index += 1) {
      red().send(ids.node, { ...mail, topic: 'ours' });
      red().send('second', { ...mail, topic: 'theirs' });
    }
    await until(() => red().waiting(ids.out) === 40);
    assert.deepEqual(new Set(await subjects()), new Set(['ours']));
    assert.deepEqual(await subjects(other.url), Array(20).fill('theirs'));
    await other.close();
  });
});

const ours = (ended: readonly Ended[]) => ended.filter(({ id }) => id === ids.node);

function fateOf(msg: { sendclean?: unknown }, error: Error | undefined): unknown {
  return error ? (msg.sendclean as { fate?: unknown }).fate : 'sent';
}
