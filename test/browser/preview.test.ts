/** The page by which Validate Only shows an email does no harm, whatever the email holds. */
import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { previewHtml } from '../../shared/delivery/previewHtml';
import { launchBrowser } from './browser';

const pixel =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';

/** What shows up in the log of the browser if it runs. */
const alarm = 'console.log("it ran")';

const hostile = `<img id="logo" src="cid:logo"><p id="text">Hello</p>
<script>${alarm}</script><img src="x" onerror='${alarm}'><svg onload='${alarm}'></svg>
<a id="link" href='javascript:${alarm}'>a</a><iframe srcdoc='<script>${alarm}</script>'></iframe>
<meta http-equiv="refresh" content="0;url=/harm"><form id="form" action="/harm"><input name="a"></form>
<base href="/harm/"><object data="/harm"></object><embed src="/harm"><link rel="stylesheet" href="/harm">
"></iframe><script>${alarm}</script><iframe srcdoc="<script>${alarm}</script>`;

const email = {
  from: { address: 'shop@example.com', name: `</dd><script>${alarm}</script>` },
  to: [{ address: 'jane@example.com', name: '' }],
  cc: [],
  bcc: [],
  subject: `</title><script>${alarm}</script>`,
  html: hostile,
  text: undefined,
  headers: [],
  attachments: [{ name: `"><script>${alarm}</script>`, type: 'text/plain', content: '' }],
  images: [{ name: 'logo', type: 'image/png', content: pixel }],
};

describe('the page that shows an email', () => {
  let browser: Browser;
  let server: Server;
  let page: Page;
  let html = '';
  const requests: string[] = [];
  const said: string[] = [];
  before(async () => {
    server = createServer(({ url = '' }, response) => {
      requests.push(url);
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.end(url === '/' ? html : `<script>${alarm}</script>`);
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    browser = await launchBrowser();
    page = await browser.newPage();
    page.on('console', (line) => said.push(line.text()));
  });
  after(async () => {
    await browser?.close();
    server.close();
  });
  const open = async (
    shown: typeof email | (Omit<typeof email, 'html' | 'text'> & { html: undefined; text: string }),
  ) => {
    html = previewHtml(shown);
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  };

  it('shows the email with its inline images', async () => {
    await open({ ...email, html: '<p id="text">Hello</p><img id="logo" src="cid:logo">' });
    const frame = page.frameLocator('iframe');
    assert.equal(await frame.locator('#text').textContent(), 'Hello');
    // An image that is missing takes more room than its one pixel, or none.
    const box = await frame.locator('#logo').boundingBox();
    assert.deepEqual([box?.width, box?.height], [1, 1]);
  });

  it('runs no script of it, opens nothing, and stays where it is', async () => {
    await open(email);
    const frame = page.frameLocator('iframe').first();
    await frame.locator('#text').waitFor();
    await frame.locator('#link').click();
    await frame.locator('#form input').press('Enter');
    await page.waitForTimeout(500);
    assert.ok(!said.includes('it ran'), said.join('\n'));
    assert.deepEqual(
      requests.filter((url) => !['/', '/favicon.ico', '/x'].includes(url)),
      [],
    );
    assert.equal(await frame.locator('#text').textContent(), 'Hello');
    assert.equal(await page.title(), email.subject);
    assert.match(String(await page.locator('dl').textContent()), /<\/dd><script>/);
  });

  it('shows plain text as it is', async () => {
    await open({ ...email, html: undefined, text: 'Hello\n  <b>Jane</b>' });
    assert.equal(await page.locator('pre').textContent(), 'Hello\n  <b>Jane</b>');
  });
});
