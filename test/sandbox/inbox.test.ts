import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, test } from 'node:test';
import type { InboxPage } from '../../sandbox/src/inboxIndex';
import type { Sandbox } from '../../sandbox/src/server';
import { account, startSandbox } from '../support/sandbox';
import { call, control, mail, mailUnder, messages } from './client';

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox({ smtpUsers: ['second'] });
});
afterEach(() => sandbox.close());

async function page(query: Record<string, string> = {}, url = sandbox.url): Promise<InboxPage> {
  const response = await control(url, `inbox?${new URLSearchParams(query).toString()}`);
  return (await response.json()) as InboxPage;
}

async function ids(query: Record<string, string>): Promise<number[]> {
  return (await page(query)).messages.map(({ id }) => id);
}

function send(message: object, smtpUser: string = account.smtpUser): Promise<unknown> {
  return call(sandbox.url, 'sendMail', {
    smtp_user_name: smtpUser,
    message: { ...mail.message, ...message },
  });
}

test('messages are found by words in subject, addresses, X-Unique-Id and text', async () => {
  await send({ subject: 'Order ＡＢＣ', from_name: 'Ünal Shop', headers: { 'X-Unique-Id': 'Order-77' } });
  await send({
    to: [{ email: 'jim@example.com', name: 'Jim' }],
    text: undefined,
    html: 'Caf&eacute; <b>100%</b>_',
  });
  await send({ text: 'line\n one', html: '<style>.secret {}</style><p>hidden</p>' });
  for (const [search, expected] of [
    ['abc', [1]],
    ['ünal', [1]],
    ['order-77', [1]],
    ['JIM example', [2]],
    ['café', [2]],
    ['100%', [2]],
    ['_', [2]],
    ['line one', [3]],
    ['secret', []],
    ['example.com', [3, 2, 1]],
    ['abc café', []],
    ['"', []],
  ] as const) {
    assert.deepEqual(await ids({ search }), expected, search);
  }
});

test('messages are filtered by SMTP user, template, status and exact X-Unique-Id', async () => {
  await send({ headers: { 'X-Unique-Id': 'a' } }, 'second');
  await send({ headers: { 'X-Unique-Id': 'a-b' } });
  await call(sandbox.url, 'sendTemplate', {
    smtp_user_name: account.smtpUser,
    message: { ...mail.message, text: undefined, template_id: account.template },
  });
  await control(sandbox.url, 'events', { messageId: 2, event: 'open' });
  await control(sandbox.url, 'events', { messageId: 2, event: 'hard_bounce' });
  await control(sandbox.url, 'inbox/1', { isRead: true }, 'PUT');
  assert.deepEqual(await ids({ smtpUser: 'second' }), [1]);
  assert.deepEqual(await ids({ template: account.template }), [3]);
  assert.deepEqual(await ids({ status: 'hard_bounce' }), [2]);
  assert.deepEqual(await ids({ status: 'none' }), [3, 1]);
  assert.deepEqual(await ids({ status: 'unread' }), [3, 2]);
  assert.deepEqual(await ids({ xUniqueId: 'a' }), [1]);
  assert.deepEqual(await ids({ status: 'open', smtpUser: 'second' }), []);
  const { smtpUsers, templates, messages: rows, unread } = await page();
  assert.deepEqual([smtpUsers, templates, unread], [['second', account.smtpUser], [account.template], 2]);
  assert.deepEqual(rows[1]?.events, ['open', 'hard_bounce']);
});

test('pages follow on each other in both directions, and say where they are', async () => {
  for (let sent = 0; sent < 7; sent += 1) await send({ subject: `Number ${sent}` });
  const shown = async (query: Record<string, string>): Promise<unknown> => {
    const { messages: rows, newer, total, all } = await page({ limit: '3', ...query });
    return [rows.map(({ id }) => id), newer, total, all];
  };
  assert.deepEqual(await shown({}), [[7, 6, 5], 0, 7, 7]);
  assert.deepEqual(await shown({ before: '5' }), [[4, 3, 2], 3, 7, 7]);
  assert.deepEqual(await shown({ before: '2' }), [[1], 6, 7, 7]);
  assert.deepEqual(await shown({ after: '1' }), [[4, 3, 2], 3, 7, 7]);
  assert.deepEqual(await shown({ after: '4' }), [[7, 6, 5], 0, 7, 7]);
  assert.deepEqual(await shown({ search: 'number 3' }), [[4], 0, 1, 7]);
});

test('one message is deleted, and another marked as read', async () => {
  await send({});
  await send({});
  assert.equal((await control(sandbox.url, 'messages/1', undefined, 'DELETE')).status, 204);
  assert.equal((await control(sandbox.url, 'messages/1', undefined, 'DELETE')).status, 404);
  assert.deepEqual(
    (await messages(sandbox.url)).map(({ id }) => id),
    [2],
  );
  assert.equal((await page()).unread, 1);
  assert.equal((await control(sandbox.url, 'inbox/read', {})).status, 204);
  assert.equal((await page()).unread, 0);
  assert.equal((await control(sandbox.url, 'inbox/2', { isRead: false }, 'PUT')).status, 204);
  assert.equal((await page()).unread, 1);
  assert.equal((await control(sandbox.url, 'inbox/1/events')).status, 404);
});

for (const query of ['limit=0', 'limit=x', 'status=eaten', 'before=-1']) {
  test(`a list with ${query} is refused`, async () => {
    assert.equal((await control(sandbox.url, `inbox?${query}`)).status, 400);
  });
}

test('messages of a data file that has no index yet are found', async (t) => {
  const data = join(tmpdir(), `sendclean-inbox-${randomUUID()}.sqlite`);
  t.after(() => ['', '-wal', '-shm'].forEach((end) => rmSync(data + end, { force: true })));
  const first = await startSandbox({ data });
  await call(first.url, 'sendMail', mailUnder('kept-1'));
  await first.close();
  const database = new DatabaseSync(data);
  database.exec('DROP TABLE inbox');
  database.close();
  const second = await startSandbox({ data });
  t.after(() => second.close());
  assert.deepEqual(
    (await page({ search: 'KEPT-1' }, second.url)).messages.map(({ xUniqueId }) => xUniqueId),
    ['kept-1'],
  );
});
