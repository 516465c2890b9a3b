import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { openDatabase } from '../../sandbox/src/database';
import type { Sandbox } from '../../sandbox/src/server';
import { SmtpUsers } from '../../sandbox/src/settings/smtpUsers';
import { startSandbox } from '../support/sandbox';
import { call, control, mail, messages } from './client';
import { callAt, recordOf, refused } from './settingsClient';

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox({ smtpUsers: ['second'] });
});
afterEach(() => sandbox.close());

const users = async (): Promise<unknown> => (await callAt(sandbox.url, 'settings/listSmtp')).smtp_list;
const user = async (name: unknown) => recordOf(await users(), 'smtp_user_name', name);
const send = (smtp_user_name: unknown): Promise<unknown> =>
  call(sandbox.url, 'sendMail', { ...mail, smtp_user_name });

/** Adds a user with these limits; its name. */
async function add(total_limit: number, hourly_limit: number): Promise<string> {
  const { smtp_user_name } = await callAt(sandbox.url, 'settings/addSmtp', { total_limit, hourly_limit });
  return String(smtp_user_name);
}

test('the users that the sandbox was started with are listed, with the keys and types of the service', async () => {
  const list = (await users()) as Record<string, unknown>[];
  assert.deepEqual(
    list.map((one) => one.smtp_user_name),
    ['smtp-sandbox', 'second'],
  );
  assert.deepEqual(Object.keys(list[0] ?? {}).sort(), [
    'hourly_limit',
    'password',
    'smtp_user_name',
    'status',
    'total_limit',
  ]);
  assert.deepEqual(
    Object.values(list[0] ?? {}).map((value) => typeof value),
    ['string', 'string', 'string', 'number', 'number'],
  );
});

test('a user is added under a name and with a password that the service makes, and can send', async () => {
  const added = await callAt(sandbox.url, 'settings/addSmtp', { total_limit: 200, hourly_limit: 20 });
  const { smtp_user_name: name, smtp_password: password } = added;
  assert.match(String(name), /^smtps\d{6}$/);
  assert.deepEqual(added, {
    status: 'success',
    message: 'SMTP User Created',
    smtp_user_name: name,
    smtp_password: password,
  });
  const row = { smtp_user_name: name, password, status: 'Enable', total_limit: 200, hourly_limit: 20 };
  assert.deepEqual(await user(name), row);
  assert.partialDeepStrictEqual(await send(name), { status: 'success' });
});

test('a user sends as many messages as its limits allow, and more when they are raised', async () => {
  const name = await add(3, 2);
  for (let sent = 0; sent < 2; sent += 1)
    assert.partialDeepStrictEqual(await send(name), { status: 'success' });
  const hourly = `smtp_user_name "${name}" has reached its hourly limit of 2 messages`;
  assert.deepEqual(await send(name), refused(hourly));
  const edited = await callAt(sandbox.url, 'settings/editSmtp', { smtp_user_name: name, hourly_limit: 9 });
  assert.deepEqual(edited, { status: 'success', message: 'SMTP User Updated' });
  assert.partialDeepStrictEqual(await send(name), { status: 'success' });
  const total = `smtp_user_name "${name}" has reached its total limit of 3 messages`;
  assert.deepEqual(await send(name), refused(total));
  assert.equal((await messages(sandbox.url)).length, 3);
  assert.partialDeepStrictEqual(await user(name), { total_limit: 3, hourly_limit: 9 });
});

test('clearing the inbox does not give a user more messages', async () => {
  const name = await add(1, 1);
  await send(name);
  await control(sandbox.url, 'messages', undefined, 'DELETE');
  assert.partialDeepStrictEqual(await send(name), { status: 'error' });
});

test('an hour later a user may send again, until its total limit', () => {
  const store = new SmtpUsers(openDatabase(), []);
  const found = () => store.find(name) ?? assert.fail('it is gone');
  const name = store.add({ totalLimit: 2, hourlyLimit: 1 })?.name ?? '';
  const hour = 3_600_000;
  assert.equal(store.refusal(found(), 0), undefined);
  store.count(name, 0);
  assert.match(store.refusal(found(), hour - 1) ?? '', /hourly limit of 1 message$/);
  assert.equal(store.refusal(found(), hour), undefined);
  store.count(name, hour);
  assert.deepEqual(store.sent(name, hour), { inAll: 2, inHour: 1 });
  assert.match(store.refusal(found(), 2 * hour) ?? '', /total limit of 2 messages$/);
});

test('a user that is disabled sends nothing until it is enabled', async () => {
  const edit = (status: string) =>
    callAt(sandbox.url, 'settings/editSmtp', { smtp_user_name: 'second', status });
  await edit('Disable');
  assert.partialDeepStrictEqual(await user('second'), { status: 'Disable' });
  assert.deepEqual(await send('second'), refused('smtp_user_name "second" is disabled'));
  await edit('Enable');
  assert.partialDeepStrictEqual(await send('second'), { status: 'success' });
});

test('a password that is reset is another one', async () => {
  const before = await user('second');
  const reset = await callAt(sandbox.url, 'settings/resetSmtpPassword', { smtp_user_name: 'second' });
  const { smtp_password } = reset;
  const message = 'password reseted';
  assert.deepEqual(reset, { status: 'success', message, smtp_user_name: 'second', smtp_password });
  assert.notEqual(smtp_password, before?.password);
  assert.deepEqual(await user('second'), { ...before, password: smtp_password });
});

for (const [what, path, request, message] of [
  ['no user to edit', 'settings/editSmtp', { status: 'Enable' }, 'smtp_user_name required !!'],
  ['nothing to edit', 'settings/editSmtp', { smtp_user_name: 'second' }, 'No update field given !!'],
  ['no user to reset', 'settings/resetSmtpPassword', {}, 'smtp_user_name required !!'],
  [
    'a user that is not there',
    'settings/resetSmtpPassword',
    { smtp_user_name: 'nobody' },
    'smtp_user_name "nobody" is not known',
  ],
] as const) {
  test(`${what} is refused in the service’s words`, async () => {
    assert.deepEqual(await callAt(sandbox.url, path, request), refused(message));
  });
}

test('an account has no more than 100 users', async () => {
  for (let there = 2; there < 100; there += 1) await add(1, 1);
  const request = { total_limit: 1, hourly_limit: 1 };
  assert.deepEqual(
    await callAt(sandbox.url, 'settings/addSmtp', request),
    refused('You reached the max SMTP user'),
  );
});

test('a user may have as high a limit as a number can be', async () => {
  const name = await add(1e300, 1e300);
  assert.partialDeepStrictEqual(await user(name), { total_limit: Number.MAX_SAFE_INTEGER });
});
