import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { message } from '../sandbox/client';
import { readBinary } from '../support/n8nBinary';
import { fromEml } from '../support/preview';
import { fromSandbox } from '../support/sentMail';
import { useNode } from './harness';

const { run, url, inbox } = useNode();

const logo = { bytes: Buffer.from([137, 80, 78, 71, 255, 0]), mimeType: 'image/png', fileName: 'logo.png' };
const invoice = {
  bytes: Buffer.from(Array.from({ length: 5000 }, (_, index) => index % 256)),
  mimeType: 'application/pdf',
  fileName: 'Rechnung № 1042 “Müller”.pdf',
};
const form = {
  fromName: 'Example Shop – Grüße',
  to: '"Doe, John" <john@example.com>, jane@example.com',
  subject: 'Ihre Bestellung № 1042 🎉 ist unterwegs, und dieser Betreff ist länger als eine Zeile',
  emailFormat: 'both',
  html: '<p>Hi <b>you</b> &amp; Grüße</p>\n<img src="cid:logo">\n.\n--\n<script>alert(1)</script>',
  text: `Hi\n\n.\nFrom here = there\n${'long '.repeat(300)}`,
  attachments: 'invoice',
};
const options = {
  cc: 'team@example.com',
  bcc: 'archive@example.com',
  replyTo: 'support@example.com',
  inlineImages: 'logo',
  xUniqueId: 'order-1042',
  unsubscribe: 'https://example.com/unsubscribe, leave@example.com',
  customHeaders: { pair: [{ name: 'X-Campaign', value: 'Frühling' }] },
};
const headers = ['x-unique-id', 'list-unsubscribe', 'list-unsubscribe-post'];

describe('Validate Only in the n8n node', () => {
  async function preview(changes: object, more: object = {}) {
    const { outputs, error } = await run(
      { ...changes, options: { ...more, validateOnly: true } },
      { logo, invoice },
    );
    assert.equal(error, undefined);
    const { binary } = outputs[0]?.[0] ?? {};
    return { outputs, binary, read: async (name: string) => await readBinary(binary?.[name]) };
  }

  /** What the sandbox gets of the same email; a last line break is as good as none in an email. */
  async function received(changes: object, more: object, shown: readonly string[] = ['list-unsubscribe']) {
    await run({ ...changes, options: more }, { logo, invoice });
    const [summary] = await inbox();
    const email = fromSandbox(await message(url(), summary?.id ?? 0), shown);
    return { ...email, html: email.html?.replace(/\n$/, ''), text: email.text?.replace(/\n$/, '') };
  }

  it('gives the email that would be sent as a file for email programs', async () => {
    const { read, binary } = await preview(form, options);
    assert.equal(binary?.['preview.eml']?.mimeType, 'message/rfc822');
    assert.equal(binary?.['preview.eml']?.fileName, 'preview.eml');
    const eml = await read('preview.eml');
    assert.ok(eml.every((byte) => byte < 128));
    assert.ok(
      eml
        .toString()
        .split('\r\n')
        .every((line) => line.length <= 998 && !line.includes('\n')),
    );
    assert.deepEqual(await inbox(), []);

    assert.match(String(eml), /^X-Campaign: =\?UTF-8\?Q\?Fr=C3=BChling\?=\r$/m);
    assert.deepEqual(await fromEml(eml, headers), await received(form, options, headers));
  });

  for (const [what, changes, more] of [
    ['HTML', { html: '<p>Hi</p>' }, {}],
    ['text', { emailFormat: 'text', text: 'Hi' }, {}],
    ['Markdown', { emailFormat: 'markdown', markdown: '# Hi\n\n**Grüße**' }, {}],
    ['an attachment', { html: '<p>Hi</p>', attachments: 'invoice' }, {}],
    ['an inline image', { html: '<img src="cid:logo">' }, { inlineImages: 'logo' }],
  ] as const)
    it(`gives an email of ${what} as it will be sent`, async () => {
      const { read } = await preview(changes, more);
      assert.deepEqual(
        await fromEml(await read('preview.eml'), ['list-unsubscribe']),
        await received(changes, more),
      );
    });

  it('gives it as a page with its images, in which no script can run', async () => {
    const { read, binary } = await preview(form, options);
    assert.equal(binary?.['preview.html']?.mimeType, 'text/html');
    const html = String(await read('preview.html'));
    assert.ok(html.includes(`src=&quot;data:image/png;base64,${logo.bytes.toString('base64')}&quot;`));
    assert.match(html, /<iframe title="Email" sandbox="" srcdoc="/);
    assert.doesNotMatch(html, /<script/);
  });

  it('gives one for each recipient of separate emails', async () => {
    const { outputs } = await preview({ to: 'a@example.com, b@example.com' }, { sendAs: 'each' });
    const all = outputs[0]?.map(
      async ({ binary }) => await fromEml(await readBinary(binary?.['preview.eml'])),
    );
    assert.deepEqual(
      (await Promise.all(all ?? [])).map(({ to }) => to),
      [['a@example.com'], ['b@example.com']],
    );
  });

  it('gives none for a template, which is in SendClean', async () => {
    const { binary } = await preview({ operation: 'sendTemplate', templateId: 'welcome' });
    assert.equal(binary, undefined);
  });
});
