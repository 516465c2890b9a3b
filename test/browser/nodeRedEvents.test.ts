import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser, Locator, Page } from 'playwright-core';
import type { Sandbox } from '../../sandbox/src/server';
import { startNodeRed, type FlowNode, type NodeRed } from '../hosts/nodeRed';
import { mailUnder, post, until } from '../sandbox/client';
import { callAt } from '../sandbox/settingsClient';
import { account, startSandbox } from '../support/sandbox';
import { launchBrowser } from './browser';
import { deploy, openEditor, picture } from './nodeRedPage';

const [tarball] = globSync(join(import.meta.dirname, '../../build/sendclean-nodes-node-red-sendclean-*.tgz'));

const flows = (endpoint: string): FlowNode[] => [
  { id: 'tab', type: 'tab', label: 'Reports' },
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
    id: 'debug',
    type: 'debug',
    z: 'tab',
    name: 'reports',
    x: 620,
    y: 120,
    active: true,
    tosidebar: true,
    complete: 'payload',
    targetType: 'msg',
    wires: [],
  },
];

describe('the events node in the editor of Node-RED', () => {
  let sandbox: Sandbox;
  let nodeRed: NodeRed;
  let browser: Browser;
  let page: Page;
  before(async () => {
    assert.ok(tarball, 'build/ has no tarball');
    sandbox = await startSandbox();
    const settings = { httpNodeRoot: '/flows', httpAdminRoot: '/', editorTheme: { tours: false } };
    nodeRed = await startNodeRed({ version: '5', tarball, flows: flows(sandbox.url), settings });
    browser = await launchBrowser();
    page = await openEditor(browser, nodeRed.url);
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  });
  after(async () => {
    await browser?.close();
    await nodeRed?.stop();
    await sandbox?.close();
  });

  const node = () => page.locator('.red-ui-flow-node-group', { hasText: 'Email Events' });
  const field = (name: string) => page.locator(`#node-input-${name}`);
  const address = () => page.locator('#sendclean-address');
  const note = () => page.locator('#sendclean-address-note');
  const webhooks = async () =>
    (await callAt(sandbox.url, 'settings/listWebhook')).webhook_list as { url: string; event: string }[];
  const middle = async (element: Locator) => {
    const { x, y, width, height } = (await element.boundingBox()) ?? assert.fail('nothing is shown');
    return { x: x + width / 2, y: y + height / 2 };
  };
  const drag = async (from: Locator, to: { x: number; y: number }) => {
    await from.hover();
    const { x, y } = await middle(from);
    await page.mouse.down();
    await page.mouse.move((x + to.x) / 2, (y + to.y) / 2, { steps: 10 });
    await page.mouse.move(to.x, to.y, { steps: 10 });
    await page.mouse.up();
  };
  /** Node-RED checks what was entered when the field is left. */
  const enter = async (name: string, text: string) => {
    await field(name).fill(text);
    await field(name).blur();
  };
  const close = async (button: 'ok' | 'cancel') => {
    await page.locator(`#node-dialog-${button}`).click();
    await page.locator('#node-dialog-ok').waitFor({ state: 'detached' });
  };

  it('is found in the palette as email and as events, and wired to what follows', async () => {
    const entry = page.locator('.red-ui-palette-node[data-palette-type="sendclean-events"]');
    const search = page.locator('#red-ui-palette-search input');
    const others = page.locator('.red-ui-palette-node:visible:not([data-palette-type^="sendclean-"])');
    await search.pressSequentially('events');
    await until('others are hidden', async () => (await others.count()) === 0);
    const debug = await middle(page.locator('[id="debug"]'));
    await drag(entry, { x: debug.x - 330, y: debug.y });
    await drag(
      node().locator('.red-ui-flow-port-output'),
      await middle(page.locator('[id="debug"] .red-ui-flow-port-input')),
    );
    assert.equal(await page.evaluate('RED.nodes.getNodeLinks("debug", 1).length'), 1);
    // Node-RED marks what a search leaves out.
    for (const [word, isLeftOut] of [
      ['nothing', 'true'],
      ['email', null],
    ] as const) {
      await search.fill('');
      await search.pressSequentially(word);
      await until(word, async () => (await entry.getAttribute('data-filter')) === isLeftOut);
    }
  });

  it('shows the whole address, with a path that nobody can guess, and copies it', async () => {
    await node().dblclick();
    await page.locator('#node-dialog-ok').waitFor();
    const path = await field('path').inputValue();
    assert.match(path, /^\/sendclean\/[a-z2-7]{16}$/);
    assert.equal(await address().inputValue(), `${nodeRed.url}/flows${path}`);
    assert.match(await note().innerText(), /^This is the address of this editor\./);
    await field('publicAddress').fill('https://example.com/red/');
    assert.equal(await address().inputValue(), `https://example.com/red/flows${path}`);
    assert.equal(await note().innerText(), 'Enter this address and the events in the SendClean panel.');
    await page.getByRole('button', { name: 'Copy' }).click();
    const copied = async () =>
      (await page.evaluate('navigator.clipboard.readText()')) === (await address().inputValue());
    await until('it is copied', copied);
    await close('cancel');
  });

  it('says what is missing or wrong while a person types', async () => {
    await node().dblclick();
    await page.locator('#node-dialog-ok').waitFor();
    const isWrong = async (name: string, wrong: boolean) =>
      await until(
        `${name} is ${wrong ? 'wrong' : 'right'}`,
        async () => /input-error/.test((await field(name).getAttribute('class')) ?? '') === wrong,
      );
    await isWrong('publicAddress', false);
    await field('register').check();
    await isWrong('publicAddress', true);
    for (const right of ['${PUBLIC_ADDRESS}', 'https://example.com']) {
      await enter('publicAddress', 'example.com');
      await isWrong('publicAddress', true);
      await enter('publicAddress', right);
      await isWrong('publicAddress', false);
    }
    for (const wrong of ['', '/', '/a b', '/a/../b', '/:id']) {
      await enter('path', 'reports');
      await isWrong('path', false);
      await enter('path', wrong);
      await isWrong('path', true);
    }
    await close('cancel');
  });

  it('registers the events that are chosen on deploy, and shows what happens to an email', async () => {
    await node().dblclick();
    await page.locator('#node-dialog-ok').waitFor();
    const choice = page.getByRole('group', { name: 'Events', exact: true });
    await choice.locator('.red-ui-typedInput-option-trigger').click();
    await page.locator('.red-ui-typedInput-options:visible').getByText('Sent', { exact: true }).click();
    await page.keyboard.press('Escape');
    await field('register').check();
    await enter('publicAddress', nodeRed.url);
    const url = await address().inputValue();
    assert.equal(await note().innerText(), 'This address is registered with SendClean on deploy.');
    await picture(page, 'node-red-events');
    await close('ok');
    await deploy(page);
    await node().locator('.red-ui-flow-node-status-label').filter({ hasText: 'registered' }).waitFor();
    assert.deepEqual(
      (await webhooks()).map((one) => [one.url, one.event.split(',').sort()]),
      [[url, ['click', 'hard_bounce', 'open', 'soft_bounce', 'spam']]],
    );
    const mail = mailUnder('order-1042');
    const tracked = {
      ...mail,
      message: {
        ...mail.message,
        html: '<p>Thank you</p>',
        headers: { 'X-Unique-Id': 'order-1042', 'X-STES-TRACKOPEN': 'yes' },
      },
    };
    await post(sandbox.url, 'sendMail', tracked);
    const inbox = await browser.newPage();
    await inbox.goto(`${sandbox.url}/#id=order-1042`);
    await page.keyboard.press('Control+g');
    await page.keyboard.press('d');
    await page.locator('.red-ui-debug-msg', { hasText: 'order-1042' }).first().waitFor();
    await inbox.close();
    await node().locator('.red-ui-flow-node-status-label').filter({ hasText: 'received 1' }).waitFor();
  });

  it('removes the webhook when it is deleted and that is deployed', async () => {
    await node().click();
    await page.keyboard.press('Delete');
    await node().waitFor({ state: 'detached' });
    await deploy(page);
    await until('the webhook is gone', async () => (await webhooks()).length === 0);
  });
});
