import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { control } from '../sandbox/client';
import { useInbox } from './inboxPage';
import { picture } from './n8nPage';

const inbox = useInbox();

test('the list has the time of today’s emails, and the date of others', async () => {
  await inbox.send();
  await inbox.open();
  const time = inbox.row('Your order').getByRole('time');
  assert.match(await time.innerText(), /^\d{1,2}:\d{2}\s[AP]M$/);
  const day = 24 * 60 * 60_000;
  for (const [later, expected] of [
    [day, /^[A-Z][a-z]{2} \d{1,2}, \d{1,2}:\d{2}/],
    [366 * day, /^[A-Z][a-z]{2} \d{1,2}, \d{4}, \d{1,2}:\d{2}/],
  ] as const) {
    const then = new Date(Date.now() + later);
    await inbox.page.clock.setFixedTime(then);
    await inbox.open();
    const isNewYear = new Date().getFullYear() !== then.getFullYear();
    assert.match(await time.innerText(), isNewYear ? /, \d{4}, / : expected);
  }
});

test('the page has the icon of the nodes', async () => {
  const icon = await (await fetch(`${inbox.sandbox.url}/icon.svg`)).text();
  const nodes = join(import.meta.dirname, '../../nodes/SendClean/sendclean.svg');
  assert.equal(icon, await readFile(nodes, 'utf8'));
});

for (const width of [360, 390, 800, 1600]) {
  test(`nothing overlaps and nothing is cut off at ${width} pixels`, async () => {
    const { page } = inbox;
    await page.setViewportSize({ width, height: 800 });
    await inbox.open();
    await page.getByRole('heading', { name: 'No email yet' }).waitFor();
    await assertTidy();
    await inbox.send({ subject: 'A subject that is long enough for two lines of a phone, or for three' });
    await inbox.row('A subject').waitFor();
    await assertTidy();
    await inbox.row('A subject').click();
    for (const tab of ['Text', 'Headers', 'Raw', 'Events']) {
      await page.getByRole('tab', { name: tab }).click();
      await assertTidy();
    }
    await page.getByRole('button', { name: 'Calls' }).click();
    await page.getByRole('heading', { name: 'Calls' }).waitFor();
    await assertTidy();
  });
}

test('on a phone, a message takes the place of the list, and a button leads back', async () => {
  await inbox.page.setViewportSize({ width: 390, height: 800 });
  await inbox.send();
  await inbox.open();
  await inbox.row('Your order').click();
  await inbox.page.getByRole('article').waitFor();
  assert.equal(await inbox.row('Your order').isVisible(), false);
  await inbox.page.getByRole('button', { name: 'Back' }).click();
  await inbox.row('Your order').waitFor();
  assert.equal(await inbox.page.getByRole('article').count(), 0);
});

/** Says which controls and texts lie over each other, or beyond the window. */
async function assertTidy(): Promise<void> {
  const untidy = await inbox.page.evaluate<string[]>(`(() => {
    const shown = [...document.querySelectorAll('button, select, input, h1, h2, time, dt, dd, [role=tab], #status')]
      .filter((one) => one.checkVisibility() && one.getBoundingClientRect().width > 0);
    const name = (one) => one.tagName + ' ' + one.textContent.slice(0, 30);
    const boxes = shown.map((one) => [one, one.getBoundingClientRect()]);
    const beyond = document.documentElement.scrollWidth > innerWidth ? ['the page is wider than the window'] : [];
    const overlaps = boxes.flatMap(([one, a], index) => boxes.slice(index + 1)
      .filter(([other, b]) => !one.contains(other) && !other.contains(one)
        && a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1
        && one.closest('#list') === other.closest('#list'))
      .map(([other]) => name(one) + ' / ' + name(other)));
    return [...beyond, ...overlaps];
  })()`);
  assert.deepEqual(untidy, []);
}

test('the inbox looks as the docs show it', async () => {
  const { page, sandbox } = inbox;
  const welcome =
    '<h1>Welcome, Jane</h1><p>Your account is ready. <a href="https://example.com">Sign in</a></p>';
  await page.setViewportSize({ width: 1280, height: 800 });
  await inbox.send({ subject: 'Welcome', html: welcome, headers: { 'X-Unique-Id': 'welcome-7' } });
  await inbox.send({
    subject: 'Your invoice 1042',
    attachments: [{ name: 'a.pdf', type: 'application/pdf', content: '' }],
  });
  await inbox.send({
    subject: 'Your order has been shipped',
    to: [{ email: 'jim@example.com', name: 'Jim Doe' }],
  });
  for (const [messageId, event] of [
    [1, 'delivered'],
    [1, 'open'],
    [1, 'click'],
    [2, 'delivered'],
    [3, 'hard_bounce'],
  ] as const) {
    await control(sandbox.url, 'events', { messageId, event });
  }
  await inbox.open();
  await inbox.row('Welcome').click();
  await page.frameLocator('iframe').getByText('Your account is ready.').waitFor();
  await page.getByText('3 messages, 2 unread').waitFor();
  await picture(page, 'sandbox-inbox');
});
