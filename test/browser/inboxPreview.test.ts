import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, test } from 'node:test';
import { message, until } from '../sandbox/client';
import { useInbox } from './inboxPage';

const inbox = useInbox();

/** Another site, and which of its addresses were reached. */
let elsewhere: string;
let reached: string[];
let close: () => void;
beforeEach(async () => {
  reached = [];
  const server = createServer(({ url = '' }, response) => {
    reached.push(url);
    if (url.endsWith('.gif')) response.setHeader('content-type', 'image/gif').end(Buffer.from(gif, 'base64'));
    else response.setHeader('content-type', 'text/html').end('<title>Elsewhere</title>');
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  elsewhere = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  close = () => {
    server.close();
    server.closeAllConnections();
  };
});
afterEach(() => close());

const gif = 'R0lGODlhAQABAIAAAAUEBAAAACwAAAAAAQABAAACAkQBADs=';
const frame = () => inbox.page.frameLocator('iframe');
const width = (id: string): Promise<unknown> =>
  frame()
    .locator(id)
    .evaluate((image) => ('naturalWidth' in image ? image.naturalWidth : -1));

test('HTML is shown with its inline image, and neither its script nor its remote parts come to life', async () => {
  await inbox.send({
    subject: '<img src=x onerror="document.title=1">',
    html: `<h1>Hello</h1><img id="logo" src="cid:logo"><img id="remote" src="${elsewhere}/pixel.gif">
      <link rel="stylesheet" href="${elsewhere}/style.css"><style>h1 { color: rgb(1, 2, 3) }</style>
      <script>document.querySelector('h1').textContent = 'Hacked'; fetch('${elsewhere}')</script>
      <img src=x onerror="document.querySelector('h1').textContent = 'Hacked'">
      <iframe src="${elsewhere}"></iframe><form action="${elsewhere}"><button>Go</button></form>
      <meta http-equiv="refresh" content="0;url=${elsewhere}"><base href="${elsewhere}">
      <a id="script" href="javascript:document.body.append('Hacked')">Script</a>
      <a id="path" href="/path">Path</a>`,
    images: [{ name: 'logo', type: 'image/gif', content: gif }],
  });
  const { page } = inbox;
  await inbox.open();
  await inbox.row('onerror').click();
  await frame().locator('#logo').waitFor({ state: 'attached' });
  const title = frame().getByRole('heading');
  assert.equal(
    await page.frames()[1]?.evaluate('getComputedStyle(document.querySelector("h1")).color'),
    'rgb(1, 2, 3)',
  );
  await page.waitForLoadState('load');
  assert.deepEqual([await width('#logo'), await width('#remote')], [1, 0]);
  await frame().getByRole('button', { name: 'Go' }).click();
  await frame().locator('#script').click();
  await frame().locator('#path').click();
  assert.equal(await title.innerText(), 'Hello');
  assert.equal(await frame().getByText('Hacked', { exact: true }).count(), 0);
  assert.deepEqual(reached, []);
  assert.equal(page.context().pages().length, 1);
  assert.equal(await page.getByRole('heading', { name: 'onerror' }).locator('img').count(), 0);
});

test('a link opens in a new tab and is recorded as a click, and the email stays as it was', async () => {
  await inbox.send({ html: `<p>Hello</p><a href="${elsewhere}/?a=1&amp;b=2" target="_top">Order</a>` });
  await inbox.open();
  await inbox.row('Your order').click();
  const opening = inbox.page.waitForEvent('popup');
  await frame().getByRole('link', { name: 'Order' }).click();
  const opened = await opening;
  await opened.waitForURL(`${elsewhere}/?a=1&b=2`);
  assert.equal(await opened.evaluate('[document.referrer, String(window.opener)].join()'), ',null');
  assert.equal(await frame().getByText('Hello').count(), 1);
  const { events } = await message(inbox.sandbox.url, 1);
  assert.deepEqual(
    events.map(({ event, email }) => [event, email]),
    [['click', 'jane@example.com']],
  );
  assert.match(events[0]?.ua ?? '', /Chrome/);
});

test('the click is that of the recipient who was chosen, or of nobody', async () => {
  const emails = ['a@example.com', 'b@example.com'];
  await inbox.send({
    to: emails.map((email) => ({ email })),
    html: `<a href="${elsewhere}/one">One</a>`,
  });
  await inbox.open();
  await inbox.row('Your order').click();
  const choice = inbox.page.getByRole('combobox', { name: 'Links' });
  for (const [title, link] of [
    ['open and record a click of b@example.com', 'a[href*="email=b%40example.com"]'],
    ['only open', `a[href="${elsewhere}/one"]`],
  ] as const) {
    await choice.selectOption(title);
    const opening = inbox.page.waitForEvent('popup');
    // By key: a click of the mouse is lost where the frame is too new for it.
    await frame().locator(link).press('Enter');
    await (await opening).waitForURL(`${elsewhere}/one`);
  }
  const { events } = await message(inbox.sandbox.url, 1);
  assert.deepEqual(
    events.map(({ email }) => email),
    ['b@example.com'],
  );
});

test('images from other sites are blocked until a person asks for them', async () => {
  await inbox.send({ html: `<p>Hi</p><img id="remote" src="${elsewhere}/pixel.gif">` });
  await inbox.open();
  await inbox.row('Your order').click();
  await inbox.page.getByText('Images from other sites are blocked.').waitFor();
  assert.equal(await width('#remote'), 0);
  assert.deepEqual(reached, []);
  await inbox.page.getByRole('button', { name: 'Load images' }).click();
  await until('the image is shown', async () => (await width('#remote')) === 1);
  assert.deepEqual(reached, ['/pixel.gif']);
  assert.equal(await inbox.page.getByText('Images from other sites are blocked.').count(), 0);
});

test('an email without images from other sites has no such notice', async () => {
  await inbox.send({ html: '<p>Hi</p><img src="cid:logo"><a href="https://example.com">Link</a>' });
  await inbox.open();
  await inbox.row('Your order').click();
  await frame().getByText('Hi').waitFor();
  assert.equal(await inbox.page.getByText('are blocked').count(), 0);
});

test('HTML is shown at the width of a phone, and of the window again', async () => {
  await inbox.send({ html: '<p>Hi</p>' });
  await inbox.page.setViewportSize({ width: 1400, height: 900 });
  await inbox.open();
  await inbox.row('Your order').click();
  const size = async (): Promise<number> => (await inbox.page.locator('iframe').boundingBox())?.width ?? 0;
  await inbox.page.getByRole('button', { name: 'Phone' }).click();
  assert.equal(await size(), 375);
  await inbox.page.getByRole('button', { name: 'Desktop' }).click();
  assert.ok((await size()) > 800);
});
