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
  ['an address without a domain', { to: 'bob@' }, 'to[0].email must be an e-mail address, got "bob@"'],
  ['a name without an address', { to: 'Bob' }, 'to[0].email must be an e-mail address, got "Bob"'],
  [
    'the third of several recipients',
    { to: 'a@b.co, c@d.co, e' },
    'to[2].email must be an e-mail address, got "e"',
  ],
  ['a number for a recipient', { to: [1] }, 'to[0].email must be text, got 1'],
  [
    'an unknown recipient type',
    { to: { email: 'a@b.co', type: 'x' } },
    'to[0].type must be one of to, cc, bcc, got "x"',
  ],
  ['neither HTML nor text', { html: '' }, 'html or text is required'],
  [
    'a line break in the subject',
    { subject: 'a\r\nBcc: x@y.co' },
    'subject must be text on one line, got "a\\r\\nBcc: x@y.co"',
  ],
  [
    'a line break in a name',
    { to: { email: 'a@b.co', name: 'a\nb' } },
    'to[0].name must be text on one line, got "a\\nb"',
  ],
  [
    'a line break in a header',
    { customHeaders: { 'X-A': 'a\nb' } },
    'headers.X-A must be text on one line, got "a\\nb"',
  ],
  [
    'a header name with a space',
    { customHeaders: { 'X A': '1' } },
    'headers.X A must be a header name of printable ASCII characters without spaces or colons, got "X A"',
  ],
  [
    'a header that is set twice',
    { replyTo: 'a@b.co', customHeaders: { 'reply-to': 'c@d.co' } },
    'headers.reply-to is set twice: by its own field and among the others',
  ],
  [
    'a switch that is neither on nor off',
    { trackOpens: 'maybe' },
    'headers.X-STes-TrackOpen must be one of yes, no, got "maybe"',
  ],
  [
    'an unknown choice',
    { trackClicks: 'all' },
    'headers.X-STes-TrackClick must be one of html, text, both, no, got "all"',
  ],
  [
    'a file that is not base64',
    { attachments: [{ type: 'a/b', name: 'a', content: 'secret!' }] },
    'attachments[0].content must be base64 text',
  ],
  [
    'an image that is none',
    { inlineImages: [{ type: 'text/plain', name: 'a', content: '' }] },
    'images[0].type must be the MIME type of an image, such as image/png, got "text/plain"',
  ],
  [
    'a domain with a path',
    { trackingDomain: 'a.co/x' },
    'headers.X-STes-TrackingDomain must be a bare domain name such as mail.example.com, got "a.co/x"',
  ],
  ['an object where text belongs', { subject: { a: 1 } }, 'subject must be text, got an object'],
  ['a list where text belongs', { subject: ['a'] }, 'subject must be text, got a list'],
  ['a large integer where text belongs', { subject: 10n }, 'subject must be text, got 10'],
  ['a function where text belongs', { subject: () => 'a' }, 'subject must be text, got a function'],
  [
    'two headers that differ in case only',
    { customHeaders: { 'X-Order': '1', 'x-order': '2' } },
    'headers.x-order is set twice: the names of headers have no case',
  ],
  [
    'a header name with a line break',
    { customHeaders: { 'X-A\r\nBcc': 'a' } },
    'headers.X-A\\u000d\\u000aBcc must be a header name of printable ASCII characters without spaces or colons, got "X-A\\r\\nBcc"',
  ],
  [
    'a name that breaks the line in another way as well',
    { to: [{ email: 'a@b.co', name: 'a\u2028b\nc' }] },
    'to[0].name must be text on one line, got "a\\u2028b\\nc"',
  ],
];

describe('validation', () => {
  for (const [title, changes, message] of refusals) {
    it(`refuses ${title}`, () => assert.equal(refusal(changes).message, message));
  }

  it('names the path of the field apart from the sentence', () => {
    assert.equal(refusal({ to: 'a@b.co, bob@' }).path, 'to[1].email');
  });

  it('puts the number of the item in front where there are several', () => {
    assert.equal(
      refusal({ to: 'bob@' }).forItem(2).message,
      'Item 2: to[0].email must be an e-mail address, got "bob@"',
    );
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
      message: 'smtp_user_name is required: enter the SMTP user in the account, or in the options here',
    });
  });

  it('takes an attachment of 24 MB', () => {
    const content = Buffer.alloc(24 * 1024 * 1024, 1).toString('base64');
    const request = buildRequest(
      operations.sendMail,
      { ...form, attachments: [{ type: 'application/pdf', name: 'a.pdf', content }] },
      { smtpUser: 'smtp1' },
    );
    assert.ok(simulatedService(() => queued).client.prepare('sendMail', request));
  });
});
