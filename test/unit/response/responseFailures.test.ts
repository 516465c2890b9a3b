import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { SendCleanError } from '../../../shared/errors';
import { simulatedService, type Answer } from '../../support/transport';

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

const invalid = { kind: 'validation', fate: 'notSent' } as const;

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
    { ...invalid, message: 'SendClean refused the call: no such user (ValidationError)' },
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
    { ...invalid, message: 'SendClean refused the call: Unknown template (ValidationError)' },
  ],
  [
    'a page that does not exist',
    { body: envelope({ message: 'Page not found' }) },
    {
      kind: 'service',
      fate: 'notSent',
      message:
        'SendClean does not know the call messages/sendMail (Page not found): check the app domain of the account',
      status: 200,
    },
  ],
  [
    'a key that is not valid, as older clients know it',
    { body: envelope({ name: 'Invalid_Key', message: 'No' }) },
    {
      kind: 'authentication',
      fate: 'notSent',
      message: 'SendClean refused the call: No (Invalid_Key): check owner ID and token of the account',
    },
  ],
  [
    'an error envelope whose code is neither number nor text',
    { body: envelope({ code: { a: 1 }, message: 'No' }) },
    { kind: 'service', fate: 'unknown', message: 'SendClean refused the call: No', code: undefined },
  ],
  [
    'a message longer than a sentence',
    { body: envelope({ message: 'No! '.repeat(1000) }) },
    {
      kind: 'service',
      fate: 'unknown',
      message: `SendClean refused the call: ${'No! '.repeat(75)}`,
    },
  ],
  [
    'too many requests, in its own words',
    { status: 429, body: envelope({ message: 'Slow\ndown' }) },
    { kind: 'rateLimited', fate: 'notSent', message: "SendClean's rate limit is reached: Slow down" },
  ],
  [
    'a refusal without an envelope',
    { status: 400, body: 'no' },
    { kind: 'service', fate: 'unknown', message: 'SendClean answered with HTTP 400', status: 400 },
  ],
  [
    'an answer of HTTP before the real one',
    { status: 199, body: '{"status":"success"}' },
    { kind: 'service', fate: 'unknown', message: 'SendClean answered with HTTP 199' },
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
      kind: 'unexpectedResponse',
      fate: 'unknown',
      message: 'SendClean answered with a web page instead of JSON (HTTP 200)',
    },
  ],
  [
    'a web page at HTTP 502',
    { status: 502, body: '<html>Bad gateway</html>' },
    {
      kind: 'service',
      fate: 'unknown',
      message: 'SendClean answered with HTTP 502 and a web page',
    },
  ],
  [
    'a web page after spaces',
    { body: ' \n<html><body>Sign in</body></html>' },
    {
      kind: 'unexpectedResponse',
      fate: 'unknown',
      message: 'SendClean answered with a web page instead of JSON (HTTP 200)',
    },
  ],
  [
    'text that only speaks of a web page',
    { body: 'no <html>' },
    {
      kind: 'unexpectedResponse',
      fate: 'unknown',
      message: 'SendClean answered with broken JSON (HTTP 200)',
    },
  ],
  [
    'text before a web page',
    { body: 'no<html>' },
    {
      kind: 'unexpectedResponse',
      fate: 'unknown',
      message: 'SendClean answered with broken JSON (HTTP 200)',
    },
  ],
  [
    'a body of spaces',
    { body: ' \r\n' },
    {
      kind: 'unexpectedResponse',
      fate: 'unknown',
      message: 'SendClean answered with an empty response (HTTP 200)',
    },
  ],
  [
    'null',
    { body: 'null' },
    {
      kind: 'unexpectedResponse',
      fate: 'unknown',
      message: 'SendClean answered with JSON that is not an object (HTTP 200)',
    },
  ],
  [
    'an empty body',
    { body: '' },
    {
      kind: 'unexpectedResponse',
      fate: 'unknown',
      message: 'SendClean answered with an empty response (HTTP 200)',
    },
  ],
  [
    'broken JSON',
    { body: '{"status":"succ' },
    {
      kind: 'unexpectedResponse',
      fate: 'unknown',
      message: 'SendClean answered with broken JSON (HTTP 200)',
    },
  ],
  [
    'JSON that is no object',
    { body: '["success"]' },
    {
      kind: 'unexpectedResponse',
      fate: 'unknown',
      message: 'SendClean answered with JSON that is not an object (HTTP 200)',
    },
  ],
  [
    'an unknown status',
    { body: '{"status":"pending"}' },
    {
      kind: 'unexpectedResponse',
      fate: 'unknown',
      message: 'SendClean\'s response cannot be read: status must be one of success, queued, got "pending"',
    },
  ],
];

describe('a response that is no success', () => {
  for (const [title, answer, expected] of failures) {
    it(`tells of ${title}`, async () => await assert.rejects(send(answer), { ...expected, attempts: 1 }));
  }
});
