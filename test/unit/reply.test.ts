import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { SendCleanError } from '../../shared/errors';
import { simulatedService, type Answer } from '../support/transport';

const mail = { smtp_user_name: 'smtp1', message: { to: [{ email: 'jane@example.com' }], text: 'Hello' } };
const envelope = (fields: object): string => JSON.stringify({ status: 'error', ...fields });

async function send(answer: Answer): Promise<object> {
  return await simulatedService(() => answer, { limits: { attempts: 1 } }).client.sendMail(mail);
}

type Expected = Pick<SendCleanError, 'kind' | 'fate' | 'message'> & Partial<SendCleanError>;

const refused =
  'SendClean refused the call: Token MissMatch (AuthenticationError): check owner ID and token of the account';
const authentication: Expected = {
  kind: 'authentication',
  fate: 'notSent',
  message: refused,
  serviceName: 'AuthenticationError',
};

const failures: [title: string, answer: Answer, expected: Expected][] = [
  [
    'an error envelope at HTTP 200',
    { body: envelope({ code: -1, name: 'AuthenticationError', message: 'Token MissMatch' }) },
    { ...authentication, status: 200, code: -1 },
  ],
  [
    'an error envelope whose name is called type',
    { body: envelope({ type: 'AuthenticationError', message: 'Token MissMatch' }) },
    authentication,
  ],
  [
    'an error envelope whose code is text and whose name is empty',
    { body: envelope({ code: '-1', name: '', type: 'AuthenticationError', message: 'Token MissMatch' }) },
    { ...authentication, code: '-1' },
  ],
  [
    'an error envelope without a message',
    { body: envelope({ name: 'AuthenticationError' }) },
    { ...authentication, message: refused.replace('Token MissMatch', 'it gave no reason') },
  ],
  [
    'a message on several lines, with what no line should hold',
    { body: envelope({ name: 'ValidationError', message: ' no\r\n\u0085 such\u0007\u2028user ' }) },
    {
      kind: 'validation',
      fate: 'notSent',
      message: 'SendClean refused the call: no such user (ValidationError)',
    },
  ],
  [
    'an error name that every object has',
    { body: envelope({ name: 'constructor', message: 'Oops' }) },
    { kind: 'service', fate: 'unknown', message: 'SendClean refused the call: Oops (constructor)' },
  ],
  [
    'an error envelope at HTTP 401',
    { status: 401, body: envelope({ name: 'AuthenticationError', message: 'Token MissMatch' }) },
    { ...authentication, status: 401 },
  ],
  [
    'an error envelope at HTTP 500',
    { status: 500, body: envelope({ name: 'GeneralError', message: 'Oops' }) },
    {
      kind: 'service',
      fate: 'unknown',
      message: 'SendClean refused the call: Oops (GeneralError)',
      status: 500,
    },
  ],
  [
    'what the service finds invalid',
    { body: envelope({ name: 'ValidationError', message: 'Unknown template' }) },
    {
      kind: 'validation',
      fate: 'notSent',
      message: 'SendClean refused the call: Unknown template (ValidationError)',
    },
  ],
  [
    'a page that does not exist',
    { body: envelope({ message: 'Page not found' }) },
    {
      kind: 'service',
      fate: 'notSent',
      message:
        'SendClean does not know the call messages/sendMail (Page not found): check the app domain of the account',
    },
  ],
  [
    'too many requests',
    { status: 429, body: '' },
    { kind: 'rateLimited', fate: 'notSent', message: "SendClean's rate limit is reached" },
  ],
  [
    'a proxy that wants user and password',
    { status: 407, body: '<html>Proxy Authentication Required</html>' },
    {
      kind: 'network',
      fate: 'notSent',
      message:
        'SendClean cannot be reached: the proxy refused the connection (HTTP 407); check HTTPS_PROXY and NO_PROXY in the environment',
      status: 407,
    },
  ],
  [
    'a web page from a proxy',
    { body: '<!DOCTYPE html><html><body>Sign in</body></html>' },
    {
      kind: 'unexpectedReply',
      fate: 'unknown',
      message: 'SendClean answered with a web page instead of JSON, probably from a proxy (HTTP 200)',
    },
  ],
  [
    'a web page at HTTP 502',
    { status: 502, body: '<html>Bad gateway</html>' },
    {
      kind: 'service',
      fate: 'unknown',
      message: 'SendClean answered with HTTP 502 and a web page, probably from a proxy',
    },
  ],
  [
    'an empty body',
    { body: '' },
    {
      kind: 'unexpectedReply',
      fate: 'unknown',
      message: 'SendClean answered with an empty reply (HTTP 200)',
    },
  ],
  [
    'broken JSON',
    { body: '{"status":"succ' },
    { kind: 'unexpectedReply', fate: 'unknown', message: 'SendClean answered with broken JSON (HTTP 200)' },
  ],
  [
    'JSON that is no object',
    { body: '["success"]' },
    {
      kind: 'unexpectedReply',
      fate: 'unknown',
      message: 'SendClean answered with JSON that is not an object (HTTP 200)',
    },
  ],
  [
    'an unknown status',
    { body: '{"status":"pending"}' },
    {
      kind: 'unexpectedReply',
      fate: 'unknown',
      message: 'SendClean\'s reply cannot be read: status must be one of success, queued, got "pending"',
    },
  ],
];

describe('replies', () => {
  it('reads a success and gives the X-Unique-Id with it', async () => {
    const result = await send({ body: '{"status":"success","message":"queued"}' });
    assert.partialDeepStrictEqual(result, { status: 'success', message: 'queued' });
    assert.match(String((result as { xUniqueId: unknown }).xUniqueId), /^sc-[a-z0-9]+-[a-z0-9]{20}$/);
  });

  it('reads a reply with the stray semicolon of the vendor’s samples', async () => {
    const body = '{\n"status" : "success",\n"message" : "250 Message Queued; \\"soon\\"...";\n}';
    assert.partialDeepStrictEqual(await send({ body }), { message: '250 Message Queued; "soon"...' });
  });

  it('reads a success with a byte order mark and without a message', async () => {
    assert.partialDeepStrictEqual(await send({ body: '\uFEFF{"status":"success","message":null}' }), {
      message: null,
    });
  });

  it('passes records on that are not as documented', async () => {
    const records = [{ email: 'jane@example.com', open: '0', openData: null }];
    const body = JSON.stringify({ status: 'success', message_data: records });
    const { client } = simulatedService(() => ({ body }));
    assert.deepEqual(await client.getMessageInfo({ x_unique_id: 'a' }), records);
  });

  it('does not know the fate of a mail when the reply is too odd to be read at all', async () => {
    const body = `{"status":"success","message":"${'\\n'.repeat(10_000_000)};`;
    await assert.rejects(send({ body }), { fate: 'unknown' });
  });

  for (const [title, answer, expected] of failures) {
    it(`tells of ${title}`, async () => await assert.rejects(send(answer), { ...expected, attempts: 1 }));
  }

  it('refuses to follow a redirect', async () => {
    await assert.rejects(send({ status: 302, headers: { location: 'https://elsewhere.example' } }), {
      kind: 'unexpectedReply',
      message: /redirect \(HTTP 302\), which is not followed/,
    });
  });

  it('says how to find out what became of a mail whose reply cannot be read', async () => {
    const { client } = simulatedService(() => ({ body: '' }));
    const message = { ...mail.message, headers: { 'X-Unique-Id': 'order-1042' } };
    await assert.rejects(client.sendMail({ ...mail, message }), {
      advice:
        'It is not known whether the mail was sent. Look for X-Unique-Id “order-1042” with Get Message Info before you send it again.',
    });
  });

  it('says of a read that nothing was sent, however it ends', async () => {
    const { client } = simulatedService(() => ({ body: '' }));
    await assert.rejects(client.getMessageInfo({ x_unique_id: 'a' }), {
      kind: 'unexpectedReply',
      fate: 'notSent',
    });
  });
});
