import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';

import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import type { Sandbox } from '../../sandbox/src/server';
import { prepareN8n, type N8n, type RunningN8n } from '../hosts/n8n';
import { setUpOwner, type Rest } from '../hosts/n8nOwner';
import { chain, sendClean, webhook } from '../hosts/n8nWorkflow';
import { onceThere } from '../hosts/orders';
import { publishing } from '../hosts/queueStand';
import { messages } from '../sandbox/client';
import { credentialFor, emailForm } from '../support/n8nForm';
import { startPackageRegistry, type PackageRegistry } from '../support/packageRegistry';
import { startRegistryFront, type RegistryFront } from '../support/registryFront';
import { startSandbox } from '../support/sandbox';
import { manifest } from '../support/tarball';
import { launchBrowser } from './browser';
import { signIn } from './n8nPage';

const pack = 'n8n-nodes-sendclean';
const older = '0.0.1';

describe('the package in n8n, installed by click', () => {
  let sandbox: Sandbox;
  let registry: PackageRegistry;
  let front: RegistryFront;
  let n8n: N8n;
  let running: RunningN8n;
  let rest: Rest;
  let browser: Browser;
  let page: Page;
  before(async () => {
    sandbox = await startSandbox();
    registry = await startPackageRegistry(pack, [older, manifest.version], []);
    front = await startRegistryFront(registry.url);
    n8n = await prepareN8n({ env: { ...front.env, N8N_UNVERIFIED_PACKAGES_ENABLED: 'true' } });
    running = await n8n.start();
    rest = await setUpOwner(running.url);
    browser = await launchBrowser();
    page = await signIn(browser, running.url);
  });
  after(async () => {
    await browser?.close();
    await running?.stop();
    n8n?.remove();
    front?.close();
    registry?.close();
    await sandbox?.close();
  });

  const card = () => page.getByTestId('community-package-card').filter({ hasText: pack });
  const dialog = (name: string) => page.getByTestId(`${name}-modal`);

  /** The version that is in n8n's folder, if there is one. */
  function installed(): string | undefined {
    const file = join(n8n.userFolder, '.n8n/nodes/node_modules', pack, 'package.json');
    if (!existsSync(file)) return undefined;
    return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
  }

  async function install(version: string): Promise<void> {
    await page.goto('/settings/community-nodes');
    const button = (name: string) => page.getByRole('button', { name, exact: true });
    await button('Install a community node').or(button('Install')).click();
    const form = dialog('communityPackageInstall');
    await form.locator('input[type=text]').fill(pack);
    await form.getByTestId('user-agreement-checkbox').click();
    await form.getByTestId('install-community-package-button').click();
    await card().getByText(`v${version}`).waitFor({ timeout: 60_000 });
  }

  async function update(): Promise<void> {
    await card().getByRole('button', { name: 'Update', exact: true }).click();
    await dialog('communityPackageManageConfirm').getByRole('button', { name: 'Confirm update' }).click();
  }

  const post = () => fetch(`${running.url}/webhook/order`, { method: 'POST' });
  const statusOf = async (response: Response) =>
    ((await response.json()) as { status?: string }[])[0]?.status;
  const send = async () => await statusOf(await post());

  it('is installed, and a workflow sends with it at once', { timeout: 120_000 }, async () => {
    await install(older);
    assert.equal(installed(), older);
    const { addCredential, publish } = publishing(rest);
    const credential = await addCredential('sandbox', credentialFor(sandbox.url));
    await publish(chain('order', [sendClean('Send', emailForm, credential)], webhook('order')));
    assert.equal(await statusOf(await onceThere(post)), 'success');
  });

  it(
    'is updated while executions are on their way, and none of them fails',
    { timeout: 120_000 },
    async (t) => {
      registry.publish(manifest.version);
      await page.reload();
      const before = (await messages(sandbox.url)).length;
      let isOver = false;
      const outcomes: (string | undefined)[] = [];
      const sendAll = async () => {
        while (!isOver) {
          outcomes.push(await send().catch(String));
          await sleep(20);
        }
      };
      const sending = Promise.all([sendAll(), sendAll()]);
      try {
        await update();
        await card().getByText(`v${manifest.version}`).waitFor({ timeout: 60_000 });
      } finally {
        isOver = true;
        await sending;
      }
      assert.equal(installed(), manifest.version);
      t.diagnostic(`${outcomes.length} executions during the update`);
      assert.ok(outcomes.length > 10, `${outcomes.length} executions`);
      assert.deepEqual(
        outcomes.filter((status) => status !== 'success'),
        [],
      );
      assert.equal((await messages(sandbox.url)).length - before, outcomes.length);
    },
  );

  it('leaves workflow and credential whole over a restart', { timeout: 120_000 }, async () => {
    await running.stop();
    running = await n8n.start();
    page = await signIn(browser, running.url);
    assert.equal(await statusOf(await onceThere(post)), 'success');
  });

  it('is removed, and the workflow sends again once it is back', { timeout: 120_000 }, async () => {
    await page.goto('/settings/community-nodes');
    await card().getByTestId('action-toggle').click();
    await page.getByTestId('action-uninstall').click();
    await dialog('communityPackageManageConfirm')
      .getByRole('button', { name: /uninstall/i })
      .click();
    await card().waitFor({ state: 'detached', timeout: 60_000 });
    assert.equal(installed(), undefined);
    await install(manifest.version);
    assert.equal(await statusOf(await onceThere(post)), 'success');
  });

  it('stays as it is where an update cannot be loaded', { timeout: 120_000 }, async () => {
    registry.publish('9.9.9');
    await page.reload();
    await update();
    await page.getByText('Problem updating package').waitFor({ timeout: 60_000 });
    assert.equal(installed(), manifest.version);
    assert.equal(await send(), 'success');
  });
});
