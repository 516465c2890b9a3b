import assert from 'node:assert/strict';
import { webcrypto } from 'node:crypto';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { newEvents } from '../../shared/events/newEvents';
import { handshake } from '../../shared/events/readEvents';
import { isSigned } from '../../shared/events/signature';
import { retryDelay } from '../../sandbox/src/webhooks/options';
import { temporaryFolder } from '../hosts/cleanup';
import { startSandbox } from '../support/sandbox';
import { call, control, mail } from './client';
import { startReceiver } from './receiver';
import { callAt } from './settingsClient';
import { useWebhooks } from './webhookSetup';

const setup = useWebhooks();
const send = (): Promise<unknown> => call(setup.sandbox.url, 'sendMail', mail);
const ids = (): unknown[] => setup.events().map(({ _id }) => _id);

for (const [what, status] of [
  ['an error', 500],
  ['HTTP 201', 201],
  ['a redirect', 302],
] as const) {
  test(`a batch that is answered with ${what} comes again, the same, until it is answered with HTTP 200`, async () => {
    const { webhook_id } = await setup.add('send');
    let left = 2;
    setup.receiver.answer = (_request, response) => {
      left -= 1;
      response.writeHead(left < 0 ? 200 : status).end(handshake);
    };
    await send();
    await setup.receiver.received(3);
    await setup.idle(webhook_id);
    const [first, ...again] = setup.receiver.posts.map(({ body }) => body);
    assert.deepEqual(again, [first, first]);
    const { deliveries } = await setup.deliveries(webhook_id);
    assert.deepEqual(
      deliveries.map((one) => [one.attempt, one.status]),
      [
        [3, 200],
        [2, status],
        [1, status],
      ],
    );
  });
}

test('the wait for the next attempt doubles, up to a minute', () => {
  const delays = [1, 2, 3, 6, 7, 50].map((attempts) => retryDelay({ retryMs: 1000 }, attempts));
  assert.deepEqual(delays, [1000, 2000, 4000, 32_000, 60_000, 60_000]);
});

test('events wait while nobody listens, and arrive in order when somebody does', async () => {
  const { webhook_id } = await setup.add('send,spam');
  setup.receiver.answer = (_request, response) => response.destroy();
  await send();
  await setup.receiver.received(2);
  await control(setup.sandbox.url, 'events', { messageId: 1, event: 'spam' });
  const { waiting, deliveries } = await setup.deliveries(webhook_id);
  assert.equal(waiting, 2);
  assert.equal(deliveries[0]?.status, null);
  assert.match(deliveries[0]?.failure ?? '', /socket hang up|ECONNRESET/);
  setup.receiver.answer = undefined;
  await setup.idle(webhook_id);
  const [, , ...names] = setup.events().map(({ event }) => event);
  assert.deepEqual([...new Set(names)], ['send', 'spam']);
});

test('a lost answer has the batch come again', async () => {
  const { webhook_id } = await setup.add('send');
  await setup.fault({ kind: 'lostAnswer' });
  await send();
  await setup.receiver.received(2);
  await setup.idle(webhook_id);
  const [first, second, ...others] = ids();
  assert.deepEqual([first, others], [second, []]);
  const { deliveries } = await setup.deliveries(webhook_id);
  assert.deepEqual(
    deliveries.map((one) => one.fault),
    [null, 'lostAnswer'],
  );
});

test('a late answer has the batch come again before the first is answered', async () => {
  const { webhook_id } = await setup.add('send');
  await setup.fault({ kind: 'lateAnswer' });
  const held: (() => void)[] = [];
  setup.receiver.answer = (_request, response) => void held.push(() => response.end(handshake));
  await send();
  await setup.receiver.received(2);
  for (const answer of held) answer();
  await setup.idle(webhook_id);
  assert.equal(new Set(ids()).size, 1);
});

test('a batch is posted late', async () => {
  await setup.add('send');
  await setup.fault({ kind: 'late', delayMs: 300 });
  const start = Date.now();
  await send();
  await setup.receiver.received(1);
  assert.ok(Date.now() - start >= 300);
});

test('faults are listed until they have struck, for one webhook if it is named, and can be ended', async () => {
  const { webhook_id: webhookId } = await setup.add('send');
  await setup.fault({ kind: 'lostAnswer', webhookId: '1', count: 2 });
  await setup.fault({ kind: 'late', webhookId, delayMs: 1 });
  await send();
  await setup.receiver.received(1);
  const list = async (): Promise<unknown> => (await control(setup.sandbox.url, 'webhooks/faults')).json();
  assert.deepEqual(await list(), [{ kind: 'lostAnswer', webhookId: '1', count: 2, left: 2 }]);
  await control(setup.sandbox.url, 'webhooks/faults', undefined, 'DELETE');
  assert.deepEqual(await list(), []);
});

test('a burst of 1,000 events arrives in order, in batches, each once where a batch came twice', async () => {
  const { webhook_id } = await setup.add('open');
  await setup.fault({ kind: 'lostAnswer', count: 2 });
  const response = await control(setup.sandbox.url, 'webhooks/burst', {});
  assert.deepEqual([response.status, await response.json()], [201, { events: 1000 }]);
  await setup.idle(webhook_id);
  assert.equal(setup.events().length, 1200);
  const { events } = newEvents(setup.events(), []);
  const emails = events.map(({ msg }) => (msg as { email: string }).email);
  assert.deepEqual(
    emails,
    Array.from({ length: 1000 }, (_, index) => `jane${index + 1}@example.com`),
  );
});

test('a new key and a new URL are used at once, also for what waits', async (t) => {
  const { webhook_id } = await setup.add('send');
  await setup.options({ retryMs: 1500 });
  const other = await startReceiver();
  t.after(other.close);
  setup.receiver.answer = ({ hasEvents }, response) =>
    response.writeHead(hasEvents ? 500 : 200).end(handshake);
  await send();
  await setup.receiver.received(1);
  await setup.settings('editWebhook', { webhook_id, url: other.url });
  const { key } = await setup.settings('keyResetWebhook', { webhook_id });
  await setup.idle(webhook_id);
  assert.deepEqual([setup.receiver.posts.length, other.posts.length], [1, 1]);
  const { body, headers } = other.posts[0] ?? assert.fail('nothing arrived');
  const parameters = Object.fromEntries(new URLSearchParams(body));
  const signature = headers['x-sendcleantes-signature'];
  const signed = { url: other.url, parameters, key: String(key), signature };
  assert.equal(await isSigned(webcrypto.subtle, signed), true);
});

test('nothing more is posted to a webhook that was deleted', async () => {
  const { webhook_id } = await setup.add('send');
  setup.receiver.answer = (_request, response) => response.writeHead(500).end();
  await send();
  await setup.receiver.received(1);
  await setup.settings('deleteWebhook', { webhook_id });
  await sleep(50);
  const { length } = setup.receiver.posts;
  await sleep(200);
  assert.equal(setup.receiver.posts.length, length);
});

test('what was not taken is posted by the next sandbox with the same data file', async (t) => {
  const folder = temporaryFolder('sandbox-webhooks-');
  t.after(() => folder.remove());
  const data = join(folder.path, 'sandbox.db');
  const first = await startSandbox({ data });
  await callAt(first.url, 'settings/addWebhook', { url: setup.receiver.url, event: 'send' });
  setup.receiver.answer = (_request, response) => response.writeHead(503).end();
  await call(first.url, 'sendMail', mail);
  await setup.receiver.received(1);
  await first.close();
  setup.receiver.answer = undefined;
  const { length } = setup.receiver.posts;
  const second = await startSandbox({ data });
  await setup.receiver.received(length + 1);
  await second.close();
  assert.equal(new Set(ids()).size, 1);
});

for (const [path, method, body] of [
  ['webhooks/options', 'PUT', { handshake: [] }],
  ['webhooks/options', 'PUT', { format: 'xml' }],
  ['webhooks/options', 'PUT', {}],
  ['webhooks/faults', 'POST', { kind: 'fire' }],
  ['webhooks/burst', 'POST', { event: 'delivered' }],
  ['webhooks/burst', 'POST', { event: 'spam' }],
  ['webhooks', 'POST', { url: 'http://', events: ['open'] }],
  ['webhooks', 'POST', { url: 'http://[', events: ['open'] }],
  ['webhooks', 'POST', { url: 'file:///etc/passwd', events: ['open'] }],
  ['webhooks', 'POST', { url: 'http://127.0.0.1:9/', events: [] }],
] as const) {
  test(`${method} ${path} with ${JSON.stringify(body)} is refused with HTTP 400 and a sentence`, async () => {
    const response = await control(setup.sandbox.url, path, body, method);
    assert.equal(response.status, 400);
    assert.match(((await response.json()) as { error: string }).error, /^\S.{10,}$/);
  });
}
