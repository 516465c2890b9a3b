import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { NodeMessage } from '../../node-red/src/red';
import { call, mailUnder } from '../sandbox/client';
import { ids } from '../support/nodeRedFlow';
import { mail, useRuntime } from './harness';

const { url, red, deploy, result, failure, requestCount } = useRuntime();

describe('the result of a Node-RED node', () => {
  it('goes to the property that the form names, and leaves the payload', async () => {
    await deploy('sendMail', {}, {}, { result: 'mails.last' });
    const msg = await result(mail);
    assert.equal(msg.payload, mail.payload);
    assert.partialDeepStrictEqual(msg.mails, { last: { status: 'success' } });
  });

  it('goes to msg.payload in flows that do not name a property', async () => {
    await deploy('sendMail', {}, {}, { result: undefined });
    assert.partialDeepStrictEqual((await result(mail)).payload, { status: 'success' });
  });

  it('is not lost when its property cannot be set', async () => {
    await deploy('sendMail', {}, {}, { result: 'topic.result' });
    assert.partialDeepStrictEqual((await result(mail)).payload, { status: 'success' });
    assert.match(red().log(), /msg\.topic\.result cannot be set, so that the result is in msg\.payload/);
  });

  it('needs a property that can be, before anything is sent', async () => {
    await deploy('sendMail', {}, {}, { result: 'a..b' });
    const { error } = await failure(mail);
    assert.match(
      error.message,
      /^Put Result In must name a property of the message, such as payload, got “a\.\.b”\./,
    );
    assert.equal(await requestCount(), 0);
  });
});

describe('the records of Get Message Info in Node-RED', () => {
  const emails = Array.from({ length: 3 }, (_, index) => `jane${index}@example.com`);
  const ask = { payload: { xUniqueId: 'mine' } };
  type Records = Record<string, unknown>[];

  beforeEach(() => call(url(), 'sendMail', mailUnder('mine', ...emails)));

  it('are simplified unless the form says otherwise', async () => {
    await deploy('getMessageInfo');
    const [simplified] = (await result(ask)).payload as Records;
    assert.equal(typeof simplified?.time, 'string');
    await deploy('getMessageInfo', {}, {}, { simplify: false });
    const [raw] = (await result(ask)).payload as Records;
    assert.equal(typeof raw?.time, 'number');
  });

  it('come one by one with msg.parts of their own, which keep those of the message', async () => {
    await deploy('getMessageInfo', {}, {}, { output: 'each' });
    red().send(ids.node, { ...ask, parts: { id: 'outer', index: 0, count: 1 } });
    const all: NodeMessage[] = [];
    while (all.length < emails.length) all.push(await red().next(ids.out));
    const parts = all.map((msg) => msg.parts as Record<string, unknown>);
    assert.deepEqual(
      all.map(({ payload }) => (payload as { email: string }).email),
      emails,
    );
    assert.deepEqual(
      parts.map(({ index, count, type }) => [index, count, type]),
      [0, 1, 2].map((index) => [index, 3, 'array']),
    );
    assert.equal(new Set(parts.map(({ id }) => id)).size, 1);
    assert.partialDeepStrictEqual(parts[0]?.parts, { id: 'outer' });
  });

  it('are put together again by a Join node', async () => {
    await deploy('getMessageInfo', {}, {}, { output: 'each', wires: [['join']] }, [
      { id: 'join', type: 'join', z: 'tab', x: 0, y: 0, mode: 'auto', wires: [[ids.out]] },
    ]);
    const { payload } = await result(ask);
    assert.deepEqual(
      (payload as Records).map(({ email }) => email),
      emails,
    );
  });

  it('are no message, but a completed one, where there is none', async () => {
    await deploy('getMessageInfo', {}, {}, { output: 'each' });
    red().send(ids.node, { payload: { xUniqueId: 'unknown' } });
    await red().next(ids.completed);
    assert.deepEqual([red().waiting(ids.out), red().waiting(ids.caught)], [0, 0]);
  });
});
