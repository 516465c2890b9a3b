import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { control, until } from '../sandbox/client';
import { startReceiver, type Receiver } from '../sandbox/receiver';
import { callAt } from '../sandbox/settingsClient';
import { findings } from './axe';
import { useInbox } from './inboxPage';

const inbox = useInbox();
let receiver: Receiver;
beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(() => receiver.close());
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

test('each webhook shows what was posted to it, with the answer, and what waits', async () => {
  const { url } = receiver;
  await call('settings/addWebhook', { url, event: 'send', description: 'Shop' });
  await control(inbox.sandbox.url, 'webhooks/options', { gatherMs: 1, retryMs: 300 }, 'PUT');
  await openAccount();
  const card = inbox.page.getByRole('region', { name: 'Webhooks' }).getByRole('listitem').first();
  await card.getByText('Nothing posted yet, no event waiting').waitFor();
  let refusals = 1;
  receiver.answer = (_request, response) => {
    response.writeHead(refusals > 0 ? 503 : 200).end(refusals > 0 ? 'Not now' : 'God bless you, SendClean');
    refusals -= 1;
  };
  await inbox.send();
  await card.getByText('Latest deliveries, 1 event waiting').click();
  const deliveries = card.getByRole('list', { name: `Deliveries to ${url}` });
  await deliveries.getByText('1 event: send, attempt 2').waitFor();
  await card.getByText('Latest deliveries, no event waiting').waitFor();
  const rows = await deliveries.getByRole('listitem').allInnerTexts();
  assert.match(rows[0] ?? '', /HTTP 200\s+God bless you, SendClean$/);
  assert.match(rows[1] ?? '', /1 event: send\s+HTTP 503\s+Not now$/);
  assert.deepEqual(inbox.complaints, []);
});

test('a webhook is added as in the service’s panel, refused if its URL does not answer, and deleted', async () => {
  const { page } = inbox;
  await openAccount();
  const address = page.getByRole('textbox', { name: 'URL of the new webhook' });
  await address.fill(`${inbox.sandbox.url}/`);
  await page.getByRole('button', { name: 'Add webhook' }).click();
  const told =
    'Please confirm that your url is responding with message: God bless you, SendClean. GET: another text';
  await page.getByRole('alert').getByText(told).waitFor();
  await address.fill('');
  // What comes meanwhile does not disturb a person who types.
  await address.pressSequentially(receiver.url.slice(0, 12));
  await call('settings/addSendingDomain', { domain: 'mail.example.net' });
  await page.getByRole('heading', { name: 'mail.example.net' }).waitFor();
  await page.keyboard.type(receiver.url.slice(12));
  await page.getByRole('checkbox', { name: 'send', exact: true }).uncheck();
  await address.press('Enter');
  await page.getByRole('heading', { name: receiver.url }).waitFor();
  assert.equal(await page.getByRole('alert').innerText(), '');
  assert.partialDeepStrictEqual((await call('settings/listWebhook')).webhook_list, [
    { url: receiver.url, event: 'open,click,soft_bounce,hard_bounce,spam' },
  ]);
  await page.getByRole('button', { name: `Delete ${receiver.url}` }).click();
  await page.getByRole('region', { name: 'Webhooks' }).getByText('None').waitFor();
  assert.deepEqual(inbox.complaints, []);
});

test('passwords and keys are shown only when a person asks for them, and hidden again', async () => {
  const { url } = receiver;
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
      const url = `${receiver.url}/${'a-long-path-that-has-no-place-to-break/'.repeat(4)}`;
      await call('settings/addWebhook', { url, event: 'send,open,click,soft_bounce,hard_bounce,spam' });
      await openAccount();
      await page.getByRole('heading', { name: url }).waitFor();
      await inbox.send();
      await page.getByText('Latest deliveries').click();
      await page.getByText('1 event: send').waitFor();
      await page.getByRole('button', { name: 'Show password of smtp-sandbox' }).click();
      await page.getByRole('button', { name: 'Hide password of smtp-sandbox' }).waitFor();
      assert.deepEqual(await findings(page), []);
      const isTooWide = 'document.documentElement.scrollWidth > innerWidth';
      assert.equal(await page.evaluate(isTooWide), false);
    });
  }
}
