import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { dryRun, type DryRun } from '../../../shared/delivery/dryRun';
import { buildRequest } from '../../../shared/form/buildRequest';
import { operations } from '../../../shared/generated/operations';
import type { OperationName } from '../../../shared/generated/types';
import { prepare } from '../../../shared/request/prepare';

const clock = { now: () => Date.UTC(2026, 10, 26, 8, 30), sleep: () => Promise.resolve(), random: () => 0.5 };

const mail = {
  fromEmail: 'Shop <shop@example.com>',
  to: '"Doe, Jane" <jane@example.com>, john@example.com',
  subject: 'Hi',
  text: 'Hi\nthere',
  xUniqueId: 'order 7',
};

const files = {
  attachments: [
    { type: 'application/pdf', name: 'a.pdf', content: Buffer.alloc(60, 7).toString('base64') },
    { type: 'text/plain', name: 'b.txt', content: 'YQ==' },
    { type: 'text/plain', name: 'c.txt', content: 'YWI=' },
  ],
};

/** What a form comes to when nothing is sent, and how often its files were loaded and released. */
async function run(
  values: object,
  name: OperationName = 'sendMail',
  load = () => Promise.resolve(),
): Promise<DryRun & { calls: string[] }> {
  const request = buildRequest(operations[name], { ...values }, { smtpUser: 'smtp1' });
  const calls: string[] = [];
  const deferred = {
    bytes: 0,
    load: () => {
      calls.push('load');
      return load();
    },
    release: () => void calls.push('release'),
  };
  const fingerprint = (base64: string) => `hash of ${base64.length}`;
  try {
    return { ...(await dryRun(prepare(name, request, clock), deferred, { fingerprint, clock })), calls };
  } catch (error) {
    throw Object.assign(error as Error, { calls });
  }
}

const previewOf = async (values: object) => (await run(values)).preview;
const emlOf = async (values: object) => (await previewOf(values))?.['preview.eml'] ?? '';
const pageOf = async (values: object) => (await previewOf(values))?.['preview.html'] ?? '';

describe('a call that is not made', () => {
  it('is shown as its request, with files by name, type, size and fingerprint', async () => {
    const { request, calls } = await run({ ...mail, ...files });
    assert.deepEqual(Object.entries(request).slice(0, 4), [
      ['sent', false],
      ['reason', 'Nothing was sent: Validate Only is on'],
      ['method', 'POST'],
      ['path', 'messages/sendMail'],
    ]);
    const { body } = request as { body: { message: object; smtp_user_name: string } };
    assert.deepEqual(body, {
      message: {
        from_email: 'shop@example.com',
        from_name: 'Shop',
        to: [
          { email: 'jane@example.com', name: 'Doe, Jane', type: 'to' },
          { email: 'john@example.com', type: 'to' },
        ],
        subject: 'Hi',
        text: 'Hi\nthere',
        attachments: [
          { type: 'application/pdf', name: 'a.pdf', size: 60, sha256: 'hash of 80' },
          { type: 'text/plain', name: 'b.txt', size: 1, sha256: 'hash of 4' },
          { type: 'text/plain', name: 'c.txt', size: 2, sha256: 'hash of 4' },
        ],
        headers: { 'X-Unique-Id': 'order 7' },
      },
      smtp_user_name: 'smtp1',
    });
    assert.deepEqual(calls, ['load', 'release']);
  });

  it('releases its files where they cannot be loaded', async () => {
    const load = () => Promise.reject(new Error('gone'));
    await assert.rejects(run(mail, 'sendMail', load), { message: 'gone', calls: ['load', 'release'] });
  });

  it('is shown as the query of a GET, and has no email to look at', async () => {
    const values = {
      ...mail,
      to: 'jane@example.com',
      templateId: 'welcome',
      dynamicValues: { NAME: 'Jane' },
    };
    const { request, preview, calls } = await run(values, 'sendTemplateGet');
    assert.equal(preview, undefined);
    assert.deepEqual(calls, []);
    assert.partialDeepStrictEqual(request, {
      sent: false,
      method: 'GET',
      query: { template_id: 'welcome', to: 'jane@example.com', 'dynamic_value[NAME]': 'Jane' },
    });
  });

  it('has no email to look at where SendClean makes it from a template', async () => {
    const { preview, request } = await run({ ...mail, templateId: 'welcome' }, 'sendTemplate');
    assert.equal(preview, undefined);
    assert.partialDeepStrictEqual(request, { sent: false, path: 'messages/sendTemplate' });
  });
});

describe('the file of an email that is not sent', () => {
  it('is plain text with its headers, and with those who get a blind copy', async () => {
    const more = { cc: 'team@example.com', bcc: 'Archive <archive@example.com>', subject: 'Grüße' };
    const headers = { customHeaders: { 'X-Order': '7' } };
    assert.deepEqual((await emlOf({ ...mail, ...more, ...headers })).split('\r\n'), [
      'From: Shop <shop@example.com>',
      'To: "Doe, Jane" <jane@example.com>, john@example.com',
      'Cc: team@example.com',
      'Bcc: Archive <archive@example.com>',
      'Subject: =?UTF-8?Q?Gr=C3=BC=C3=9Fe?=',
      'X-Unique-ID: order 7',
      'X-Order: 7',
      'Date: Thu, 26 Nov 2026 08:30:00 +0000',
      'Message-ID: <order-7@preview.invalid>',
      'Content-Transfer-Encoding: quoted-printable',
      'MIME-Version: 1.0',
      'Content-Type: text/plain; charset=utf-8',
      '',
      'Hi',
      'there',
      '',
    ]);
  });

  it('is HTML alone where there is no text and no file', async () => {
    const eml = await emlOf({ ...mail, text: undefined, html: `<p>${'=é '.repeat(20)}</p>` });
    const [head = '', body = ''] = eml.split('\r\n\r\n');
    assert.match(head, /^Content-Type: text\/html; charset=utf-8$/m);
    assert.doesNotMatch(head, /multipart|^(Cc|Bcc):/m);
    const lines = body.trimEnd().split('\r\n');
    assert.ok(lines.every((line) => line.length <= 76));
    assert.match(lines.join('').replaceAll(/=(?=$)/g, ''), /^<p>(=3D=C3=A9 ?=? ?)+/);
  });

  it('has the text before the HTML with its images, and the attachments after both', async () => {
    const html = {
      html: '<img src="cid:logo">',
      inlineImages: [{ type: 'image/png', name: 'logo', content: 'iVBORw==' }],
    };
    const eml = await emlOf({ ...mail, ...html, ...files });
    const outline = eml
      .split('\r\n')
      .filter((line) => /^(Content-|--)/.test(line))
      .map((line) => line.replaceAll(/--_NmP-5jjrmzbvnk-Part_(\d+)/g, 'part $1'));
    assert.deepEqual(outline, [
      'Content-Type: multipart/mixed; boundary="part 1"',
      '--part 1',
      'Content-Type: multipart/alternative; boundary="part 2"',
      '--part 2',
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: quoted-printable',
      '--part 2',
      'Content-Type: multipart/related; boundary="part 7"',
      '--part 7',
      'Content-Type: text/html; charset=utf-8',
      'Content-Transfer-Encoding: quoted-printable',
      '--part 7',
      'Content-Type: image/png; name=logo',
      'Content-ID: <logo>',
      'Content-Disposition: inline; filename=logo',
      'Content-Transfer-Encoding: base64',
      '--part 7--',
      '--part 2--',
      ...['a.pdf', 'b.txt', 'c.txt'].flatMap((name) => [
        '--part 1',
        `Content-Type: ${name === 'a.pdf' ? 'application/pdf' : 'text/plain'}; name=${name}`,
        `Content-Disposition: attachment; filename=${name}`,
        'Content-Transfer-Encoding: base64',
      ]),
      '--part 1--',
    ]);
    const base64 = Buffer.alloc(60, 7).toString('base64');
    assert.ok(eml.includes(`\r\n\r\n${base64.slice(0, 76)}\r\n${base64.slice(76)}\r\n--`));
    assert.ok(eml.includes('\r\n\r\nYQ==\r\n--'));
  });

  it('has no sender where the email has none, and an ID that holds nothing but letters, digits, dots and hyphens', async () => {
    const eml = await emlOf({ ...mail, fromEmail: undefined, xUniqueId: 'a<b>@c.d_e-f' });
    assert.doesNotMatch(eml, /^From:/m);
    assert.match(eml, /^Message-ID: <a-b--c\.d_e-f@preview\.invalid>\r$/m);
  });
});

describe('the page of an email that is not sent', () => {
  it('shows who writes to whom of what, and only what there is', async () => {
    const page = await pageOf({ ...mail, ...files, subject: 'A & "B" <c>', cc: 'team@example.com' });
    const rows = [...page.matchAll(/<dt>(.*?)<\/dt><dd>(.*?)<\/dd>/g)].map(([, title, text]) => [
      title,
      text,
    ]);
    assert.deepEqual(rows, [
      ['Subject', 'A &amp; &quot;B&quot; &lt;c&gt;'],
      ['From', 'Shop &lt;shop@example.com&gt;'],
      ['To', 'Doe, Jane &lt;jane@example.com&gt;, john@example.com'],
      ['CC', 'team@example.com'],
      ['Attachments', 'a.pdf, b.txt, c.txt'],
    ]);
    assert.ok(page.includes('<title>A &amp; &quot;B&quot; &lt;c&gt;</title>'));
    assert.ok(page.includes('</dl>\n<pre>Hi\nthere</pre>\n</body>'));
    assert.doesNotMatch(page, /<iframe/);
  });

  it('shows HTML in a frame in which nothing runs, with its images', async () => {
    const html = '<p>"&"</p><img src="cid:logo"><script>alert(1)</script>';
    const inlineImages = [{ type: 'image/png', name: 'logo', content: 'iVBORw==' }];
    const page = await pageOf({ ...mail, fromEmail: undefined, html, inlineImages });
    const shown =
      '&lt;p&gt;&quot;&amp;&quot;&lt;/p&gt;&lt;img src=&quot;data:image/png;base64,iVBORw==&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;';
    assert.ok(page.includes(`<iframe title="Email" sandbox="" srcdoc="${shown}"></iframe>`), page);
    assert.ok(
      page.includes(
        `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data: https: http:; font-src data: https:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">`,
      ),
    );
    assert.doesNotMatch(page, /<pre>|<dt>From/);
    assert.ok(page.startsWith('<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'));
    assert.match(page, /<style>\n:root \{ color-scheme: light dark;/);
  });
});
