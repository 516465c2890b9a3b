import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import { test } from 'node:test';
import { startSandbox } from '../support/sandbox';
import { call, control, mail, mailUnder, messages } from '../sandbox/client';
import { useInbox } from './inboxPage';

const inbox = useInbox();

test('mail shows as it arrives, opens on a click, and tells its recipients by type', async () => {
  await inbox.open();
  await inbox.page.getByText('No email yet').waitFor();
  await inbox.send({
    to: [
      { email: 'jane@example.com', name: 'Jane Doe' },
      { email: 'team@example.com', type: 'cc' },
      { email: 'archive@example.com', type: 'bcc' },
    ],
    headers: { 'Reply-To': 'help@example.com', 'X-Unique-Id': 'order-1' },
  });
  await inbox.row('Your order').click();
  const article = inbox.page.getByRole('article', { name: 'Your order' });
  await article.waitFor();
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
  await inbox.page.getByRole('status').getByText('1 message', { exact: true }).waitFor();
  assert.deepEqual(inbox.complaints, []);
});

test('an attachment is downloaded byte for byte', async () => {
  const file = randomBytes(5000);
  const attachments = [{ name: 'invoice ä.pdf', type: 'application/pdf', content: file.toString('base64') }];
  await inbox.send({ attachments });
  await inbox.open();
  await inbox.row('Your order').click();
  await inbox.page.getByRole('tab', { name: 'Attachments 1' }).click();
  const files = inbox.page.getByRole('list', { name: 'Attachments and images' });
  assert.match(await files.innerText(), /application\/pdf, 5\.0 kB/);
  const waiting = inbox.page.waitForEvent('download');
  await files.getByRole('link', { name: 'invoice ä.pdf' }).click();
  const download = await waiting;
  assert.equal(download.suggestedFilename(), 'invoice ä.pdf');
  assert.ok((await readFile(await download.path())).equals(file));
});

test('events are shown as they come, and can be recorded on the page', async () => {
  await call(inbox.sandbox.url, 'sendMail', mailUnder('e', 'a@example.com', 'b@example.com'));
  await inbox.open();
  await inbox.row('Your order').click();
  await inbox.page.getByRole('tab', { name: 'Events' }).click();
  const events = inbox.page.getByRole('list', { name: 'Recorded events' });
  await events.getByText('None recorded yet').waitFor();
  await control(inbox.sandbox.url, 'events', { xUniqueId: 'e', email: 'a@example.com', event: 'open' });
  await events.getByText('Opened').waitFor();
  await inbox.page.getByRole('combobox', { name: 'Recipient' }).selectOption('b@example.com');
  const titles = ['Delivered', 'Opened', 'Clicked', 'Bounced'];
  for (const [index, title] of titles.entries()) {
    await inbox.page.getByRole('button', { name: title, exact: true }).click();
    await events
      .getByRole('listitem')
      .nth(index + 1)
      .waitFor();
  }
  const lines = await events.getByRole('listitem').allInnerTexts();
  assert.deepEqual(
    lines.map((line) => line.split(/\s+/).slice(0, 2)),
    [['Opened', 'a@example.com'], ...titles.map((title) => [title, 'b@example.com'])],
  );
  await inbox.page.getByRole('tab', { name: 'Events 5' }).waitFor();
  const colours = await inbox.page.evaluate<string[]>(
    "[...document.querySelectorAll('#events .badge')].map((badge) => getComputedStyle(badge).color)",
  );
  assert.equal(new Set(colours).size, titles.length);
});

test('the inbox is cleared only after it was confirmed', async () => {
  await inbox.send({});
  await inbox.open();
  const dialog = inbox.page.getByRole('dialog', { name: 'Clear the inbox?' });
  await inbox.page.getByRole('button', { name: 'Clear inbox' }).click();
  await dialog.getByRole('button', { name: 'Keep them' }).click();
  assert.equal((await messages(inbox.sandbox.url)).length, 1);
  await inbox.page.getByRole('button', { name: 'Clear inbox' }).click();
  await dialog.getByRole('button', { name: 'Clear inbox' }).click();
  await inbox.page.getByRole('heading', { name: 'No email yet' }).waitFor();
  assert.deepEqual(await messages(inbox.sandbox.url), []);
});

test('the inbox of a sandbox that is open to other machines opens with its token, which leaves the address', async (t) => {
  const open = await startSandbox({ host: '0.0.0.0' });
  t.after(() => open.close());
  const addresses = Object.values(networkInterfaces()).flatMap((list = []) => list);
  const other = addresses.find(({ family, internal }) => family === 'IPv4' && !internal);
  const url = open.url.replace('0.0.0.0', other?.address ?? '127.0.0.1');
  await call(url, 'sendMail', mail);
  await inbox.page.goto(url);
  await inbox.page.getByText(/^The control token is missing or wrong: /).waitFor();
  await inbox.page.goto(`${url}/?token=${open.controlToken}`);
  assert.equal(inbox.page.url(), `${url}/`);
  await inbox.row(mail.message.subject).click();
  await inbox.page.getByRole('tab', { name: 'Events' }).click();
  await inbox.page.getByRole('button', { name: 'Delivered' }).click();
  await inbox.page.locator('#events .delivered').waitFor();
  await inbox.page.getByRole('button', { name: 'Clear inbox' }).click();
  await inbox.page.getByRole('dialog').getByRole('button', { name: 'Clear inbox' }).click();
  await inbox.page.getByRole('heading', { name: 'No email yet' }).waitFor();
  assert.deepEqual(inbox.complaints, []);
});
