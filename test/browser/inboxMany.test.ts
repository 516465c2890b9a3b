import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { openDatabase } from '../../sandbox/src/database';
import { toStored } from '../../sandbox/src/records';
import type { Sandbox } from '../../sandbox/src/server';
import { Store } from '../../sandbox/src/store';
import { call, mail } from '../sandbox/client';
import { startSandbox } from '../support/sandbox';
import { launchBrowser } from './browser';

const many = 10_000;
const data = join(tmpdir(), `sendclean-many-${randomUUID()}.sqlite`);
let browser: Browser;
let sandbox: Sandbox;
let page: Page;

before(async () => {
  const database = openDatabase(data);
  const store = new Store(database);
  for (let sent = 1; sent <= many; sent += 1) addMessage(store, sent);
  database.close();
  sandbox = await startSandbox({ data });
  browser = await launchBrowser();
  page = await browser.newPage();
  page.setDefaultTimeout(10_000);
});
after(async () => {
  await browser?.close();
  await sandbox?.close();
  for (const end of ['', '-wal', '-shm']) rmSync(data + end, { force: true });
});

function addMessage(store: Store, number: number): void {
  const text = `Dear customer, this is about order ${number}. `.repeat(40);
  const message = { ...mail.message, subject: `Order ${number}`, text };
  const content = {
    subject: message.subject,
    from: { email: message.from_email },
    recipients: [{ email: `customer${number}@example.com`, type: 'to' as const }],
    text,
    headers: {},
    attachments: [],
    images: [],
  };
  const wire = { method: 'POST', path: '/', headers: {}, body: JSON.stringify(message) };
  const { summary, content: stored } = toStored('sendMail', content, { ...mail, message }, wire);
  store.add(summary, stored);
}

const shown = (): Promise<string[]> => page.locator('#list .subject').allInnerTexts();
const row = (subject: string) => page.locator('#list button').filter({ hasText: subject });

/** The shortest of three times, in milliseconds. */
async function time(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let tries = 0; tries < 3; tries += 1) {
    const began = performance.now();
    await work();
    times.push(performance.now() - began);
  }
  return Math.min(...times);
}

/** Reads messages in the page and shows them in its list, by the page's own code. */
const load = (path: string): Promise<unknown> =>
  page.evaluate(`(async () => {
    const { read } = await import('/requests.js');
    const { showRows } = await import('/list.js');
    const answer = await read('${path}');
    const rows = (answer.messages ?? answer.toReversed()).map((one) => ({ events: [], to: one.recipients?.[0], ...one }));
    showRows(rows, () => undefined);
    document.getElementById('list').getBoundingClientRect();
  })()`);

test(`of ${many} messages, the first page takes less than a tenth of the time that all take`, async () => {
  await page.goto(sandbox.url);
  await row(`Order ${many}`).waitFor();
  const all = await time(async () => {
    await load('messages');
    await load('inbox?limit=1');
  });
  const first = await time(async () => {
    await load('inbox?limit=50');
    await load('inbox?limit=1');
  });
  assert.ok(first < all / 10, `${Math.round(first)} ms of ${Math.round(all)} ms`);
});

test('the page shows the newest at once, and pages on to older ones and back', async () => {
  await page.goto(sandbox.url);
  await row(`Order ${many}`).waitFor();
  assert.equal((await shown()).length, 50);
  await page.getByText('1–50 of 10,000').waitFor();
  await page.getByRole('button', { name: 'Older' }).click();
  await page.getByText('51–100 of 10,000').waitFor();
  await row('Order 9950').waitFor();
  await page.getByRole('button', { name: 'Newer' }).click();
  await page.getByText('1–50 of 10,000').waitFor();
  await row(`Order ${many}`).waitFor();
  assert.equal(await page.title(), '(10000) SendClean sandbox');
});

test('the keys go on to the next page at the end of one', async () => {
  await page.goto(sandbox.url);
  await row('Order 9951').focus();
  await page.keyboard.press('j');
  await page.getByText('51–100 of 10,000').waitFor();
  await page.locator('#list button:focus').filter({ hasText: 'Order 9950' }).waitFor();
  await page.keyboard.press('k');
  await page.getByText('1–50 of 10,000').waitFor();
  await page.locator('#list button:focus').filter({ hasText: 'Order 9951' }).waitFor();
});

test('a search through all of them takes less than half a second', async () => {
  await page.goto(sandbox.url);
  await row(`Order ${many}`).waitFor();
  const search = `inbox?${new URLSearchParams({ search: 'customer77@example.com order' }).toString()}`;
  const took = await time(async () => (await fetch(`${sandbox.url}/_sandbox/${search}`)).text());
  assert.ok(took < 500, `${Math.round(took)} ms`);
  await page.getByRole('searchbox').fill('customer77@');
  await row('Order 77').waitFor();
  assert.deepEqual(
    (await shown()).map((text) => text.replace(/^Unread:\s*/, '')),
    ['Order 77'],
  );
});

test('an older page stays as it is while messages arrive', async () => {
  await page.goto(sandbox.url);
  await row(`Order ${many}`).waitFor();
  await page.getByRole('button', { name: 'Older' }).click();
  await row('Order 9950').waitFor();
  const earlier = await shown();
  await call(sandbox.url, 'sendMail', mail);
  await page.getByText('52–101 of 10,001').waitFor();
  assert.deepEqual(await shown(), earlier);
});
