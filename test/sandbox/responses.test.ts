import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { errorResponse, responses } from '../../shared/generated/validators';
import type { Sandbox } from '../../sandbox/src/server';
import { account, startSandbox } from '../support/sandbox';
import { call, get, mail, mailUnder, message, messages, post } from './client';

let sandbox: Sandbox;
before(async () => {
  sandbox = await startSandbox();
});
after(() => sandbox.close());

const template = {
  smtp_user_name: account.smtpUser,
  message: {
    template_id: account.template,
    to: [{ email: 'jane@example.com', name: 'Jane', type: 'cc' }],
    dynamic_value: { NAME: '<Jane>', Email: 'jane@example.com' },
  },
};
const templateGet = {
  smtp_user_name: account.smtpUser,
  template_id: account.template,
  from_email: 'shop@example.com',
  to: 'jane@example.com',
  subject: 'Hello & welcome',
  'dynamic_value[NAME]': 'Jane Doe',
};

async function lastMessage(): ReturnType<typeof message> {
  return message(sandbox.url, (await messages(sandbox.url)).at(-1)?.id ?? 0);
}

test('an email is queued with the response of the vendor’s page', async () => {
  const response = await call(sandbox.url, 'sendMail', mail);
  assert.ok(responses.sendMail(response));
  assert.deepEqual(response, { status: 'success', message: 'message have been Queued ... ' });
});

test('a template is queued, and its dynamic fields are filled, in HTML as text', async () => {
  assert.ok(responses.sendTemplate(await call(sandbox.url, 'sendTemplate', template)));
  const { subject, html, recipients } = await lastMessage();
  assert.equal(subject, 'Welcome, <Jane>');
  assert.match(html ?? '', /<h1>Welcome, &lt;Jane&gt;<\/h1>/);
  assert.deepEqual(recipients, [{ email: 'jane@example.com', name: 'Jane', type: 'cc' }]);
});

test('a template sent by GET is queued with the response of the vendor’s page', async () => {
  const response: unknown = await (await get(sandbox.url, templateGet)).json();
  assert.ok(responses.sendTemplateGet(response));
  assert.deepEqual(response, { status: 'success', message: '250 Message Queued...' });
  const { request, subject } = await lastMessage();
  assert.equal(subject, 'Hello & welcome');
  assert.deepEqual(request, {
    smtp_user_name: account.smtpUser,
    template_id: account.template,
    from_email: 'shop@example.com',
    to: 'jane@example.com',
    subject: 'Hello & welcome',
    dynamic_value: { NAME: 'Jane Doe' },
  });
});

test('a HEAD request to the GET send sends nothing', async () => {
  const before = (await messages(sandbox.url)).length;
  const query = new URLSearchParams({ owner_id: account.owner_id, token: account.token, ...templateGet });
  await fetch(`${sandbox.url}/v1.0/messages/sendTemplateHTTPGet?${query.toString()}`, { method: 'HEAD' });
  assert.equal((await messages(sandbox.url)).length, before);
});

test('message info has a record for each recipient, as the response’s schema has it', async () => {
  await call(sandbox.url, 'sendMail', mailUnder('info', 'a@example.com', 'b@example.com'));
  const response = await call(sandbox.url, 'getMessageInfo', { x_unique_id: 'info' });
  assert.ok(responses.getMessageInfo(response));
  assert.deepEqual(
    response.message_data.map(({ email, subject, sender, status, open }) => ({
      email,
      subject,
      sender,
      status,
      open,
    })),
    ['a@example.com', 'b@example.com'].map((email) => ({
      email,
      subject: 'Your order',
      sender: 'shop@example.com',
      status: 'delivered',
      open: 0,
    })),
  );
});

test('message info of an unknown X-Unique-Id is an empty page', async () => {
  assert.deepEqual(await call(sandbox.url, 'getMessageInfo', { x_unique_id: 'nobody' }), {
    status: 'success',
    message_data: [],
  });
});

const mismatch = { status: 'error', code: -1, name: 'AuthenticationError', message: 'Token MissMatch' };

for (const [what, credentials] of Object.entries({
  'a wrong token': { token: 'wrong' },
  'a wrong owner': { owner_id: 'wrong' },
  'no token': { token: undefined },
  'a token of another type': { token: ['sandbox-token'] },
})) {
  test(`${what} is refused with HTTP 200 before the request is looked at`, async () => {
    const response = await post(sandbox.url, 'sendMail', credentials);
    assert.equal(response.status, 200);
    const body: unknown = await response.json();
    assert.ok(errorResponse(body));
    assert.deepEqual(body, mismatch);
  });
}

for (const [path, init] of [
  ['messages/unknown', { method: 'POST', body: '{}' }],
  ['messages/sendMail', { method: 'GET' }],
  ['messages/sendTemplateHTTPGet', { method: 'POST', body: '{}' }],
  ['messages/%zz?token=sandbox-token', { method: 'GET' }],
] as const) {
  test(`${init.method} ${path} is answered with HTTP 200 and “Page not found”`, async () => {
    const response = await fetch(`${sandbox.url}/v1.0/${path}`, init);
    assert.equal(response.status, 200);
    assert.deepEqual(await response.json(), { status: 'error', message: 'Page not found' });
  });
}

for (const [what, request, expected] of [
  ['an address', { message: { ...mail.message, to: [{ email: 'jane' }] } }, /^to\[0\]\.email must be/],
  ['a missing content', { message: { to: mail.message.to } }, /^html or text is required/],
  ['an unknown SMTP user', { smtp_user_name: 'nobody' }, /^smtp_user_name "nobody" is not known$/],
  ['an unknown field', { message: { ...mail.message, colour: 'red' } }, /^colour is not known/],
] as const) {
  test(`a ValidationError names ${what}`, async () => {
    const response = await call(sandbox.url, 'sendMail', { ...mail, ...request });
    assert.ok(errorResponse(response));
    assert.equal(response.name, 'ValidationError');
    assert.match(String(response.message), expected);
  });
}

test('an unknown template is a ValidationError', async () => {
  const response: unknown = await (await get(sandbox.url, { ...templateGet, template_id: 'none' })).json();
  assert.ok(errorResponse(response));
  assert.equal(response.message, 'template_id "none" is not known');
});

for (const body of ['', 'owner_id=sandbox', '[]', 'null', Buffer.from([0x22, 0xff, 0x22])]) {
  test(`a body of ${JSON.stringify(body.toString())} is a ValidationError`, async () => {
    const response = await fetch(`${sandbox.url}/v1.0/messages/sendMail`, { method: 'POST', body });
    const envelope: unknown = await response.json();
    assert.ok(errorResponse(envelope));
    assert.equal(envelope.name, 'ValidationError');
  });
}
