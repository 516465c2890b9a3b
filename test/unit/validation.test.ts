import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SendCleanError } from '../../shared/errors';
import { operations } from '../../shared/generated/operations';
import { buildRequest, type FormValues } from '../../shared/request';
import { queued, simulatedService } from '../support/transport';

const form: FormValues = {
  fromEmail: 'shop@example.com',
  to: 'jane@example.com',
  subject: 'Your order',
  html: '<p>Thank you</p>',
};

/** The error that a form ends in, after making sure that nothing was sent. */
function refusal(changes: FormValues): SendCleanError {
  const { client, requests } = simulatedService(() => queued);
  try {
    client.prepare(
      'sendMail',
      buildRequest(operations.sendMail, { ...form, ...changes }, { smtpUser: 'smtp1' }),
    );
  } catch (error) {
    assert.ok(error instanceof SendCleanError);
    assert.equal(error.kind, 'validation');
    assert.equal(error.fate, 'notSent');
    assert.equal(requests.length, 0);
    return error;
  }
  return assert.fail('the form was accepted');
}

const refusals: [title: string, changes: FormValues, message: string][] = [
  ['an address without a domain', { to: 'bob@' }, 'To, first recipient must be an email address, got "bob@"'],
  ['a name without an address', { to: 'Bob' }, 'To, first recipient must be an email address, got "Bob"'],
  [
    'the third of several recipients',
    { to: 'a@b.co, c@d.co, e' },
    'To, third recipient must be an email address, got "e"',
  ],
  ['a number for a recipient', { to: [1] }, 'To, first recipient must be text, got 1'],
  [
    'an unknown recipient type',
    { to: { email: 'a@b.co', type: 'x' } },
    'To, type of the first recipient must be one of to, cc, bcc, got "x"',
  ],
  ['no recipient', { to: '' }, 'To is empty: enter at least one recipient in To, CC or BCC'],
  ['neither HTML nor text', { html: '' }, 'HTML or Text is required'],
  [
    'a line break in the subject',
    { subject: 'a\r\nBcc: x@y.co' },
    'Subject must be text on one line without control characters, got "a\\r\\nBcc: x@y.co"',
  ],
  [
    'a line break in a name',
    { to: { email: 'a@b.co', name: 'a\nb' } },
    'To, name of the first recipient must be text on one line without control characters, got "a\\nb"',
  ],
  [
    'a line break in a header',
    { customHeaders: { 'X-A': 'a\nb' } },
    'Custom Headers, X-A must be text on one line without control characters, got "a\\nb"',
  ],
  [
    'a header name with a space',
    { customHeaders: { 'X A': '1' } },
    'Custom Headers, X A must be a header name of printable ASCII characters without spaces or colons, got "X A"',
  ],
  [
    'a header that is set twice',
    { replyTo: 'a@b.co', customHeaders: { 'reply-to': 'c@d.co' } },
    'Custom Headers, reply-to is set twice: by its own field and among the others',
  ],
  [
    'a switch that is neither on nor off',
    { trackOpens: 'maybe' },
    'Track Opens must be one of yes, no, got "maybe"',
  ],
  [
    'an unknown choice',
    { trackClicks: 'all' },
    'Track Clicks must be one of html, text, both, no, got "all"',
  ],
  [
    'a file that is not base64',
    { attachments: [{ type: 'a/b', name: 'a', content: 'secret!' }] },
    'Attachments, first file must be base64 text',
  ],
  [
    'an image that is none',
    { inlineImages: [{ type: 'text/plain', name: 'a', content: '' }] },
    'Inline Images, type of the first image must be the MIME type of an image, such as image/png, got "text/plain"',
  ],
  [
    'a domain with a path',
    { trackingDomain: 'a.co/x' },
    'Tracking Domain must be a bare domain name such as mail.example.com, got "a.co/x"',
  ],
  ['an object where text belongs', { subject: { a: 1 } }, 'Subject must be text, got an object'],
  ['a list where text belongs', { subject: ['a'] }, 'Subject must be text, got a list'],
  ['a large integer where text belongs', { subject: 10n }, 'Subject must be text, got 10'],
  ['a function where text belongs', { subject: () => 'a' }, 'Subject must be text, got a function'],
  [
    'two headers that differ in case only',
    { customHeaders: { 'X-Order': '1', 'x-order': '2' } },
    'Custom Headers, x-order is set twice: the names of headers have no case',
  ],
  [
    'a header name with a line break',
    { customHeaders: { 'X-A\r\nBcc': 'a' } },
    'Custom Headers, X-A\\u000d\\u000aBcc must be a header name of printable ASCII characters without spaces or colons, got "X-A\\r\\nBcc"',
  ],
  [
    'a name that breaks the line in another way as well',
    { to: [{ email: 'a@b.co', name: 'a\u2028b\nc' }] },
    'To, name of the first recipient must be text on one line without control characters, got "a\\u2028b\\nc"',
  ],
];

describe('validation', () => {
  for (const [title, changes, message] of refusals) {
    it(`refuses ${title}`, () => assert.equal(refusal(changes).message, message));
  }

  it('names the path of the field apart from the sentence', () => {
    assert.equal(refusal({ to: 'a@b.co, bob@' }).path, 'to[1].email');
  });

  it('names a copy by its own field and its place there', () => {
    const { message, path } = refusal({ cc: 'a@b.co, bob@' });
    assert.equal(message, 'CC, second recipient must be an email address, got "bob@"');
    assert.equal(path, 'to[2].email');
  });

  it('names everything that is wrong in one sentence', () => {
    const { message, problems } = refusal({ fromEmail: 'shop', to: '', trackOpens: 'maybe' });
    assert.equal(
      message,
      'To is empty: enter at least one recipient in To, CC or BCC; From Email must be an email address, got "shop"; Track Opens must be one of yes, no, got "maybe"',
    );
    assert.deepEqual(
      problems.map(({ path }) => path),
      ['to', 'from_email', 'headers.X-STes-TrackOpen'],
    );
  });

  it('names the first ten of many, and how many more there are', () => {
    const { message } = refusal({ to: Array.from({ length: 25 }, (_, index) => `bob${index}@`) });
    assert.match(message, /^To, first recipient must .*; To, tenth recipient must [^;]*; and 15 more$/);
  });

  it('cuts a long value or name, and never shows the content of a file', () => {
    assert.ok(refusal({ to: `${'x'.repeat(500)}@` }).message.length < 160);
    assert.ok(refusal({ customHeaders: { [`${'x'.repeat(500)} `]: 'a' } }).message.length < 300);
    assert.ok(
      !refusal({ attachments: [{ type: 'a/b', name: 'a', content: 'secret!' }] }).message.includes('secret'),
    );
  });

  it('asks for the SMTP user where neither form nor account names one', () => {
    assert.throws(() => buildRequest(operations.sendMail, form), {
      message: 'SMTP User Name is required: enter the SMTP user in the account, or in the options here',
    });
  });
});
