import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { errorResponse, responses } from '../../shared/generated/validators';
import type { Sandbox } from '../../sandbox/src/server';
import { startSandbox } from '../support/sandbox';
import { call, control, fault, mail, messages, post, until } from './client';

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox();
});
afterEach(() => sandbox.close());

const send = (): Promise<Response> => post(sandbox.url, 'sendMail', mail);
const taken = async (): Promise<number> => (await messages(sandbox.url)).length;

test('status answers with that status and an error envelope, and takes no mail', async () => {
  await fault(sandbox.url, { kind: 'status', status: 503 });
  const response = await send();
  assert.equal(response.status, 503);
  assert.ok(errorResponse(await response.json()));
  assert.equal(await taken(), 0);
});

test('status with taken takes the email and then fails', async () => {
  await fault(sandbox.url, { kind: 'status', taken: true });
  assert.equal((await send()).status, 500);
  assert.equal(await taken(), 1);
});

test('error answers with an error of the service, in the form that is asked for', async () => {
  const answer = async (error: object, status?: number) => {
    await fault(sandbox.url, { kind: 'error', error, ...(status && { status }) });
    const response = await send();
    return [response.status, await response.json()] as const;
  };
  const message = 'An unexpected error occurred';
  assert.deepEqual(await answer({}), [200, { status: 'error', code: -1, name: 'GeneralError', message }]);
  assert.deepEqual(await answer({ name: '', message: 'No', forms: ['textCode'] }, 404), [
    404,
    { status: 'error', code: '-1', message: 'No' },
  ]);
  assert.deepEqual(
    await answer({ name: 'SendingError', message: 'No; later', forms: ['type', 'messages'] }),
    [200, { status: 'error', code: -1, type: 'SendingError', message: ['No', 'later'] }],
  );
  assert.deepEqual(
    await answer({ name: 'Invalid Request', message, forms: ['typeObject', 'capital', 'list'] }),
    [200, [{ status: 'Error', code: -1, type: { name: 'Invalid Request' }, message }]],
  );
  assert.equal(await taken(), 0);
});

test('response answers with a body and headers of one’s own', async () => {
  const body = '{"status" : "error";}';
  await fault(sandbox.url, { kind: 'reply', status: 429, headers: { 'Retry-After': '7' }, body });
  const response = await send();
  assert.equal(response.status, 429);
  assert.equal(response.headers.get('retry-after'), '7');
  assert.equal(await response.text(), body);
});

test('a header of a fault takes the place of the answer’s own, whatever its case', async () => {
  await fault(sandbox.url, { kind: 'status', headers: { 'CONTENT-TYPE': 'text/html', 'X-A': 'b' } });
  const { headers } = await send();
  assert.equal(headers.get('content-type'), 'text/html');
  assert.equal(headers.get('x-a'), 'b');
});

test('a body that is no text is answered as JSON, names that objects have among its own', async () => {
  const body = '{"__proto__":{"admin":true},"constructor":{"prototype":1},"list":[null,1.5]}';
  const response = await fetch(`${sandbox.url}/_sandbox/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: `{"kind":"reply","body":${body}}`,
  });
  assert.equal(response.status, 201);
  assert.equal(await (await send()).text(), body);
});

test('html answers with a proxy’s error page', async () => {
  await fault(sandbox.url, { kind: 'html' });
  const response = await send();
  assert.equal(response.status, 502);
  assert.match(await response.text(), /<h1>502 Bad Gateway<\/h1>/);
  assert.equal(await taken(), 0);
});

test('brokenJson takes the email and answers with half of its JSON', async () => {
  await fault(sandbox.url, { kind: 'brokenJson' });
  const body = await (await send()).text();
  assert.throws(() => JSON.parse(body) as unknown, SyntaxError);
  assert.equal(await taken(), 1);
});

test('straySemicolon takes the email and answers with the stray semicolon of the vendor’s samples', async () => {
  await fault(sandbox.url, { kind: 'straySemicolon' });
  const text = await (await send()).text();
  assert.equal(text, '{"status":"success","message":"message have been Queued ... ";}');
  assert.equal(await taken(), 1);
});

test('empty takes the email and answers with no body', async () => {
  await fault(sandbox.url, { kind: 'empty' });
  assert.equal(await (await send()).text(), '');
  assert.equal(await taken(), 1);
});

test('slowBody takes the email and answers whole, in two parts', async () => {
  await fault(sandbox.url, { kind: 'slowBody', delayMs: 50 });
  const parts: string[] = [];
  const { body } = await send();
  for await (const part of body ?? []) parts.push(Buffer.from(part).toString());
  assert.equal(parts.length, 2);
  assert.ok(responses.sendMail(JSON.parse(parts.join(''))));
  assert.equal(await taken(), 1);
});

test('cutBody takes the email and breaks the connection within the answer', async () => {
  await fault(sandbox.url, { kind: 'cutBody' });
  await assert.rejects(async () => (await send()).text());
  assert.equal(await taken(), 1);
});

test('resetBefore breaks the connection before the email is taken', async () => {
  await fault(sandbox.url, { kind: 'resetBefore' });
  await assert.rejects(send());
  assert.equal(await taken(), 0);
});

test('resetAfter takes the email and breaks the connection without an answer', async () => {
  await fault(sandbox.url, { kind: 'resetAfter' });
  await assert.rejects(send());
  assert.equal(await taken(), 1);
});

test('delay takes the email at once and holds the answer back', async () => {
  await fault(sandbox.url, { kind: 'delay', delayMs: 600_000 });
  const gone = new AbortController();
  const sending = fetch(`${sandbox.url}/v1.0/messages/sendMail`, {
    method: 'POST',
    body: JSON.stringify({ owner_id: 'sandbox', token: 'sandbox-token', ...mail }),
    signal: gone.signal,
  });
  await until('the mail is taken', async () => (await taken()) > 0);
  const { requests } = (await (await control(sandbox.url, 'requests')).json()) as { requests: object[] };
  assert.deepEqual(
    requests.map((entry) => 'status' in entry && entry.status),
    [null],
  );
  gone.abort();
  await assert.rejects(sending);
});

test('a sandbox that holds an answer back still closes', async (t) => {
  const own = await startSandbox();
  t.after(() => own.close());
  await fault(own.url, { kind: 'delay', delayMs: 600_000 });
  const ended = post(own.url, 'sendMail', mail).then(
    () => 'answered',
    () => 'cut',
  );
  await until('the mail is taken', async () => (await messages(own.url)).length > 0);
  await own.close();
  assert.ok(['answered', 'cut'].includes(await ended));
});

test('a fault strikes one request unless it says more', async () => {
  await fault(sandbox.url, { kind: 'status', count: 2 });
  assert.deepEqual([(await send()).status, (await send()).status, (await send()).status], [500, 500, 200]);
});

test('a fault with count null strikes until it is deleted', async () => {
  await fault(sandbox.url, { kind: 'status', count: null });
  assert.deepEqual([(await send()).status, (await send()).status], [500, 500]);
  assert.equal((await control(sandbox.url, 'faults', undefined, 'DELETE')).status, 204);
  assert.equal((await send()).status, 200);
});

test('a fault with a path strikes only that operation', async () => {
  await fault(sandbox.url, { kind: 'status', path: 'messages/getMessageInfo' });
  assert.ok(responses.sendMail(await call(sandbox.url, 'sendMail', mail)));
  assert.equal((await post(sandbox.url, 'getMessageInfo', { x_unique_id: 'x' })).status, 500);
});

test('faults that are still to strike are listed', async () => {
  await fault(sandbox.url, { kind: 'status', count: 3 });
  await send();
  assert.deepEqual(await (await control(sandbox.url, 'faults')).json(), [
    { id: 1, kind: 'status', count: 3, left: 2 },
  ]);
});

for (const [what, body, expected] of [
  ['kind', { kind: 'explode' }, /^kind must be equal to one of the allowed values: delay, /],
  ['missing kind', {}, /must have required property 'kind'$/],
  ['path', { kind: 'status', path: 'no/where' }, /^path must be equal to one of/],
  ['form', { kind: 'error', error: { forms: ['xml'] } }, /^error.forms.0 must be equal to one of/],
  ['unknown property', { kind: 'status', colour: 'red' }, /: colour$/],
  [
    'header',
    { kind: 'status', headers: { 'x-a': 'a\nb' } },
    /^headers\["x-a"\] cannot be sent: its value has characters that no header has$/,
  ],
  [
    'header’s name',
    { kind: 'status', headers: { 'a(b': '1' } },
    /^headers\["a\(b"\] cannot be sent: its name has characters that no header's name has$/,
  ],
  ['header’s name that is empty', { kind: 'status', headers: { '': '1' } }, /^headers\[""\] cannot be sent/],
  [
    'header that frames the body',
    { kind: 'status', headers: { 'Transfer-Encoding': 'chunked' } },
    /^headers\["Transfer-Encoding"\] cannot be chosen: the sandbox sets it to fit the body$/,
  ],
  [
    'header that promises more',
    { kind: 'status', headers: { trailer: 'x' } },
    /^headers\["trailer"\] cannot be/,
  ],
  ['status', { kind: 'status', status: 100 }, /^status must be >= 200$/],
  ['status that is no number', { kind: 'status', status: 'bad' }, /^status must be integer$/],
  ['delay', { kind: 'delay', delayMs: -1 }, /^delayMs must be >= 0$/],
  ['delay that is no number', { kind: 'delay', delayMs: 'NaN' }, /^delayMs must be integer$/],
  ['count', { kind: 'status', count: 0 }, /^count must be >= 1$/],
  ['count that is empty', { kind: 'status', count: '' }, /^count must be integer$/],
  ['count that is no whole number', { kind: 'status', count: 1.5 }, /^count must be integer$/],
] as const) {
  test(`a fault with a bad ${what} is refused with HTTP 400 and a sentence`, async () => {
    const response = await control(sandbox.url, 'faults', body);
    assert.equal(response.status, 400);
    assert.match(((await response.json()) as { error: string }).error, expected);
  });
}
