import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import type { Sandbox } from '../../sandbox/src/server';
import { account, startSandbox } from '../support/sandbox';
import { call, control, mail, mailUnder, messages } from '../sandbox/client';
import { launchBrowser } from './browser';

let browser: Browser;
let sandbox: Sandbox;
let page: Page;
let complaints: string[];

before(async () => {
  browser = await launchBrowser();
});
after(() => browser.close());
beforeEach(async () => {
  sandbox = await startSandbox();
  page = await browser.newPage();
  page.setDefaultTimeout(10_000);
  complaints = [];
  page.on('pageerror', ({ message }) => complaints.push(message));
});
afterEach(async () => {
  await page.close();
  await sandbox.close();
});

const row = (subject: string): ReturnType<Page['getByRole']> =>
  page.getByRole('navigation').getByRole('button', { name: subject });

async function send(message: object): Promise<void> {
  await call(sandbox.url, 'sendMail', { ...mail, message: { ...mail.message, ...message } });
}

test('an empty inbox says how to send the first email, without the token', async () => {
  await page.goto(sandbox.url);
  await page.getByRole('heading', { name: 'No mail yet' }).waitFor();
  const text = await page.locator('#empty').innerText();
  for (const part of [sandbox.url, account.owner_id, account.smtpUser, account.template]) {
    assert.ok(text.includes(part), part);
  }
  assert.ok(!(await page.content()).includes(account.token));
  assert.deepEqual(complaints, []);
});

test('mail shows as it arrives, opens on a click, and tells its recipients by type', async () => {
  await page.goto(sandbox.url);
  await page.getByText('No mail yet').waitFor();
  await send({
    to: [
      { email: 'jane@example.com', name: 'Jane Doe' },
      { email: 'team@example.com', type: 'cc' },
      { email: 'archive@example.com', type: 'bcc' },
    ],
    headers: { 'Reply-To': 'help@example.com', 'X-Unique-Id': 'order-1' },
  });
  await row('Your order').click();
  const article = page.getByRole('article', { name: 'Your order' });
  assert.deepEqual(
    await article
      .locator('.facts dd')
      .allInnerTexts()
      .then((texts) => texts.slice(0, 4)),
    ['shop@example.com', 'Jane Doe <jane@example.com>', 'team@example.com', 'archive@example.com'],
  );
  assert.equal(await article.getByRole('tabpanel').innerText(), 'Thank you.');
  await article.getByRole('tab', { name: 'Headers' }).click();
  assert.match(await article.getByRole('tabpanel').innerText(), /Reply-To\s+help@example\.com/);
  assert.equal(await page.getByRole('status').innerText(), '1 message');
  assert.deepEqual(complaints, []);
});

test('HTML is shown with its inline image, and neither its script nor its remote parts come to life', async (t) => {
  let reached = 0;
  const remote = createServer((_request, response) => {
    reached += 1;
    response.end();
  }).listen(0, '127.0.0.1');
  t.after(() => remote.close());
  await new Promise((resolve) => remote.once('listening', resolve));
  const elsewhere = `http://127.0.0.1:${(remote.address() as AddressInfo).port}`;
  const gif = 'R0lGODlhAQABAIAAAAUEBAAAACwAAAAAAQABAAACAkQBADs=';
  await send({
    subject: '<img src=x onerror="document.title=1">',
    html: `<h1>Hello</h1><img id="logo" src="cid:logo"><img id="remote" src="${elsewhere}/pixel.gif">
      <link rel="stylesheet" href="${elsewhere}/style.css"><style>h1 { color: rgb(1, 2, 3) }</style>
      <script>document.querySelector('h1').textContent = 'Hacked'; fetch('${elsewhere}')</script>
      <img src=x onerror="document.querySelector('h1').textContent = 'Hacked'">
      <iframe src="${elsewhere}"></iframe><form action="${elsewhere}"><button>Go</button></form>
      <meta http-equiv="refresh" content="0;url=${elsewhere}">
      <a id="top" href="${elsewhere}" target="_top">Leave</a>`,
    images: [{ name: 'logo', type: 'image/gif', content: gif }],
  });
  await page.goto(sandbox.url);
  await row('onerror').click();
  const frame = page.frameLocator('iframe');
  await frame.locator('#logo').waitFor({ state: 'attached' });
  const title = frame.getByRole('heading');
  assert.equal(
    await page.frames()[1]?.evaluate('getComputedStyle(document.querySelector("h1")).color'),
    'rgb(1, 2, 3)',
  );
  const width = (id: string): Promise<unknown> =>
    frame.locator(id).evaluate((image) => ('naturalWidth' in image ? image.naturalWidth : -1));
  await page.waitForLoadState('load');
  assert.deepEqual([await width('#logo'), await width('#remote')], [1, 0]);
  await frame.getByRole('button', { name: 'Go' }).click();
  await frame.locator('#top').click();
  assert.equal(await title.innerText(), 'Hello');
  assert.equal(reached, 0);
  assert.equal(new URL(page.url()).origin, sandbox.url);
  assert.equal(await page.getByRole('heading', { name: 'onerror' }).locator('img').count(), 0);
});

test('an attachment is downloaded byte for byte', async () => {
  const file = randomBytes(5000);
  const attachments = [{ name: 'invoice ä.pdf', type: 'application/pdf', content: file.toString('base64') }];
  await send({ attachments });
  await page.goto(sandbox.url);
  await row('Your order').click();
  const files = page.getByRole('list', { name: 'Attachments and images' });
  assert.match(await files.innerText(), /application\/pdf, 5\.0 kB/);
  const waiting = page.waitForEvent('download');
  await files.getByRole('link', { name: 'invoice ä.pdf' }).click();
  const download = await waiting;
  assert.equal(download.suggestedFilename(), 'invoice ä.pdf');
  assert.ok((await readFile(await download.path())).equals(file));
});

test('events are shown as they come, and can be recorded on the page', async () => {
  await call(sandbox.url, 'sendMail', mailUnder('e', 'a@example.com', 'b@example.com'));
  await page.goto(sandbox.url);
  await row('Your order').click();
  const events = page.getByRole('list', { name: 'Recorded events' });
  await events.getByText('None recorded yet').waitFor();
  await control(sandbox.url, 'events', { xUniqueId: 'e', email: 'a@example.com', event: 'open' });
  await events.getByText('Opened').waitFor();
  await page.getByRole('combobox', { name: 'Kind of event' }).selectOption('Hard bounce');
  await page.getByRole('combobox', { name: 'Recipient' }).selectOption('b@example.com');
  await page.getByRole('button', { name: 'Record event' }).click();
  await events.getByText('Hard bounce').waitFor();
  const lines = await events.getByRole('listitem').allInnerTexts();
  assert.match(lines[0] ?? '', /^Opened\s+a@example\.com/);
  assert.match(lines[1] ?? '', /^Hard bounce\s+b@example\.com/);
});

test('the list is worked with the keyboard alone', async () => {
  for (const subject of ['first', 'second', 'third']) await send({ subject });
  await page.goto(sandbox.url);
  await row('third').waitFor();
  for (const key of ['j', 'ArrowDown', 'j', 'k', 'Enter']) await page.keyboard.press(key);
  await page.getByRole('heading', { name: 'second' }).waitFor();
  assert.equal(await row('second').getAttribute('aria-current'), 'true');
});

test('the inbox is cleared only after it was confirmed', async () => {
  await send({});
  await page.goto(sandbox.url);
  const dialog = page.getByRole('dialog', { name: 'Clear the inbox?' });
  await page.getByRole('button', { name: 'Clear inbox' }).click();
  await dialog.getByRole('button', { name: 'Keep them' }).click();
  assert.equal((await messages(sandbox.url)).length, 1);
  await page.getByRole('button', { name: 'Clear inbox' }).click();
  await dialog.getByRole('button', { name: 'Clear inbox' }).click();
  await page.getByRole('heading', { name: 'No mail yet' }).waitFor();
  assert.deepEqual(await messages(sandbox.url), []);
});

test('the inbox of a sandbox that is open to other machines opens with its token, which leaves the address', async (t) => {
  const open = await startSandbox({ host: '0.0.0.0' });
  t.after(() => open.close());
  const addresses = Object.values(networkInterfaces()).flatMap((list = []) => list);
  const other = addresses.find(({ family, internal }) => family === 'IPv4' && !internal);
  const url = open.url.replace('0.0.0.0', other?.address ?? '127.0.0.1');
  await call(url, 'sendMail', mail);
  await page.goto(url);
  await page.getByText(/^The control token is missing or wrong: /).waitFor();
  await page.goto(`${url}/?token=${open.controlToken}`);
  assert.equal(page.url(), `${url}/`);
  await row(mail.message.subject).click();
  await page.getByRole('button', { name: 'Record event' }).click();
  await page.locator('#events .delivered').waitFor();
  await page.getByRole('button', { name: 'Clear inbox' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Clear inbox' }).click();
  await page.getByRole('heading', { name: 'No mail yet' }).waitFor();
  assert.deepEqual(complaints, []);
});
