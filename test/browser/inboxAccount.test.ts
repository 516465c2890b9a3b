import assert from 'node:assert/strict';
import { test } from 'node:test';
import { control, until } from '../sandbox/client';
import { callAt } from '../sandbox/settingsClient';
import { findings } from './axe';
import { useInbox } from './inboxPage';

const inbox = useInbox();
const call = (path: string, request: object = {}) => callAt(inbox.sandbox.url, path, request);

/** Opens the view of the account, by its button. */
async function openAccount(): Promise<void> {
  await inbox.open();
  await inbox.page.getByRole('button', { name: 'Account' }).click();
  await inbox.page.getByRole('heading', { name: 'Account', exact: true }).waitFor();
}

test('the account shows its SMTP users with what they have sent, as it changes', async () => {
  await openAccount();
  const { smtp_user_name: name } = await call('settings/addSmtp', { total_limit: 200, hourly_limit: 20 });
  const users = inbox.page.getByRole('region', { name: 'SMTP users' });
  const user = users.getByRole('listitem').filter({ hasText: String(name) });
  await user.getByText('0 messages of 200, 0 of 20 in the last hour').waitFor();
  await call('messages/sendMail', {
    smtp_user_name: name,
    message: {
      from_email: 'shop@example.com',
      to: [{ email: 'jane@example.com' }],
      subject: 'Hello',
      text: 'Hello',
    },
  });
  await user.getByText('1 message of 200, 1 of 20 in the last hour').waitFor();
  await call('settings/editSmtp', { smtp_user_name: name, status: 'Disable' });
  await user.getByText('Disabled').waitFor();
  assert.deepEqual(inbox.complaints, []);
});

test('switches decide what DNS says of a domain, by keyboard as well, and keep the focus', async () => {
  await call('settings/addSendingDomain', { domain: 'mail.example.net' });
  await openAccount();
  const dkim = inbox.page.getByRole('switch', { name: 'DKIM of mail.example.net' });
  assert.equal(await dkim.isChecked(), false);
  const read = inbox.page.waitForResponse((response) => response.url().endsWith('/_sandbox/settings'));
  await dkim.focus();
  await inbox.page.keyboard.press('Space');
  await read;
  await until('DNS has it', async () => {
    const { dkim: found } = await call('settings/checkSendingDomain', { domain: 'mail.example.net' });
    return (found as { valid: string }).valid === 'Yes';
  });
  assert.equal(await dkim.isChecked(), true);
  const focused = () => inbox.page.evaluate<string>('document.activeElement.getAttribute("aria-label")');
  await until('it has the focus', async () => (await focused()) === 'DKIM of mail.example.net');
  await inbox.page.getByRole('switch', { name: 'CNAME of track.example.com' }).uncheck();
  await until('DNS has it', async () => {
    const { valid_tracking: found } = await call('settings/checkTrackingDomain', {
      domain: 'track.example.com',
    });
    return found === 'No';
  });
  await control(inbox.sandbox.url, 'sending-domains/mail.example.net', { spf: true }, 'PUT');
  const spf = inbox.page.getByRole('switch', { name: 'SPF of mail.example.net' });
  await until('a script’s change shows', () => spf.isChecked());
  assert.deepEqual(inbox.complaints, []);
});

test('passwords and keys are shown only when a person asks for them, and hidden again', async () => {
  const url = 'http://127.0.0.1:9/events';
  await call('settings/addWebhook', { url, event: 'open,spam', description: 'Opens' });
  const [{ key = '' } = {}] = (await call('settings/listWebhook')).webhook_list as { key: string }[];
  const [{ password = '' } = {}] = (await call('settings/listSmtp')).smtp_list as { password: string }[];
  await openAccount();
  await inbox.page.getByRole('heading', { name: url }).waitFor();
  const holds = async (text: string): Promise<boolean> => (await inbox.page.content()).includes(text);
  assert.deepEqual([await holds(key), await holds(password)], [false, false]);
  for (const [name, value] of [
    [`key of ${url}`, key],
    ['password of smtp-sandbox', password],
  ] as const) {
    await inbox.page.getByRole('button', { name: `Show ${name}` }).click();
    await inbox.page.getByText(value, { exact: true }).waitFor();
    await inbox.page.getByRole('button', { name: `Hide ${name}` }).click();
    await until('it is gone', async () => !(await holds(value)));
  }
  assert.deepEqual(inbox.complaints, []);
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [390, 1600]) {
    test(`axe finds nothing in the account at ${width} pixels in the ${colorScheme} scheme`, async () => {
      const { page } = inbox;
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 800 });
      const url = `http://127.0.0.1:9/${'a-long-path-that-has-no-place-to-break/'.repeat(4)}`;
      await call('settings/addWebhook', { url, event: 'send,open,click,soft_bounce,hard_bounce,spam' });
      await openAccount();
      await page.getByRole('heading', { name: url }).waitFor();
      await page.getByRole('button', { name: 'Show password of smtp-sandbox' }).click();
      await page.getByRole('button', { name: 'Hide password of smtp-sandbox' }).waitFor();
      assert.deepEqual(await findings(page), []);
      const isTooWide = 'document.documentElement.scrollWidth > innerWidth';
      assert.equal(await page.evaluate(isTooWide), false);
    });
  }
}
