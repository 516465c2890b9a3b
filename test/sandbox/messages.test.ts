import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { afterEach, beforeEach, test } from 'node:test';
import { responses } from '../../shared/generated/validators';
import type { Sandbox } from '../../sandbox/src/server';
import { account, startSandbox } from '../support/sandbox';
import { call, clear, control, get, mail, mailUnder, message, messages } from './client';

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox();
});
afterEach(() => sandbox.close());

test('the raw body is kept byte for byte, the values of the credentials replaced', async () => {
  const body =
    '{ "message" : {"subject":"\\u00e4 \\"token\\"","text":"{\\\\","to":[{"email":"a@example.com"}],' +
    '"headers":{"token":"content"}},\n "owner_id":"SECRET_OWNER" , "tok\\u0065n":"SECRET", "smtp_user_name":"smtp-sandbox" }';
  const named = body.replace('SECRET_OWNER', account.owner_id).replace('SECRET', account.token);
  const headers = { 'content-type': 'application/json', accept: 'x/y', 'user-agent': 'test', 'x-more': '1' };
  await fetch(`${sandbox.url}/v1.0/messages/sendMail`, { method: 'POST', headers, body: named });
  assert.deepEqual((await message(sandbox.url, 1)).wire, {
    method: 'POST',
    path: '/v1.0/messages/sendMail',
    headers: { 'content-type': 'application/json', accept: 'x/y', 'user-agent': 'test' },
    body: body.replace('SECRET_OWNER', '***').replace('SECRET', '***'),
  });
});

test('the raw query is kept as it was, the values of the credentials replaced', async () => {
  const query =
    'smtp_user_name=smtp-sandbox&template_id=welcome&from_email=a%40example.com&to=b@example.com&subject=x+y';
  const credentials = (owner: string, token: string): string => `&owner_id=${owner}&t%6Fken=${token}`;
  const path = `${sandbox.url}/v1.0/messages/sendTemplateHTTPGet?${query}`;
  await fetch(path + credentials(account.owner_id, account.token));
  assert.equal((await message(sandbox.url, 1)).wire.body, query + credentials('***', '***'));
});

test('the token is in no answer of the control routes', async (t) => {
  const token = 'Secret-9';
  const own = await startSandbox({ token });
  t.after(() => own.close());
  await call(own.url, 'sendMail', { ...mailUnder('x'), token });
  await call(own.url, 'sendMail', { token, owner_id: 'wrong' });
  await call(own.url, 'sendMail', { token, smtp_user_name: 'wrong' });
  await get(own.url, { token });
  for (const path of ['messages', 'messages/1', 'requests', 'faults', 'account', `none?token=${token}`]) {
    const text = await (await control(own.url, path)).text();
    assert.ok(!text.includes(token), path);
  }
});

test('a list since a message has only those that came after it, even after the list was cleared', async () => {
  await call(sandbox.url, 'sendMail', mail);
  assert.equal((await control(sandbox.url, 'messages', undefined, 'DELETE')).status, 204);
  assert.deepEqual(await messages(sandbox.url), []);
  await call(sandbox.url, 'sendMail', mailUnder('later'));
  const since: unknown = await (await control(sandbox.url, 'messages?since=1')).json();
  assert.deepEqual(Array.isArray(since) && since.map(({ xUniqueId }) => xUniqueId as unknown), ['later']);
});

test('the X-Unique-Id is found whatever the case of its header', async () => {
  await call(sandbox.url, 'sendMail', {
    ...mail,
    message: { ...mail.message, headers: { 'x-unique-id': 'low' } },
  });
  assert.equal((await messages(sandbox.url))[0]?.xUniqueId, 'low');
});

test('an attachment of 24 MB arrives whole, with its size and checksum', async () => {
  const file = randomBytes(24 * 1024 * 1024);
  const attachments = [
    { name: 'big.bin', type: 'application/octet-stream', content: file.toString('base64') },
  ];
  await call(sandbox.url, 'sendMail', { ...mail, message: { ...mail.message, attachments } });
  const [summary] = (await messages(sandbox.url))[0]?.attachments ?? [];
  assert.equal(summary?.size, file.length);
  assert.equal(summary?.sha256, createHash('sha256').update(file).digest('hex'));
  const download = await control(sandbox.url, 'messages/1/attachments/0');
  assert.ok(Buffer.from(await download.arrayBuffer()).equals(file));
});

test('a download is saved, never shown, under a name that breaks no header', async () => {
  const attachments = [{ name: 'a"; x=\\ä/../😀.html', type: 'text/html', content: 'PGI+' }];
  await call(sandbox.url, 'sendMail', { ...mail, message: { ...mail.message, attachments } });
  const { headers } = await control(sandbox.url, 'messages/1/attachments/0');
  assert.equal(headers.get('x-content-type-options'), 'nosniff');
  assert.equal(headers.get('content-security-policy'), "default-src 'none'; sandbox");
  assert.equal(
    headers.get('content-disposition'),
    `attachment; filename="a_; x=___..__.html"; filename*=UTF-8''a%22%3B%20x%3D%5C%C3%A4%2F..%2F%F0%9F%98%80.html`,
  );
});

test('events change what message info says of their recipient', async () => {
  await call(sandbox.url, 'sendMail', mailUnder('e', 'a@example.com', 'b@example.com'));
  const about = { xUniqueId: 'e', email: 'b@example.com' };
  const visit = { ip: '192.0.2.1', ua: 'Browser', time: 1700000000000 };
  for (const event of [{ event: 'soft_bounce' }, { event: 'open', ...visit }, { event: 'click' }]) {
    const response = await control(sandbox.url, 'events', { ...about, ...event });
    assert.deepEqual(await response.json(), { recorded: 1 });
  }
  const info = await call(sandbox.url, 'getMessageInfo', { x_unique_id: 'e' });
  assert.ok(responses.getMessageInfo(info));
  const [first, second] = info.message_data;
  assert.deepEqual([first?.status, first?.open, first?.click], ['delivered', 0, 0]);
  assert.deepEqual([second?.status, second?.open, second?.click], ['soft_bounce', 1, 1]);
  assert.deepEqual(second?.openData, { ip: ['192.0.2.1'], ua: ['Browser'], time: [1700000000000] });
  assert.equal((await messages(sandbox.url))[0]?.eventCount, 3);
});

test('an event without an address is recorded for every recipient of the message', async () => {
  await call(sandbox.url, 'sendMail', mailUnder('e', 'a@example.com', 'b@example.com'));
  await control(sandbox.url, 'events', { messageId: 1, event: 'spam' });
  const { events } = await message(sandbox.url, 1);
  assert.deepEqual(
    events.map(({ email, event }) => [email, event]),
    [
      ['a@example.com', 'spam'],
      ['b@example.com', 'spam'],
    ],
  );
});

for (const [what, body] of Object.entries({
  'an unknown message': { messageId: 7, event: 'open' },
  'no message': { event: 'open' },
  'an unknown kind': { messageId: 1, event: 'eaten' },
  'a recipient that the message has not': { messageId: 1, email: 'x@example.com', event: 'open' },
})) {
  test(`an event for ${what} is refused with HTTP 400 and a sentence`, async () => {
    await call(sandbox.url, 'sendMail', mail);
    const response = await control(sandbox.url, 'events', body);
    assert.equal(response.status, 400);
    assert.match(((await response.json()) as { error: string }).error, /^\S.{10,}$/);
  });
}

test('requests are counted and listed without their query, and the list can be cleared', async () => {
  await call(sandbox.url, 'sendMail', mail);
  await get(sandbox.url, {});
  const list = async (): Promise<unknown> => (await control(sandbox.url, 'requests')).json();
  const found = (await list()) as { count: number; requests: { path: string; status: number }[] };
  assert.equal(found.count, 2);
  assert.deepEqual(
    found.requests.map(({ path, status }) => [path, status]),
    [
      ['/v1.0/messages/sendMail', 200],
      ['/v1.0/messages/sendTemplateHTTPGet', 200],
    ],
  );
  await clear(sandbox.url, 'requests');
  assert.deepEqual(await list(), { count: 0, mostAtOnce: 0, requests: [] });
});

test('the preview of an email’s HTML allows no script and no remote content, and holds its images', async () => {
  const images = [{ name: 'logo', type: 'image/png', content: 'iVBORw0KGgo=' }];
  const html = '<img alt="a > b" src="cid:logo"><img src="cid:other"> cid:logo';
  await call(sandbox.url, 'sendMail', { ...mail, message: { ...mail.message, html, images } });
  const response = await control(sandbox.url, 'messages/1/preview');
  const policy = response.headers.get('content-security-policy') ?? '';
  assert.match(
    policy,
    /^default-src 'none'; sandbox allow-popups allow-popups-to-escape-sandbox; img-src data:; style-src/,
  );
  assert.equal(
    await response.text(),
    '<img alt="a > b" src="data:image/png;base64,iVBORw0KGgo="><img src="cid:other"> cid:logo',
  );
});
