import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { operations } from '../../shared/generated/operations';
import type { OperationName } from '../../shared/generated/types';
import { messages } from '../sandbox/client';
import { callAt } from '../sandbox/settingsClient';
import { credentialFor, emailForm } from '../support/n8nForm';
import { openN8nEditor, type N8nEditor } from './n8nHarness';
import { addNode, executeStep, openNode, picture, searchNodes, shownOutput } from './n8nPage';

describe('what the editor of n8n offers from the account', () => {
  let editor: N8nEditor | undefined;
  let sandbox: N8nEditor['sandbox'];
  let rest: N8nEditor['rest'];
  let page: N8nEditor['page'];
  /** What n8n answered to the editor. */
  const answers: Promise<string>[] = [];
  before(async () => {
    editor = await openN8nEditor();
    ({ sandbox, rest, page } = editor);
    page.on('response', (response) => {
      if (response.url().includes('dynamic-node-parameters')) answers.push(response.text().catch(() => ''));
    });
  });
  after(() => editor?.close());
  beforeEach(async () => {
    answers.length = 0;
    for (const { id } of (await rest('GET', 'credentials')) as { id: string }[])
      await rest('DELETE', `credentials/${id}`);
  });

  async function addCredential(changes: object = {}): Promise<void> {
    const data = { ...credentialFor(sandbox.url), ...changes };
    await rest('POST', 'credentials', { name: 'SendClean account', type: 'sendCleanApi', data });
  }

  /** A new workflow with the form of an operation open. */
  async function start(name: OperationName): Promise<void> {
    await addNode(page, await searchNodes(page, 'sendclean'), operations[name].action);
  }

  const locator = (name: string) => page.getByTestId(`resource-locator-${name}`);
  const entries = () => page.getByTestId('rlc-item').filter({ visible: true });

  it('are its domains, found by a part of their name, and any other can be entered', async () => {
    await callAt(sandbox.url, 'settings/addSendingDomain', { domain: 'news.example.com' });
    await addCredential();
    await start('checkSendingDomain');
    await locator('domain').getByTestId('rlc-input').click();
    await entries().filter({ hasText: 'news.example.com' }).waitFor();
    assert.deepEqual((await entries().allInnerTexts()).sort(), ['example.com', 'news.example.com']);
    await page.getByTestId('rlc-search').filter({ visible: true }).fill('news');
    await entries()
      .filter({ hasText: /^example\.com$/ })
      .waitFor({ state: 'hidden' });
    await picture(page, 'n8n-from-list');
    await entries().first().click();
    await executeStep(page);
    assert.equal((await shownOutput(page)).domain, 'news.example.com');

    await locator('domain').getByTestId('rlc-mode-selector').click();
    await page.getByRole('option', { name: 'By Name' }).filter({ visible: true }).click();
    await locator('domain').locator('input').last().fill('example.com');
    // n8n takes over what is typed after a pause of 100 ms.
    await page.waitForTimeout(500);
    await executeStep(page);
    await page.getByTestId('output-panel').getByText('news.example.com').waitFor({ state: 'hidden' });
    assert.equal((await shownOutput(page)).domain, 'example.com');
  });

  it('are its SMTP users and webhooks, without their passwords and keys', async () => {
    const { smtp_user_name: user, smtp_password: password } = await callAt(sandbox.url, 'settings/addSmtp', {
      total_limit: 100,
      hourly_limit: 10,
    });
    await addCredential();
    await start('resetSmtpPassword');
    await locator('smtpUserName').getByTestId('rlc-input').click();
    await entries()
      .filter({ hasText: String(user) })
      .waitFor();
    const told = (await Promise.all(answers)).join('\n');
    assert.match(told, new RegExp(String(user)));
    assert.ok(!told.includes(String(password)));
  });

  it('says in the field what is wrong with the account', async () => {
    await addCredential({ token: 'wrong-token' });
    await start('checkSendingDomain');
    await locator('domain').getByTestId('rlc-input').click();
    const problem = page.getByTestId('rlc-error-container').filter({ visible: true });
    await problem.waitFor();
    assert.match(await problem.innerText(), /Token MissMatch.*check owner ID and token of the account/s);
    assert.doesNotMatch((await Promise.all(answers)).join('\n'), /wrong-token/);
  });

  it('keeps and sends with an SMTP user that was stored before there was a list', async () => {
    await addCredential();
    const [credential] = (await rest('GET', 'credentials')) as { id: string; name: string }[];
    const node = {
      parameters: { ...emailForm, emailFormat: 'html', options: { smtpUserName: 'smtp-sandbox' } },
      id: 'stored',
      name: 'SendClean',
      type: 'n8n-nodes-sendclean.sendClean',
      typeVersion: 2,
      position: [0, 0],
      credentials: { sendCleanApi: { id: credential?.id, name: credential?.name } },
    };
    const workflow = { name: 'Stored', nodes: [node], connections: {}, settings: {} };
    const { id } = (await rest('POST', 'workflows', workflow)) as { id: string };
    await page.goto(`/workflow/${id}`);
    await openNode(page, 'SendClean');
    await locator('smtpUserName').waitFor();
    assert.equal(await locator('smtpUserName').locator('input').last().inputValue(), 'smtp-sandbox');
    await executeStep(page);
    assert.equal((await shownOutput(page)).status, 'success');
    assert.equal((await messages(sandbox.url)).length, 1);
  });
});
