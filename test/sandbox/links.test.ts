import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import type { Sandbox } from '../../sandbox/src/server';
import { startSandbox } from '../support/sandbox';
import { call, clear, control, mail, message } from './client';

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox();
});
afterEach(() => sandbox.close());

async function preview(html: string, query = ''): Promise<string> {
  await call(sandbox.url, 'sendMail', { ...mail, message: { ...mail.message, html } });
  return (await control(sandbox.url, `messages/1/preview${query}`)).text();
}

const blank = ' target="_blank" rel="noopener noreferrer"';

for (const [what, html, expected] of [
  ['a link to the web', '<a href="https://x.com/?a&amp;b">', `<a${blank} href="https://x.com/?a&amp;b" `],
  ['one in capitals', "<A HREF='HTTP://x.com'>", `<A${blank} href="HTTP://x.com" `],
  ['one without a scheme', '<a href=//x.com>', `<a${blank} href="//x.com" `],
  ['an address to write to', '<a href="mailto:a@b.c">', `<a${blank} href="mailto:a@b.c" `],
  ['a place in the email', '<a href="#top">', '<a target="_self" href="#top"'],
  ['a script', '<a href="javascript:alert(1)">', '<a target="_self" href="#" title="No email program opens'],
  ['a path', '<a href="/x">', '<a target="_self" href="#" title="No email program opens this link: /x" '],
  ['a link of a drawing', '<svg><a xlink:href="http://x.com">', `<svg><a${blank} href="http://x.com" `],
] as const) {
  test(`in the preview, ${what} is opened in a new tab or not at all`, async () => {
    assert.ok((await preview(html)).startsWith(expected));
  });
}

test('a link that records clicks leads on, and works only as the preview gave it', async () => {
  const html = await preview('<a href="https://x.com/?a=1&amp;b=2">x</a>', '?clicks=jane@example.com');
  const [, written = ''] = /href="(\/link[^"]*)"/.exec(html) ?? [];
  const address = sandbox.url + written.replaceAll('&amp;', '&');
  const follow = (url: string): Promise<Response> =>
    fetch(url, {
      redirect: 'manual',
      headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'document' },
    });
  const answer = await follow(address);
  assert.deepEqual([answer.status, answer.headers.get('location')], [303, 'https://x.com/?a=1&b=2']);
  for (const [part, other] of [
    ['link=0', 'link=1'],
    ['jane', 'joe'],
    [/sign=.*/, 'sign='],
  ] as const) {
    assert.equal((await follow(address.replace(part, other))).status, 403);
  }
  assert.equal((await message(sandbox.url, 1)).eventCount, 1);
  await clear(sandbox.url, 'messages');
  assert.equal((await follow(address)).status, 404);
});

test('the page reads a message without the content of its files', async () => {
  const content = Buffer.alloc(300_000).toString('base64');
  const attachments = [{ name: 'a.bin', type: 'application/octet-stream', content }];
  await call(sandbox.url, 'sendMail', {
    ...mail,
    message: { ...mail.message, html: '<p background="//x.com/a.png">', attachments },
  });
  const text = await (await control(sandbox.url, 'inbox/1')).text();
  assert.ok(text.length < 5000);
  const shown = JSON.parse(text) as { remoteImages: boolean; wire: { body: string } };
  assert.equal(shown.remoteImages, true);
  assert.match(shown.wire.body, /"content":"… 400000 characters of base64"/);
});

for (const [html, expected] of [
  ['<img src="https://x.com/a.png">', true],
  ['<img srcset="cid:a, http://x.com/b.png 2x">', true],
  ['<td style="background: url(&quot;//x.com/a.png&quot;)">', true],
  ['<style>p { background: url(http://x.com/a) }</style>', true],
  ['<img src="cid:a"><img src="data:image/png;base64,AAAA"><a href="https://x.com">', false],
  ['<script src="https://x.com"></script><!-- <img src="https://x.com"> -->', false],
] as const) {
  test(`${html} ${expected ? 'has' : 'has no'} images from elsewhere`, async () => {
    await call(sandbox.url, 'sendMail', { ...mail, message: { ...mail.message, html } });
    const shown = (await (await control(sandbox.url, 'inbox/1')).json()) as { remoteImages: boolean };
    assert.equal(shown.remoteImages, expected);
  });
}
