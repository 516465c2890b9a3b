import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import type { Sandbox } from '../../sandbox/src/server';
import { operations } from '../../shared/generated/operations';
import { startNodeRed, type NodeRed } from '../hosts/nodeRed';
import { orderFlow } from '../hosts/nodeRedOrders';
import { messages } from '../sandbox/client';
import { startPackageRegistry, type PackageRegistry } from '../support/packageRegistry';
import { startSandbox } from '../support/sandbox';
import { manifest } from '../support/tarball';
import { launchBrowser } from './browser';
import { openEditor, openMenu } from './nodeRedPage';

const pack = '@sendclean-nodes/node-red-sendclean';
const older = '0.0.9';

describe('the palette manager of Node-RED', () => {
  let registry: PackageRegistry;
  let sandbox: Sandbox;
  let nodeRed: NodeRed;
  let browser: Browser;
  let page: Page;
  before(async () => {
    const types = Object.values(operations).map(({ hosts }) => hosts.nodeRed.type);
    const versions = [older, manifest.version];
    registry = await startPackageRegistry('sendclean-nodes-node-red-sendclean', versions, types);
    sandbox = await startSandbox();
    const palette = { catalogues: [registry.catalogue] };
    const settings = { editorTheme: { tours: false, palette } };
    const env = { npm_config_registry: registry.url };
    nodeRed = await startNodeRed({ version: '5', flows: [], settings, env });
    browser = await launchBrowser();
    page = await openEditor(browser, nodeRed.url);
  });
  after(async () => {
    await browser?.close();
    await nodeRed?.stop();
    await sandbox?.close();
    registry?.close();
  });

  const dialog = () => page.locator('#red-ui-settings-tab-palette');
  const entry = () => page.locator('.red-ui-palette-node[data-palette-type="sendclean-send-mail"]');

  /** Opens a tab of the palette manager. */
  async function openPalette(tab: 'Nodes' | 'Install'): Promise<void> {
    await openMenu(page, 'Manage palette');
    await dialog().getByText(tab, { exact: true }).first().click();
  }

  async function closePalette(): Promise<void> {
    await page.locator('#node-dialog-ok').click();
    await dialog().waitFor({ state: 'hidden' });
  }

  /** Presses a button of our package, and says yes where Node-RED asks. */
  async function press(button: RegExp, yes: string): Promise<void> {
    const row = dialog().locator('.red-ui-editableList-item-content', { hasText: pack });
    await row.getByText(button).filter({ visible: true }).first().click();
    await page.locator('.red-ui-notification').getByRole('button', { name: yes, exact: true }).click();
  }

  async function install(): Promise<void> {
    await openPalette('Install');
    await dialog().locator('input[type="text"]').last().fill('sendclean');
    await press(/^install$/i, 'Install');
    await entry().waitFor({ timeout: 60_000 });
    await closePalette();
  }

  function installed(): string {
    const file = join(nodeRed.userDir, 'node_modules', pack, 'package.json');
    return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
  }

  /** Deploys flows as another editor does. */
  async function deploy(flows: readonly object[]): Promise<void> {
    const response = await fetch(`${nodeRed.url}/flows`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(flows),
    });
    assert.equal(response.status, 204);
    await sleep(500);
  }

  const send = async () => {
    const response = await fetch(`${nodeRed.url}/order`, { method: 'POST' });
    return ((await response.json()) as { status?: string }).status;
  };

  it('installs the nodes, which send at once', { timeout: 90_000 }, async () => {
    await install();
    assert.equal(installed(), older);
    await deploy(orderFlow({ endpoint: sandbox.url }));
    assert.equal(await send(), 'success');
  });

  it(
    'updates them while messages are on their way, and none of them fails',
    { timeout: 90_000 },
    async () => {
      registry.publish(manifest.version);
      await page.reload();
      let isOver = false;
      const outcomes: (string | undefined)[] = [];
      const sendAll = async () => {
        while (!isOver) {
          outcomes.push(await send().catch(String));
          await sleep(20);
        }
      };
      const sending = sendAll();
      try {
        await openPalette('Nodes');
        await press(new RegExp(`^update to ${manifest.version}$`, 'i'), 'Update');
        const updated = dialog().getByText(/^updated$/i);
        await updated.waitFor({ timeout: 60_000 });
      } finally {
        isOver = true;
        await sending;
      }
      await closePalette();
      assert.equal(installed(), manifest.version);
      assert.ok(outcomes.length > 50, `${outcomes.length} messages`);
      assert.deepEqual(
        outcomes.filter((status) => status !== 'success'),
        [],
      );
    },
  );

  it('leaves flows and accounts whole over the restart that an update needs', async () => {
    await nodeRed.crash();
    assert.equal(await send(), 'success');
  });

  it(
    'removes them once no flow uses them, and they send again once they are back',
    { timeout: 90_000 },
    async () => {
      await deploy([]);
      await page.reload();
      await openPalette('Nodes');
      await press(/^remove$/i, 'Remove');
      await entry().waitFor({ state: 'detached', timeout: 60_000 });
      await page.reload();
      await install();
      await deploy(orderFlow({ endpoint: sandbox.url }));
      const known = (await messages(sandbox.url)).length;
      assert.equal(await send(), 'success');
      assert.equal((await messages(sandbox.url)).length, known + 1);
    },
  );
});
