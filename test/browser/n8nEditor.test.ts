import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, beforeEach, describe, it } from 'node:test';
import { operations } from '../../shared/generated/operations';
import type { OperationName } from '../../shared/generated/types';
import { control, message, messages } from '../sandbox/client';
import { credentialFor } from '../support/n8nForm';
import { account } from '../support/sandbox';
import { openN8nEditor, type N8nEditor } from './n8nHarness';
import {
  addNode,
  addOption,
  choose,
  closeNode,
  drag,
  executeStep,
  field,
  fill,
  findNodes,
  openNode,
  picture,
  searchNextNodes,
  searchNodes,
  showActions,
  shownOutput,
  typeCode,
} from './n8nPage';

describe('the editor of n8n', () => {
  let editor: N8nEditor | undefined;
  let sandbox: N8nEditor['sandbox'];
  let rest: N8nEditor['rest'];
  let page: N8nEditor['page'];
  before(async () => {
    editor = await openN8nEditor();
    ({ sandbox, rest, page } = editor);
  });
  after(() => editor?.close());
  beforeEach(async () => void (await control(sandbox.url, 'messages', undefined, 'DELETE')));

  /** A new workflow with the form of an operation open. */
  async function start(name: OperationName): Promise<void> {
    await addNode(page, await searchNodes(page, 'sendclean'), operations[name].action);
  }

  it('finds the node by its name, with an action for each operation', async () => {
    const found = await searchNodes(page, 'sendclean');
    // A new workflow begins with a trigger, of which n8n tells here.
    assert.match(await found.innerText(), /^SendClean\n+Starts the workflow when SendClean reports/);
    await picture(page, 'n8n-search');
    await found.click();
    const panel = page.getByTestId('node-creator');
    await showActions(page, panel.getByText(operations.sendMail.action, { exact: true }));
    for (const { action } of Object.values(operations)) {
      await panel.getByText(action, { exact: true }).waitFor();
    }
    await picture(page, 'n8n-actions');
  });

  it('finds the node by what people look for', async () => {
    await searchNodes(page, 'email');
    for (const word of ['bounce', 'delivery status', 'tracking', 'opens', 'clicks', 'open rate', 'email']) {
      const found = await findNodes(page, word);
      await found.filter({ hasText: 'SendClean' }).waitFor();
    }
  });

  it('tests a new credential at once: red with the reason, or green', async () => {
    await start('sendMail');
    await page.getByTestId('node-credentials-empty-state').getByRole('button').click();
    const dialog = page.getByTestId('credential-edit-dialog');
    const save = page.getByTestId('credential-save-button');
    const { ownerId, smtpUser, endpoint } = credentialFor(sandbox.url);
    await fill(page, { ownerId: String(ownerId), token: 'wrong', smtpUser: String(smtpUser) });
    await fill(page, { endpoint: String(endpoint) });
    await save.click();
    await dialog.getByText('More details').click();
    await dialog.getByText('SendClean refused the call: Token MissMatch (AuthenticationError)').waitFor();
    await fill(page, { token: account.token });
    await save.click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByTestId('credential-edit-button').click();
    await dialog.getByText('Connection tested successfully').waitFor();
    await picture(page, 'n8n-credential');
  });

  describe('with an account', () => {
    before(async () => {
      const others = (await rest('GET', 'credentials')) as { id: string }[];
      for (const { id } of others) await rest('DELETE', `credentials/${id}`);
      const data = credentialFor(sandbox.url);
      await rest('POST', 'credentials', { name: 'SendClean account', type: 'sendCleanApi', data });
    });

    it('sends an email as HTML and text, with options, and shows its X-Unique-Id', async () => {
      await start('sendMail');
      await fill(page, { fromEmail: 'shop@example.com', fromName: 'Example Shop' });
      await fill(page, { to: 'Jane Doe <jane@example.com>, john@example.com', subject: 'Your order 1042' });
      await choose(page, 'emailFormat', 'Both');
      await typeCode(page, 'html', '<p>Thank you, <b>Jane</b>.</p>');
      await fill(page, { text: 'Thank you, Jane.' });
      await addOption(page, 'CC');
      await fill(page, { cc: 'team@example.com' });
      await page.getByRole('button', { name: 'Add Custom Header' }).click();
      await addOption(page, 'Track Clicks');
      await choose(page, 'trackClicks', 'Both');
      await fill(page, { name: 'X-Campaign', value: 'spring' });
      await addOption(page, 'Attempts', 'delivery');
      await addOption(page, 'Reply To');
      await fill(page, { replyTo: 'support@example.com' });
      await executeStep(page);
      const output = await shownOutput(page);
      await field(page, 'emailFormat').scrollIntoViewIfNeeded();
      await picture(page, 'n8n-send-mail');

      const [sent, ...others] = await messages(sandbox.url);
      assert.deepEqual(others, []);
      const { from, recipients, subject, html, text, headers } = await message(sandbox.url, sent?.id ?? 0);
      assert.deepEqual(from, { email: 'shop@example.com', name: 'Example Shop' });
      assert.deepEqual(recipients, [
        { email: 'jane@example.com', name: 'Jane Doe', type: 'to' },
        { email: 'john@example.com', type: 'to' },
        { email: 'team@example.com', type: 'cc' },
      ]);
      assert.deepEqual(
        [subject, html, text],
        ['Your order 1042', '<p>Thank you, <b>Jane</b>.</p>', 'Thank you, Jane.'],
      );
      assert.partialDeepStrictEqual(headers, {
        'X-Campaign': 'spring',
        'X-STes-TrackClick': 'both',
        'Reply-To': 'support@example.com',
      });
      assert.partialDeepStrictEqual(output, { status: 'success', xUniqueId: sent?.xUniqueId });
    });

    it('says that nothing is sent with Validate Only, and that Skip Already Sent needs an X-Unique-Id', async () => {
      await start('sendMail');
      await fill(page, { fromEmail: 'shop@example.com', to: 'jane@example.com', subject: 'Your order' });
      await typeCode(page, 'html', '<p>Thank you.</p>');
      await addOption(page, 'Skip Already Sent', 'delivery');
      await page.getByText('Skip Already Sent needs an X-Unique-ID of your own for each email').waitFor();
      await addOption(page, 'X-Unique-ID');
      await fill(page, { xUniqueId: 'order-1042' });
      await page.getByText('Skip Already Sent needs an X-Unique-ID').waitFor({ state: 'hidden' });
      await addOption(page, 'Validate Only', 'delivery');
      await page.getByText('Validate Only is on: nothing is sent').waitFor();
      await executeStep(page);
      const output = await shownOutput(page);
      assert.deepEqual(Object.keys(output).slice(0, 2), ['sent', 'reason']);
      const pane = page.getByTestId('output-panel');
      await pane.getByText('Binary', { exact: true }).click();
      await pane.getByText('preview.eml', { exact: true }).first().waitFor();
      const downloading = page.waitForEvent('download');
      await pane.getByTestId('ndv-download-binary-data').first().click();
      assert.match(await readFile(await (await downloading).path(), 'utf8'), /&lt;p&gt;Thank you/);
      assert.deepEqual(await messages(sandbox.url), []);
    });

    it('sends a template, and finds the email by the X-Unique-Id dragged from the preview', async () => {
      await start('sendTemplate');
      await closeNode(page);
      const next = await searchNextNodes(page, 'sendclean');
      await addNode(page, next, operations.getMessageInfo.action);
      const input = page.getByTestId('ndv-input-panel');
      await input.getByTestId('schema-preview-warning').waitFor();
      await drag(page, input.getByText('xUniqueId', { exact: true }), field(page, 'xUniqueId'));
      await field(page, 'xUniqueId').getByText('{{ $json.xUniqueId }}').waitFor();
      await closeNode(page);

      await openNode(page, operations.sendTemplate.action);
      await fill(page, { templateId: account.template, fromEmail: 'shop@example.com' });
      await fill(page, { to: 'jane@example.com' });
      await page.getByRole('button', { name: 'Add Dynamic Value' }).click();
      await fill(page, { name: 'NAME', value: 'Jane' });
      await executeStep(page);
      const { xUniqueId } = await shownOutput(page);
      const [sent] = await messages(sandbox.url);
      assert.partialDeepStrictEqual(sent, { subject: 'Welcome, Jane', xUniqueId });
      await closeNode(page);

      await control(sandbox.url, 'events', { xUniqueId, email: 'jane@example.com', event: 'open' });
      await openNode(page, operations.getMessageInfo.action);
      await executeStep(page);
      const info = await shownOutput(page);
      const expected = {
        subject: 'Welcome, Jane',
        email: 'jane@example.com',
        status: 'delivered',
        openCount: '1',
      };
      assert.partialDeepStrictEqual(info, expected);
      await picture(page, 'n8n-message-info');
    });

    it('warns of what a GET request shows, and sends a template by it', async () => {
      await start('sendTemplateGet');
      await page
        .getByTestId('node-parameters')
        .getByText('This call puts owner ID and token in the URL')
        .waitFor();
      await fill(page, { templateId: account.template, fromEmail: 'shop@example.com' });
      await fill(page, { to: 'jane@example.com', subject: 'Welcome' });
      await executeStep(page);
      assert.equal((await shownOutput(page)).status, 'success');
      const [sent] = await messages(sandbox.url);
      assert.partialDeepStrictEqual(sent, { operation: 'sendTemplateGet', subject: 'Welcome' });
    });

    it('marks the fields that must be filled, and sends nothing without them', async () => {
      await start('sendMail');
      await executeStep(page);
      await page.getByText('Parameter "HTML" is required').waitFor();
      assert.equal(await page.getByTestId('parameter-issues').count(), 1);
      assert.deepEqual(await messages(sandbox.url), []);
    });

    it('says in the output panel what is wrong with an address, and that nothing was sent', async () => {
      await start('sendMail');
      await choose(page, 'emailFormat', 'Text');
      await fill(page, { text: 'Hello', subject: 'Hello', to: 'bob@' });
      await executeStep(page);
      const panel = page.getByTestId('output-panel');
      await panel.getByText('must be an email address, got "bob@"').first().waitFor();
      await panel.getByText('Nothing was sent').waitFor();
      assert.deepEqual(await messages(sandbox.url), []);
    });
  });
});
