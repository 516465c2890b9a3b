import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import type { Sandbox } from '../../sandbox/src/server';
import { operations } from '../../shared/generated/operations';
import type { OperationName } from '../../shared/generated/types';
import type { Operation } from '../../shared/model';
import { callAt } from '../sandbox/settingsClient';
import { ids } from '../support/nodeRedFlow';
import { startSandbox } from '../support/sandbox';
import { useEditor } from './nodeRedHarness';
import { picture } from './nodeRedPage';

const managed = Object.values<Operation<OperationName>>(operations).filter(
  ({ hosts }) => hosts.nodeRed.type === 'sendclean-manage',
);

describe('the node Manage in the editor of Node-RED', () => {
  const { openForm } = useEditor();
  let sandbox: Sandbox;
  before(async () => void (sandbox = await startSandbox()));
  after(async () => await sandbox?.close());

  const input = (page: Page, name: string) =>
    page.locator(`#node-input-${name} + .red-ui-typedInput-container .red-ui-typedInput-input`);
  const offers = (page: Page) => page.locator('.red-ui-autoComplete-container li:visible');
  const options = { endpoint: () => ({ endpoint: sandbox.url }) };

  it('shows the fields of the operation that is chosen, says what it does, and groups them all', async () => {
    const page = await openForm('viewUserDetail');
    const select = page.locator('#node-input-operation');
    const groups = await select
      .locator('optgroup')
      .evaluateAll((all) => all.map((one) => one.getAttribute('label')));
    assert.deepEqual(groups.sort(), ['Account', 'SMTP User', 'Sending Domain', 'Tracking Domain', 'Webhook']);
    for (const { name, title, description, fields } of managed) {
      await select.selectOption({ label: title });
      assert.equal(await page.locator('#sendclean-about').innerText(), `${description}.`);
      const labels = page.locator('#dialog-form .form-row:visible:has([data-types]) > label');
      assert.deepEqual(
        (await labels.allInnerTexts()).map((label) => label.trim()).sort(),
        fields.map((field) => field.title).sort(),
        name,
      );
    }
    await picture(page, 'node-red-manage');
    await select.selectOption('');
    const all = new Set(managed.flatMap(({ fields }) => fields.map((field) => field.name)));
    const rows = page.locator('#dialog-form .form-row:visible:has([data-types])');
    assert.equal(await rows.count(), all.size);
    await page.close();
  });

  it('marks what the chosen operation needs, and nothing of the others', async () => {
    const page = await openForm('deleteWebhook');
    const problems = () => page.evaluate(`RED.nodes.node('${ids.node}').validationErrors`);
    assert.deepEqual(await problems(), ['Webhook is required']);
    await page.close();
  });

  it('is labelled by its operation and what that is about', async () => {
    const page = await openForm('editSmtp', { smtpUserName: ['smtps456546', 'str'] });
    assert.equal(
      await page.evaluate(`RED.utils.getNodeLabel(RED.nodes.node('${ids.node}'))`),
      'Edit SMTP User: smtps456546',
    );
    await page.close();
  });

  it('offers what the account has while a person types, and takes anything else', async () => {
    await callAt(sandbox.url, 'settings/addSendingDomain', { domain: 'news.example.com' });
    const page = await openForm('checkSendingDomain', {}, options.endpoint());
    await input(page, 'domain').pressSequentially('news');
    await offers(page).filter({ hasText: 'news.example.com' }).waitFor();
    await picture(page, 'node-red-offers');
    await offers(page).filter({ hasText: 'news.example.com' }).click();
    assert.equal(await input(page, 'domain').inputValue(), 'news.example.com');
    await input(page, 'domain').fill('');
    await input(page, 'domain').pressSequentially('shop.example.org');
    await page.locator('#node-dialog-ok').click();
    await page.locator('.red-ui-tray').waitFor({ state: 'detached' });
    assert.equal(await page.evaluate(`RED.nodes.node('${ids.node}').domain`), 'shop.example.org');
    await page.close();
  });

  it('offers SMTP users without their passwords', async () => {
    const added = await callAt(sandbox.url, 'settings/addSmtp', { total_limit: 100, hourly_limit: 10 });
    const page = await openForm('resetSmtpPassword', {}, options.endpoint());
    const answer = page.waitForResponse((response) => response.url().includes('sendclean/offers'));
    await input(page, 'smtpUserName').pressSequentially('smtp');
    const text = await (await answer).text();
    assert.ok(text.includes(String(added.smtp_user_name)));
    assert.ok(!text.includes(String(added.smtp_password)));
    await page.close();
  });

  it('says below the field why nothing is offered', async () => {
    const page = await openForm('checkSendingDomain', {}, { ...options.endpoint(), token: 'wrong-token' });
    await input(page, 'domain').pressSequentially('n');
    const problem = page.locator('.form-row:visible .sendclean-problem');
    await problem.filter({ hasText: 'Token MissMatch' }).waitFor();
    assert.ok(!(await page.content()).includes('wrong-token'));
    await page.close();
  });

  it('says what to set where the node has no account', async () => {
    const page = await openForm('checkSendingDomain', {}, options.endpoint());
    await page.locator('#node-input-account').selectOption('_ADD_');
    await input(page, 'domain').pressSequentially('n');
    const problem = page.locator('.form-row:visible .sendclean-problem');
    await problem.filter({ hasText: 'Choose an account and deploy it' }).waitFor();
    assert.equal(await input(page, 'domain').inputValue(), 'n');
    await page.close();
  });
});
