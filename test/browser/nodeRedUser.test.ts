import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser, Locator, Page } from 'playwright-core';
import { translations } from '../../codegen/node-red/languages';
import type { Sandbox } from '../../sandbox/src/server';
import { operations } from '../../shared/generated/operations';
import { startNodeRed, type FlowNode, type NodeRed } from '../hosts/nodeRed';
import { messages, until } from '../sandbox/client';
import { connected } from '../support/account';
import { account, startSandbox } from '../support/sandbox';
import { launchBrowser } from './browser';
import {
  chooseType,
  deploy,
  dragNode,
  inject,
  openEditor,
  openMenu,
  picture,
  reload,
  row,
} from './nodeRedPage';

const [tarball] = globSync(join(import.meta.dirname, '../../build/sendclean-nodes-node-red-sendclean-*.tgz'));

const mail = { 'From Email': 'shop@example.com', To: 'jane@example.com', Subject: 'Your order' };

/** What a new user enters into each node as text, and the status that its first run leaves under the node. */
const nodes: [title: string, entries: Record<string, string>, status: RegExp][] = [
  ['Send Mail', { ...mail, HTML: '<p>Thank you</p>', 'X-Unique-ID': 'order-1042' }, /^sent 1$/],
  ['Send Template', { ...mail, 'Template ID': account.template }, /^sent 1$/],
  ['Send Template (GET)', { ...mail, 'Template ID': account.template }, /^sent 1$/],
  ['Get Message Info', { 'X-Unique-ID': 'order-1042' }, /^read 1$/],
];

/** A flow with one Inject node for each node, and no account. */
const flows: FlowNode[] = [
  { id: 'tab', type: 'tab', label: 'Orders' },
  ...nodes.map((_node, index) => ({
    id: `inject-${index}`,
    type: 'inject',
    z: 'tab',
    name: `Order ${index + 1}`,
    x: 140,
    y: 60 + 120 * index,
    props: [{ p: 'payload' }],
    repeat: '',
    once: false,
    wires: [[]],
  })),
];

function example(name: string): FlowNode[] {
  const file = join(import.meta.dirname, '../../node-red/examples', `${name}.json`);
  return JSON.parse(readFileSync(file, 'utf8')) as FlowNode[];
}

for (const version of ['5', '4'] as const) {
  describe(`a new user of Node-RED ${version}`, () => {
    let sandbox: Sandbox;
    let nodeRed: NodeRed;
    let browser: Browser;
    let page: Page;
    before(async () => {
      assert.ok(tarball, 'build/ has no tarball');
      sandbox = await startSandbox();
      const settings = { editorTheme: { tours: false } };
      nodeRed = await startNodeRed({ version, tarball, flows, settings });
      browser = await launchBrowser();
      page = await openEditor(browser, nodeRed.url);
    });
    after(async () => {
      await browser?.close();
      await nodeRed?.stop();
      await sandbox?.close();
    });

    async function openNode(node: Locator): Promise<void> {
      await node.dblclick();
      await page.locator('#node-dialog-ok').waitFor();
    }

    async function done(): Promise<void> {
      await page.locator('#node-dialog-ok').click();
      await page.locator('#node-dialog-ok').waitFor({ state: 'detached' });
    }

    async function enter(label: string, text: string): Promise<void> {
      const field = page.getByRole('group', { name: label, exact: true });
      if (!(await field.isVisible())) await page.getByText('Options', { exact: true }).click();
      await chooseType(page, label, 'string');
      await row(page, label).getByRole('textbox', { name: label }).fill(text);
    }

    /** Presses Test connection and gives what is beside it then. */
    async function testConnection(): Promise<string> {
      const said = page.locator('#sendclean-test-result');
      await page.getByRole('button', { name: 'Test connection' }).click();
      await said.and(page.locator('.ok, .failed')).waitFor();
      return (await said.textContent()) ?? '';
    }

    it('adds an account and tests it, with the wrong token and with the right one', async () => {
      const node = await dragNode(page, 'Send Mail', 'inject-0');
      await openNode(node);
      await page.locator('#node-input-btn-account-add').click();
      const field = (name: string) => page.locator(`#node-config-input-${name}`);
      await field('name').fill('Shop');
      await field('ownerId').fill(account.owner_id);
      await field('token').fill('wrong-token');
      await field('smtpUser').fill(account.smtpUser);
      await field('endpoint').fill(sandbox.url);
      assert.match(await testConnection(), /^SendClean refused the call: Token MissMatch/);
      await field('token').fill(account.token);
      assert.match(await testConnection(), connected);
      if (version === '5') await picture(page, 'node-red-test-connection');
      assert.deepEqual(await messages(sandbox.url), [], 'a test sends nothing');
      await page.locator('#node-config-dialog-ok').click();
      await done();
    });

    it('drags each node in, fills its form, deploys, injects and reads the status', async () => {
      const placed: Locator[] = [];
      for (const [index, [title, entries]] of nodes.entries()) {
        const isFirst = index === 0;
        const node = isFirst
          ? page.locator('.red-ui-flow-node-group', { hasText: title }).last()
          : await dragNode(page, title, `inject-${index}`);
        await openNode(node);
        for (const [label, text] of Object.entries(entries)) await enter(label, text);
        await done();
        placed.push(page.locator(`[id="${await node.getAttribute('id')}"]`));
      }
      await deploy(page);
      for (const [index, [, , status]] of nodes.entries()) {
        await inject(page, `inject-${index}`);
        const shown = placed[index]?.locator('.red-ui-flow-node-status-label');
        await shown?.filter({ hasText: status }).waitFor();
      }
      assert.equal((await messages(sandbox.url)).length, 3);
      if (version === '5') await picture(page, 'node-red-status');
    });

    it('moves the account to another address, and enters the token again for it', async () => {
      await using stack = new AsyncDisposableStack();
      const other = stack.adopt(await startSandbox(), (running) => running.close());
      await openNode(page.locator('.red-ui-flow-node-group', { hasText: 'Send Mail' }).last());
      await page.locator('#node-input-btn-account-edit').click();
      const field = (name: string) => page.locator(`#node-config-input-${name}`);
      await field('endpoint').fill(other.url);
      await page.getByText('The stored token was entered for another address.').waitFor();
      assert.equal(await field('token').inputValue(), '');
      await field('token').fill(account.token);
      assert.match(await testConnection(), connected);
      await page.locator('#node-config-dialog-ok').click();
      await done();
      await deploy(page);
      await inject(page, 'inject-0');
      await until('the email has arrived', async () => (await messages(other.url)).length === 1);
    });

    it('imports an example from the menu', async () => {
      await openMenu(page, 'Import');
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('link', { name: 'Examples' }).click();
      await dialog.getByText('@sendclean-nodes/node-red-sendclean').click();
      await dialog.getByText('attach-a-file').click();
      if (version === '5') await picture(page, 'node-red-examples');
      await dialog.getByRole('button', { name: 'Import', exact: true }).click();
      await dialog.waitFor({ state: 'hidden' });
      const names = example('attach-a-file').flatMap(({ z, name }) => (z && name ? [name] : []));
      assert.ok(names.length > 0);
      // The dialog is gone before the nodes are there.
      const placed = 'RED.nodes.createCompleteNodeSet().map(({ name }) => name)';
      await page.waitForFunction(
        `((placed) => ${JSON.stringify(names)}.every((name) => placed.includes(name)))(${placed})`,
      );
    });

    it('switches the editor to German', async () => {
      const texts = new Map(Object.values(translations('de')).map(({ source, target }) => [source, target]));
      const translate = (text: string) => texts.get(text) ?? assert.fail(`“${text}” is not translated`);
      await openMenu(page, 'Settings');
      await page.locator('#user-settings-editor-language').selectOption('de');
      await done();
      await reload(page);
      await page.locator(`.red-ui-palette-node[data-palette-label="${translate('Send Mail')}"]`).waitFor();
      const help = await page.evaluate<string>(`RED.nodes.getNodeHelp('sendclean-send-mail')`);
      assert.ok(help.includes(translate(operations.sendMail.description)), help);
      const node = page.locator('.red-ui-flow-node-group', {
        hasText: `${translate('Send Mail')}: Your order`,
      });
      await openNode(node);
      for (const label of ['Subject', 'From Email', 'Attachments'])
        await page.getByRole('group', { name: translate(label), exact: true }).waitFor();
      await page.getByText(translate('Options'), { exact: true }).click();
      await page
        .getByText(translate('Whether to record when the email is opened'))
        .waitFor({ state: 'attached' });
      if (version === '5') await picture(page, 'node-red-german');
      await done();
    });
  });
}
