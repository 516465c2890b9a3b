import assert from 'node:assert/strict';
import { test } from 'node:test';
import { call, control, fault, mail } from '../sandbox/client';
import { findings } from './axe';
import { useInbox } from './inboxPage';

const inbox = useInbox();
const tabs = ['HTML', 'Text', 'Headers', 'Raw', 'Attachments', 'Events'];

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [360, 800, 1600]) {
    test(`axe finds nothing at ${width} pixels in the ${colorScheme} scheme`, async () => {
      const { page, sandbox } = inbox;
      const found: string[] = [];
      const check = async (what: string): Promise<void> => {
        found.push(...(await findings(page)).map((finding) => `${what}: ${finding}`));
      };
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 800 });
      await call(sandbox.url, 'sendMail', { ...mail, token: 'wrong' });
      await inbox.open();
      await page.getByRole('heading', { name: 'No email yet' }).waitFor();
      await check('empty');
      const attachments = [{ name: 'a.txt', type: 'text/plain', content: 'AAAA' }];
      const html = '<p>Hello</p><img src="https://example.com/a.png">';
      await inbox.send({ html, attachments, headers: { 'X-Unique-Id': 'a' } });
      await inbox.send({ subject: 'Second' });
      for (const event of ['delivered', 'open', 'click', 'soft_bounce', 'hard_bounce', 'spam']) {
        for (const messageId of [1, 2]) await control(sandbox.url, 'events', { messageId, event });
      }
      await inbox.row('Second').getByText('Marked as spam').waitFor();
      await check('list');
      await inbox.row('Your order').click();
      await page.getByRole('article').waitFor();
      await page.getByText('2 messages, 1 unread').waitFor();
      for (const name of tabs) {
        await page.getByRole('tab', { name }).click();
        await check(name);
      }
      if (width > 360) {
        await page.getByRole('button', { name: 'Keys' }).click();
        await check('keys');
        await page.keyboard.press('Escape');
      }
      await page.getByRole('button', { name: 'Calls' }).click();
      await fault(sandbox.url, { kind: 'status' });
      await page.locator('#faults.armed').waitFor();
      await check('fault');
      await call(sandbox.url, 'sendMail', mail);
      await page.getByText('Fault: server error').waitFor();
      await check('calls');
      assert.deepEqual(found, []);
    });
  }
}
