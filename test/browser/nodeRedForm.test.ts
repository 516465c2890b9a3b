import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Browser, Locator, Page } from 'playwright-core';
import type { Sandbox } from '../../sandbox/src/server';
import { startNodeRed, type FlowNode, type NodeRed } from '../hosts/nodeRed';
import { message, messages, until } from '../sandbox/client';
import { account, startSandbox } from '../support/sandbox';
import { launchBrowser } from './browser';
import { chooseType, dragNode, openEditor, picture, row } from './nodeRedPage';

const [tarball] = globSync(join(import.meta.dirname, '../../build/sendclean-nodes-node-red-sendclean-*.tgz'));

/** A flow with an Inject node, whose message has the bytes 1, 2 and 3 in `msg.invoice`, and an account. */
const flows = (endpoint: string): FlowNode[] => [
  { id: 'tab', type: 'tab', label: 'Orders' },
  {
    id: 'account',
    type: 'sendclean-account',
    name: 'Shop',
    domain: '',
    endpoint,
    smtpUser: account.smtpUser,
    credentials: { ownerId: account.owner_id, token: account.token },
  },
  {
    id: 'inject',
    type: 'inject',
    z: 'tab',
    name: 'Order',
    x: 120,
    y: 120,
    props: [{ p: 'invoice', v: '[1,2,3]', vt: 'bin' }],
    repeat: '',
    once: false,
    wires: [[]],
  },
];

/** The label of what has the focus. */
const focusedLabel = `document.activeElement.closest('.form-row').querySelector('label').textContent.trim()`;

/** Notes what has the focus, and gives the controls of the form that did not have it yet. */
const visit = `(() => {
  document.activeElement.dataset.reached = 'yes';
  const controls = $('.sendclean-form').find('input, select, textarea, button:not(.disabled), a, summary');
  return controls.filter(':visible:not([data-reached])').get().map((control) => control.outerHTML);
})()`;

for (const version of ['5', '4'] as const) {
  describe(`the form of Send Mail in the editor of Node-RED ${version}`, () => {
    let sandbox: Sandbox;
    let nodeRed: NodeRed;
    let browser: Browser;
    let page: Page;
    let node: Locator;
    before(async () => {
      assert.ok(tarball, 'build/ has no tarball');
      sandbox = await startSandbox();
      nodeRed = await startNodeRed({
        version,
        tarball,
        flows: flows(sandbox.url),
        settings: { editorTheme: { tours: false } },
      });
      browser = await launchBrowser();
    });
    after(async () => {
      await browser?.close();
      await nodeRed?.stop();
      await sandbox?.close();
    });
    beforeEach(async () => {
      await page?.close();
      page = await openEditor(browser, nodeRed.url);
      node = await dragNode(page, 'Send Mail', 'inject');
      await node.dblclick();
      await page.locator('#node-dialog-ok').waitFor();
    });

    const done = async () => {
      await page.locator('#node-dialog-ok').click();
      await page.locator('#node-dialog-ok').waitFor({ state: 'detached' });
    };

    const label = () => node.locator('.red-ui-flow-node-label').textContent();

    async function fillRecipients(): Promise<void> {
      const to = await chooseType(page, 'To', 'list');
      await to.getByLabel('Email').fill('jane@example.com');
      await to.getByLabel('Name').fill('Jane Doe');
      await to.getByRole('button', { name: 'add a row' }).click();
      await page.keyboard.type('john@example.com');
    }

    async function writeHtml(): Promise<void> {
      const html = await chooseType(page, 'HTML', 'string');
      await html.getByRole('textbox', { name: 'HTML' }).fill('<p>Thanks,</p>\n');
      await html.getByRole('button', { name: 'Open in the editor' }).click();
      const editor = page.locator('.node-text-editor#node-input-text');
      await editor.locator('.view-lines').click();
      await page.keyboard.press('Control+End');
      await page.keyboard.insertText('<p>Jane</p>');
      await page.locator('#node-dialog-ok:visible').last().click();
      await editor.waitFor({ state: 'detached' });
      assert.equal(await html.locator('textarea').inputValue(), '<p>Thanks,</p>\n<p>Jane</p>');
    }

    it('sends what was entered into its lists and its large editor', async () => {
      await fillRecipients();
      const subject = await chooseType(page, 'Subject', 'string');
      await subject.getByRole('textbox', { name: 'Subject' }).fill('Your order');
      await writeHtml();
      const attachments = await chooseType(page, 'Attachments', 'list');
      await attachments.getByLabel('File name').fill('invoice.pdf');
      await attachments.locator('li .red-ui-typedInput-input').fill('invoice');
      await page.getByText('Options', { exact: true }).click();
      const headers = await chooseType(page, 'Custom Headers', 'list');
      await headers.getByLabel('Name').fill('X-Campaign');
      await headers.getByLabel('Value').fill('spring');
      await page.locator('#node-input-name').focus();
      if (version === '5') await picture(page, 'node-red-send-mail');
      await done();
      assert.equal(await label(), 'Send Mail: Your order');

      const deploy = page.locator('#red-ui-header-button-deploy');
      await deploy.click();
      await page.getByText('Successfully deployed').waitFor();
      await page.locator('[id="inject"] .red-ui-flow-node-button-button').click();
      await until('the mail arrived', async () => (await messages(sandbox.url)).length > 0);
      const [summary] = await messages(sandbox.url);
      const { request } = await message(sandbox.url, summary?.id ?? 0);
      assert.partialDeepStrictEqual(request, {
        message: {
          to: [
            { email: 'jane@example.com', name: 'Jane Doe', type: 'to' },
            { email: 'john@example.com', type: 'to' },
          ],
          subject: 'Your order',
          html: '<p>Thanks,</p>\n<p>Jane</p>',
          headers: { 'X-Campaign': 'spring' },
          attachments: [{ type: 'application/pdf', name: 'invoice.pdf', content: 'AQID' }],
        },
      });

      await node.dblclick();
      assert.equal(await row(page, 'HTML').locator('textarea').inputValue(), '<p>Thanks,</p>\n<p>Jane</p>');
      await done();
      assert.match(
        (await deploy.getAttribute('class')) ?? '',
        /disabled/,
        'opening the form changes nothing',
      );
    });

    it('takes Markdown of several lines, also in its large editor', async () => {
      const html = await chooseType(page, 'HTML', 'Markdown');
      await html.getByRole('textbox', { name: 'HTML' }).fill('# Order\n\n');
      await html.getByRole('button', { name: 'Open in the editor' }).click();
      const editor = page.locator('#red-ui-editor-type-markdown');
      await editor.locator('.view-lines').click();
      await page.keyboard.press('Control+End');
      await page.keyboard.insertText('- **pens**');
      await page.locator('#node-dialog-ok:visible').last().click();
      await editor.waitFor({ state: 'detached' });
      await done();
      await node.dblclick();
      assert.equal(await row(page, 'HTML').locator('textarea').inputValue(), '# Order\n\n- **pens**');
      const stored = await page.evaluate(
        `(({ html, htmlType }) => [html, htmlType])(RED.nodes.filterNodes({ type: 'sendclean-send-mail' }).at(-1))`,
      );
      assert.deepEqual(stored, ['# Order\n\n- **pens**', 'markdown']);
    });

    it('marks what is wrong while it is typed', async () => {
      const wrong = (field: Locator) =>
        field
          .locator('> .red-ui-typedInput-container')
          .evaluate((box) => box.classList.contains('input-error'));
      const to = await chooseType(page, 'To', 'string');
      await to.getByRole('textbox', { name: 'To' }).fill('');
      assert.equal(await wrong(to), false, 'empty, as an email with a copy may have it');
      await to.getByRole('textbox', { name: 'To' }).pressSequentially('jane');
      assert.equal(await wrong(to), true, 'no address');
      await to.getByRole('textbox', { name: 'To' }).pressSequentially('@example.com');
      assert.equal(await wrong(to), false, 'an address');

      await chooseType(page, 'To', 'list');
      const email = to.getByLabel('Email');
      await email.pressSequentially('jane');
      assert.equal(await email.getAttribute('aria-invalid'), 'true');
      assert.equal(await wrong(to), true, 'a row without an address');
      await email.pressSequentially('@example.com');
      assert.equal(await email.getAttribute('aria-invalid'), null);
      assert.equal(await wrong(to), false, 'a row with an address');
    });

    it('keeps a list as plain JSON, without rows that were removed or are empty', async () => {
      await fillRecipients();
      const to = row(page, 'To');
      await to.getByRole('button', { name: 'add a row' }).click();
      await to.getByRole('link', { name: 'Delete' }).first().click();
      await done();
      assert.equal(await label(), 'Send Mail: john@example.com');
      await node.dblclick();
      assert.equal(await row(page, 'To').getByLabel('Email').inputValue(), 'john@example.com');
      const stored = await page.evaluate(
        `(({ to, toType }) => [to, toType])(RED.nodes.filterNodes({ type: 'sendclean-send-mail' }).at(-1))`,
      );
      assert.deepEqual(stored, ['[{"email":"john@example.com","name":""}]', 'list']);
    });

    it('lets the Tab key reach every control, and a label lead to its field', async () => {
      await fillRecipients();
      await page.getByText('Options', { exact: true }).click();
      await row(page, 'Subject').locator('label').click();
      assert.equal(await page.evaluate(focusedLabel), 'Subject');
      await page.locator('#node-input-name').focus();
      const unreached = () => page.evaluate<string[]>(visit);
      for (let tabs = 0; tabs < 100 && (await unreached()).length > 0; tabs += 1)
        await page.keyboard.press('Tab');
      assert.deepEqual(await unreached(), []);
    });
  });
}
