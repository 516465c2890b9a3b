import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { account, startSandbox } from '../support/sandbox';
import { call, control, mail, mailUnder, messages, until } from '../sandbox/client';
import { useInbox } from './inboxPage';

const inbox = useInbox();
const list = () => inbox.page.getByRole('list', { name: 'Messages, newest first' });
const subjects = (): Promise<string[]> => list().locator('.subject').allTextContents();

/** Waits until the list shows these subjects. */
async function shows(...expected: string[]): Promise<void> {
  const found = async (): Promise<string> =>
    (await subjects()).map((one) => one.replace('Unread: ', '')).join();
  await until(`the list shows ${expected.join()}`, async () => (await found()) === expected.join());
}

test('the list is searched as a person types', async () => {
  await inbox.send({ subject: 'Invoice', text: 'Pay by Friday.' });
  await inbox.send({
    subject: 'Order',
    to: [{ email: 'jim@example.org' }],
    headers: { 'X-Unique-Id': 'o-1' },
  });
  await inbox.open();
  await shows('Order', 'Invoice');
  const search = inbox.page.getByRole('searchbox');
  for (const [text, subject] of [
    ['friday', 'Invoice'],
    ['jim@', 'Order'],
    ['O-1', 'Order'],
  ] as const) {
    await search.fill(text);
    await shows(subject);
  }
  await search.fill('nowhere');
  await inbox.page.getByText('No message matches.').waitFor();
  await inbox.page.getByRole('button', { name: 'Show all' }).click();
  await shows('Order', 'Invoice');
  assert.equal(await search.inputValue(), '');
});

test('the list is filtered by SMTP user, template and status', async (t) => {
  const own = await startSandbox({ smtpUsers: ['second'] });
  t.after(() => own.close());
  await call(own.url, 'sendMail', mail);
  await call(own.url, 'sendMail', {
    smtp_user_name: 'second' as never,
    message: { ...mail.message, subject: 'Other' },
  });
  await call(own.url, 'sendTemplate', {
    smtp_user_name: account.smtpUser,
    message: { ...mail.message, text: undefined, subject: 'Welcome', template_id: account.template },
  });
  await control(own.url, 'events', { messageId: 1, event: 'hard_bounce' });
  await inbox.page.goto(own.url);
  await shows('Welcome', 'Other', 'Your order');
  for (const [name, choice, subject] of [
    ['SMTP user', 'second', 'Other'],
    ['Template', account.template, 'Welcome'],
    ['Status', 'Bounced', 'Your order'],
  ] as const) {
    const select = inbox.page.getByRole('combobox', { name, exact: true });
    await select.selectOption(choice);
    await shows(subject);
    await select.selectOption({ index: 0 });
    await shows('Welcome', 'Other', 'Your order');
  }
  const badge = inbox.row('Your order').getByText('Bounced');
  await badge.waitFor();
});

test('messages are unread until they are opened, and the title counts them', async () => {
  await inbox.send({ subject: 'One' });
  await inbox.send({ subject: 'Two' });
  await inbox.open();
  const { page } = inbox;
  await page.getByText('2 messages, 2 unread').waitFor();
  assert.equal(await page.title(), '(2) SendClean sandbox');
  await inbox.row('Unread: One').click();
  await page.getByText('2 messages, 1 unread').waitFor();
  assert.equal(await page.title(), '(1) SendClean sandbox');
  assert.equal(await inbox.row('Unread: One').count(), 0);
  await page.getByRole('button', { name: 'Mark as unread' }).click();
  await inbox.row('Unread: One').waitFor();
  await page.getByRole('button', { name: 'Mark all read' }).click();
  await until('none is unread', async () => (await page.title()) === 'SendClean sandbox');
  await page.reload();
  await inbox.row('One').waitFor();
  assert.equal(await inbox.row('Unread').count(), 0);
});

test('one message is deleted, and the next one opens', async () => {
  for (const subject of ['One', 'Two', 'Three']) await inbox.send({ subject });
  await inbox.open();
  await inbox.row('Two').click();
  await inbox.page.getByRole('article', { name: 'Two' }).waitFor();
  await inbox.page.getByRole('button', { name: 'Delete' }).click();
  await inbox.page.getByRole('article', { name: 'One' }).waitFor();
  await shows('Three', 'One');
  assert.deepEqual(
    (await messages(inbox.sandbox.url)).map(({ subject }) => subject),
    ['One', 'Three'],
  );
});

test('a message that a script deletes closes', async () => {
  await inbox.send({ subject: 'One' });
  await inbox.send({ subject: 'Two' });
  await inbox.open();
  await inbox.row('One').click();
  await inbox.page.getByRole('article', { name: 'One' }).waitFor();
  await control(inbox.sandbox.url, 'messages/1', undefined, 'DELETE');
  await inbox.page.getByText('The message has been deleted.').waitFor();
  await shows('Two');
});

test('everything is done with the keyboard alone', async () => {
  for (const subject of ['One', 'Two', 'Three']) await inbox.send({ subject, html: '<p>Hi</p>' });
  await inbox.open();
  const { page } = inbox;
  const press = async (...keys: string[]): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key);
  };
  await inbox.row('Three').waitFor();
  await press('j', 'ArrowDown', 'j', 'k', 'Enter');
  await page.getByRole('article', { name: 'Two' }).waitFor();
  assert.equal(await inbox.row('Two').getAttribute('aria-current'), 'true');
  await press('2');
  await page.getByRole('tabpanel', { name: 'Text' }).waitFor();
  await press('u');
  await inbox.row('Unread: Two').waitFor();
  assert.equal(await page.getByRole('article').count(), 0);
  await press('Delete');
  await shows('Three', 'One');
  await press('Enter');
  await page.getByRole('article', { name: 'One' }).waitFor();
  await press('Escape');
  assert.equal(await page.getByRole('article').count(), 0);
  await press('/');
  await page.keyboard.type('three');
  await shows('Three');
  await press('Enter', 'Enter');
  await page.getByRole('article', { name: 'Three' }).waitFor();
  await press('/', 'Escape');
  await shows('Three', 'One');
  await page.getByRole('searchbox').blur();
  await press('?');
  await page.getByRole('dialog', { name: 'Keys' }).waitFor();
  await press('Escape');
  await page.getByRole('dialog', { name: 'Keys' }).waitFor({ state: 'hidden' });
  assert.deepEqual(inbox.complaints, []);
});

test('the key after Delete is for the next row, while the deletion is still on its way', async () => {
  for (const subject of ['One', 'Two']) await inbox.send({ subject, html: '<p>Hi</p>' });
  await inbox.open();
  const { page } = inbox;
  await inbox.row('Two').focus();
  await page.route('**/_sandbox/messages/*', async (route) => {
    if (route.request().method() === 'DELETE') await sleep(500);
    await route.continue();
  });
  await page.keyboard.press('Delete');
  await page.keyboard.press('Enter');
  await page.getByRole('article', { name: 'One' }).waitFor();
  await shows('One');
});

test('a link with an X-Unique-Id opens the newest email that has it, and lists all', async () => {
  const id = 'order 7/ä&b';
  for (const subject of ['First', 'Second']) await inbox.send({ subject, headers: { 'X-Unique-Id': id } });
  await inbox.send({ subject: 'Other' });
  await inbox.open(`/#id=${encodeURIComponent(id)}`);
  await inbox.page.getByRole('article', { name: 'Second' }).waitFor();
  await shows('Second', 'First');
  assert.equal(new URL(inbox.page.url()).hash, `#id=${encodeURIComponent(id)}`);
});

test('such a link waits for an email that has not come yet', async () => {
  await inbox.open('/#id=later');
  const notice = inbox.page
    .getByText('No email with the X-Unique-Id later has arrived yet.')
    .filter({ visible: true });
  await notice.waitFor();
  await inbox.send({ subject: 'Other' });
  await inbox.page.getByText('1 message, 1 unread').waitFor();
  await notice.waitFor();
  await call(inbox.sandbox.url, 'sendMail', mailUnder('later'));
  await inbox.page.getByRole('article', { name: 'Your order' }).waitFor();
  await inbox.open('/#2');
  await inbox.page.getByRole('article', { name: 'Your order' }).waitFor();
  await inbox.open('/#77');
  await inbox.page.getByText('There is no message 77.').waitFor();
});
