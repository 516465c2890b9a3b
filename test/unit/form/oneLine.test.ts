import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { SendCleanError } from '../../../shared/errors';
import { operations } from '../../../shared/generated/operations';
import type { OperationName } from '../../../shared/generated/types';
import { buildRequest } from '../../../shared/form/buildRequest';
import { simulatedService } from '../../support/transport';

const { client } = simulatedService(() => ({ body: '' }));
const values = {
  to: 'jane@example.com',
  fromEmail: 'shop@example.com',
  subject: 'Hi',
  smtpUserName: 'smtp1',
};
const mail = { ...values, text: 'Hi' };
const template = { ...values, templateId: 'welcome' };

function build(name: OperationName, form: object): object {
  return client.prepare(name, buildRequest(operations[name], form as Record<string, unknown>)).request;
}

function refusal(name: OperationName, form: object): SendCleanError {
  try {
    build(name, form);
  } catch (error) {
    return error as SendCleanError;
  }
  return assert.fail(`accepted ${JSON.stringify(form)}`);
}

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);
const controls = [...range(0, 0x1f), ...range(0x7f, 0x9f), 0x2028, 0x2029];
const turning = [0x61c, 0x200e, 0x200f, ...range(0x202a, 0x202e), ...range(0x2066, 0x2069)];
/** Beside and between those. */
const others = [
  0x20, 0x7e, 0xa0, 0xad, 0x61b, 0x61d, 0x200b, 0x200d, 0x2010, 0x2027, 0x202f, 0x2065, 0x206a, 0xd83d,
  0xfeff, 0x1f600,
];

/** A text with a character in it that nothing trims. */
const within = (code: number) => `a${String.fromCodePoint(code)}b`;

/** Every place of a form that takes one line, by what is entered there. */
const lines: [place: string, name: OperationName, form: (text: string) => object, path: string][] = [
  ['the subject', 'sendMail', (subject) => ({ ...mail, subject }), 'subject'],
  ['the name of the sender', 'sendMail', (fromName) => ({ ...mail, fromName }), 'from_name'],
  [
    'the name of a recipient',
    'sendMail',
    (name) => ({ ...mail, to: { email: 'a@b.co', name } }),
    'to[0].name',
  ],
  ['a header', 'sendMail', (text) => ({ ...mail, customHeaders: { 'X-A': text } }), 'headers.X-A'],
  [
    'the reply address',
    'sendMail',
    (text) => ({ ...mail, replyTo: `"${text}" <a@b.co>` }),
    'headers.Reply-To',
  ],
  ['the X-Unique-Id', 'sendMail', (xUniqueId) => ({ ...mail, xUniqueId }), 'headers.X-Unique-Id'],
  ['the SMTP user', 'sendMail', (smtpUserName) => ({ ...mail, smtpUserName }), 'smtp_user_name'],
  ['the ID of a template', 'sendTemplate', (templateId) => ({ ...template, templateId }), 'template_id'],
  [
    'the ID of a template by GET',
    'sendTemplateGet',
    (templateId) => ({ ...template, templateId }),
    'template_id',
  ],
  ['the subject by GET', 'sendTemplateGet', (subject) => ({ ...template, subject }), 'subject'],
  ['the X-Unique-Id to look for', 'getMessageInfo', (xUniqueId) => ({ xUniqueId }), 'x_unique_id'],
];
const file = (name: string) => ({ ...mail, attachments: [{ type: 'text/plain', name, content: '' }] });
const image = (name: string) => ({
  ...mail,
  html: `<img src="cid:${encodeURIComponent(name)}">`,
  inlineImages: [{ type: 'image/png', name, content: '' }],
});

describe('text on one line', () => {
  for (const [place, name, form, path] of lines) {
    it(`refuses every control character and line separator in ${place}`, () => {
      for (const code of controls) {
        const error = refusal(name, form(within(code)));
        assert.deepEqual([error.kind, error.fate, error.path], ['validation', 'notSent', path]);
        assert.match(error.message, / must be text on one line without control characters, got "/);
        assert.match(error.message, /^[^\p{Cc}\p{Zl}\p{Zp}]+$/u);
      }
    });

    it(`takes everything else in ${place}`, () => {
      for (const code of [...turning, ...others]) assert.ok(build(name, form(within(code))));
    });
  }

  it('may be folded at a tab, which is a blank then', () => {
    assert.partialDeepStrictEqual(build('sendMail', { ...mail, subject: '\ta\r\n\tb\n' }), {
      message: { subject: 'a b' },
    });
  });

  it('is no rule for what an email says', () => {
    const text = within(0) + within(0x85) + within(0x2028);
    assert.partialDeepStrictEqual(build('sendMail', { ...mail, html: `<p>${text}`, text }), {
      message: { html: `<p>${text}`, text },
    });
    for (const name of ['sendTemplate', 'sendTemplateGet'] as const)
      assert.ok(JSON.stringify(build(name, { ...template, dynamicValues: { A: text } })).includes('\\u0000'));
  });
});

describe('the name of a file', () => {
  it('refuses control characters, line separators and marks that turn text around', () => {
    for (const code of [...controls, ...turning]) {
      const { path, message } = refusal('sendMail', file(within(code)));
      assert.equal(path, 'attachments[0].name');
      assert.match(
        message,
        / must be text on one line without control characters or marks that turn text around, got "/,
      );
      assert.match(message, /^[^\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]+$/u);
    }
    for (const code of others) assert.ok(build('sendMail', file(within(code))));
  });

  it('refuses the same in the Content-ID of an image', () => {
    for (const code of [...controls, ...turning]) {
      const { path, message } = refusal('sendMail', image(within(code)));
      assert.equal(path, 'images[0].name');
      assert.match(message, / must be a Content-ID without /);
    }
    for (const code of [0x2d, 0x7e, 0xad, 0x200b, 0x1f600]) assert.ok(build('sendMail', image(within(code))));
  });

  it('refuses control characters in its MIME type', () => {
    for (const code of controls) {
      const attachments = [{ type: `text/plain; a=${within(code)}`, name: 'a', content: '' }];
      assert.equal(refusal('sendMail', { ...mail, attachments }).path, 'attachments[0].type');
    }
  });
});
