import assert from 'node:assert/strict';
import { test } from 'node:test';
import { account, startSandbox } from '../support/sandbox';
import { call, fault, mail, messages, until } from '../sandbox/client';
import { useInbox } from './inboxPage';

const inbox = useInbox();

test('an empty inbox has the account’s values, each with a button that copies it', async () => {
  await inbox.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await inbox.open();
  await inbox.page.getByRole('heading', { name: 'No email yet' }).waitFor();
  for (const [name, value] of [
    ['Owner ID', account.owner_id],
    ['Token', account.token],
    ['SMTP User smtp-sandbox', account.smtpUser],
    ['Custom Endpoint', inbox.sandbox.url],
    ['Template ID welcome', account.template],
  ] as const) {
    await inbox.page.getByRole('button', { name: `Copy ${name}` }).click();
    await until(
      `${name} is copied`,
      async () => (await inbox.page.evaluate('navigator.clipboard.readText()')) === value,
    );
  }
  assert.deepEqual(inbox.complaints, []);
});

test('a token that is not the one of the docs is not shown', async (t) => {
  const own = await startSandbox({ token: 'Secret-9' });
  t.after(() => own.close());
  await inbox.page.goto(own.url);
  await inbox.page.getByText('the one that the sandbox was started with').waitFor();
  assert.ok(!(await inbox.page.content()).includes('Secret-9'));
});

test('an empty inbox says why the latest call brought no email, and leads to all of them', async () => {
  await inbox.open();
  await inbox.page.getByRole('heading', { name: 'No email yet' }).waitFor();
  await call(inbox.sandbox.url, 'sendMail', { ...mail, token: 'wrong' });
  await inbox.page.getByText('The latest call was refused: Token MissMatch: the token is wrong.').waitFor();
  await inbox.page.getByRole('link', { name: 'All calls' }).click();
  await inbox.page.getByRole('heading', { name: 'Calls' }).waitFor();
});

test('calls are listed as they come, refused ones with their reason, and lead to their message', async () => {
  await inbox.open('/#calls');
  await inbox.page.getByText('No call has reached the sandbox').waitFor();
  await inbox.send();
  await call(inbox.sandbox.url, 'sendMail', { ...mail, owner_id: 'other' });
  await call(inbox.sandbox.url, 'sendMail', { ...mail, smtp_user_name: 'nobody' });
  await call(inbox.sandbox.url, 'sendMail', { smtp_user_name: mail.smtp_user_name });
  await fault(inbox.sandbox.url, { kind: 'resetBefore' });
  await assert.rejects(call(inbox.sandbox.url, 'sendMail', mail));
  const rows = inbox.page.getByRole('table').getByRole('row');
  await inbox.page.getByText('5 calls, newest first').waitFor();
  await until('all are shown', async () => (await rows.count()) === 6);
  const results = await inbox.page.locator('#calls td:last-child').allInnerTexts();
  assert.deepEqual(results.slice(0, 1), ['Fault: connection broken before the call was carried out']);
  assert.match(results[1] ?? '', /^Refused .*message/);
  assert.deepEqual(results.slice(2), [
    'Refused smtp_user_name "nobody" is not known',
    'Refused Token MissMatch: the owner ID is not sandbox',
    'Message 1',
  ]);
  await inbox.page.getByRole('checkbox', { name: 'Only refused calls' }).check();
  await inbox.page.getByText('4 of 5 calls, newest first').waitFor();
  assert.equal(await inbox.page.getByRole('link', { name: 'Message 1' }).count(), 0);
  await inbox.page.getByRole('checkbox', { name: 'Only refused calls' }).uncheck();
  await inbox.page.getByRole('link', { name: 'Message 1' }).click();
  await inbox.page.getByRole('article', { name: 'Your order' }).waitFor();
  await inbox.page.getByRole('button', { name: 'Calls' }).click();
  await inbox.page.getByRole('heading', { name: 'Calls' }).waitFor();
  assert.deepEqual(inbox.complaints, []);
});

test('the switch has the next call fail in four ways, and goes back when it did', async () => {
  await inbox.open();
  const next = inbox.page.getByRole('combobox', { name: 'Fault' });
  const shown = (): Promise<string | null> => next.locator('option:checked').textContent();
  const arm = async (title: string): Promise<void> => {
    const armed = inbox.page.waitForResponse(
      (response) => response.url().endsWith('/faults') && response.request().method() === 'POST',
    );
    await next.selectOption(title);
    await armed;
  };
  for (const [title, status] of [
    ['Too many requests (429)', 429],
    ['Server error (500)', 500],
  ] as const) {
    await arm(title);
    const { url } = inbox.sandbox;
    const response = await fetch(`${url}/v1.0/messages/sendMail`, { method: 'POST', body: '{}' });
    assert.equal(response.status, status);
    await until('it goes back', async () => (await shown()) === 'succeeds');
  }
  assert.equal((await messages(inbox.sandbox.url)).length, 0);
  await arm('Lost response: email accepted, connection breaks');
  await assert.rejects(call(inbox.sandbox.url, 'sendMail', mail));
  assert.equal((await messages(inbox.sandbox.url)).length, 1);
  await arm('Timeout: email accepted, no response');
  const waiting = call(inbox.sandbox.url, 'sendMail', mail).catch(() => undefined);
  await until('it was taken', async () => (await messages(inbox.sandbox.url)).length === 2);
  await inbox.page.getByRole('button', { name: 'Calls' }).click();
  const latest = await inbox.page.getByRole('row', { name: 'response delayed' }).innerText();
  assert.match(latest, /none\s+Fault: response delayed Message 2/);
  await inbox.sandbox.close();
  await waiting;
});

test('every call fails until the switch is set back', async () => {
  await inbox.open();
  await inbox.page.getByRole('combobox', { name: 'Calls that fail' }).selectOption('Every call');
  await inbox.page.getByRole('combobox', { name: 'Fault' }).selectOption('Server error (500)');
  const status = async (): Promise<number> =>
    (await fetch(`${inbox.sandbox.url}/v1.0/messages/sendMail`, { method: 'POST', body: '{}' })).status;
  await until('calls fail', async () => (await status()) === 500);
  assert.equal(await status(), 500);
  await inbox.page.getByRole('combobox', { name: 'Fault' }).selectOption('succeeds');
  await until('calls succeed', async () => (await status()) === 200);
});

test('a fault that a script has set is shown', async () => {
  await fault(inbox.sandbox.url, { kind: 'html' });
  await inbox.open();
  const next = inbox.page.getByRole('combobox', { name: 'Fault' });
  await until('it is shown', async () => (await next.inputValue()) === 'other');
});
