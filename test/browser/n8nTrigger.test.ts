/** SendClean Trigger as a person uses it: in the editor of n8n, with the inbox of the sandbox beside it. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { eventually, executionsOf, webhooksOf } from '../hosts/triggering';
import { call, control, mailUnder } from '../sandbox/client';
import { credentialFor } from '../support/n8nForm';
import { openN8nEditor, type N8nEditor } from './n8nHarness';
import { closeNode, executeStep, field, picture, searchNodes, shownOutput } from './n8nPage';

describe('SendClean Trigger in the editor of n8n', () => {
  let editor: N8nEditor | undefined;
  let sandbox: N8nEditor['sandbox'];
  let n8n: N8nEditor['n8n'];
  let rest: N8nEditor['rest'];
  let browser: N8nEditor['browser'];
  let page: N8nEditor['page'];
  before(async () => {
    editor = await openN8nEditor();
    ({ sandbox, n8n, rest, browser, page } = editor);
    await rest('POST', 'credentials', {
      name: 'SendClean account',
      type: 'sendCleanApi',
      data: credentialFor(sandbox.url),
    });
    await control(sandbox.url, 'webhooks/options', { gatherMs: 10 }, 'PUT');
  });
  after(() => editor?.close());

  const hasWebhooks = (count: number) =>
    eventually(`there are ${count} webhooks`, async () => (await webhooksOf(sandbox.url)).length === count);

  /** Sends an email whose opens are tracked, and opens it in the inbox. */
  async function sendAndOpen(id: string): Promise<void> {
    const { message, ...mail } = mailUnder(id);
    const headers = { ...message.headers, 'X-STes-TrackOpen': 'yes' };
    await call(sandbox.url, 'sendMail', { ...mail, message: { ...message, html: '<p>Hello</p>', headers } });
    const inbox = await browser.newPage();
    await inbox.goto(`${sandbox.url}/#id=${id}`);
    await inbox.frameLocator('iframe').getByText('Hello').waitFor();
    await inbox.close();
  }

  it('is found by what happens to emails, and shows the next event that does', async () => {
    await searchNodes(page, 'bounce');
    const creator = page.getByTestId('node-creator');
    await creator.getByText('SendClean', { exact: true }).first().click();
    await creator.getByText('On opened', { exact: true }).click();
    await page.getByTestId('ndv').waitFor();
    await executeStep(page);
    await hasWebhooks(1);
    const [{ url, event } = { url: '', event: '' }] = await webhooksOf(sandbox.url);
    assert.deepEqual([url.startsWith(`${n8n.url}/webhook-test/`), event], [true, 'open']);
    await sendAndOpen('order-1');
    const { xUniqueId, email, time } = await shownOutput(page);
    assert.deepEqual([xUniqueId, email], ['order-1', 'jane@example.com']);
    assert.match(String(time), /^\d{4}-\d\d-\d\dT/);
    await hasWebhooks(0);
    await picture(page, 'n8n-trigger');
  });

  it('starts executions while it is published, with the item of each event', async () => {
    await field(page, 'events').locator('input').first().click();
    await page.getByRole('option', { name: 'Clicked' }).filter({ visible: true }).click();
    await page.keyboard.press('Escape');
    await closeNode(page);
    await page.getByTestId('workflow-open-publish-modal-button').click();
    await page.getByTestId('workflow-publish-button').click();
    await page.getByText('The workflow now starts with each event that SendClean reports.').waitFor();
    await page.keyboard.press('Escape');
    await hasWebhooks(1);
    assert.equal((await webhooksOf(sandbox.url))[0]?.event, 'open,click');
    await sendAndOpen('order-2');
    await page.getByTestId('radio-button-executions').click();
    await page.getByTestId('execution-details-2').filter({ hasText: 'Succeeded' }).waitFor();
    const [workflow] = (await rest('GET', 'workflows')) as { id: string }[];
    const [latest] = await executionsOf(rest, workflow?.id ?? '');
    assert.ok(latest?.text.includes('"order-2"'));
  });

  it('ends that when it is unpublished', async () => {
    await page.getByTestId('radio-button-workflow').click();
    await page.getByTestId('canvas-trigger-node').waitFor();
    await page.keyboard.press('Control+u');
    await page.getByRole('dialog').getByRole('button', { name: 'Unpublish' }).click();
    await hasWebhooks(0);
  });
});
