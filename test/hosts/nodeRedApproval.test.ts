/** The example flow that asks by email, in a real Node-RED: its link, its page, and what goes on. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import type { Sandbox } from '../../sandbox/src/server';
import { findings } from '../browser/axe';
import { launchBrowser } from '../browser/browser';
import { clear, message, messages, until } from '../sandbox/client';
import { account, startSandbox } from '../support/sandbox';
import { startNodeRed, type FlowNode, type NodeRed } from './nodeRed';

const [tarball] = globSync(join(import.meta.dirname, '../../build/sendclean-nodes-node-red-sendclean-*.tgz'));
const example = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../node-red/examples/approve-by-email.json'), 'utf8'),
) as FlowNode[];

/** The flow as a person completes it, with nodes that tell at `/outcomes` what has come of its questions. */
function completed(endpoint: string): FlowNode[] {
  const { owner_id: ownerId, token } = account;
  const tab = example[0]?.id;
  const at = { z: tab, x: 0, y: 0 };
  const note = "flow.set('outcomes', [...(flow.get('outcomes') ?? []), msg.payload]);\nreturn null;";
  const heard = ['answered', 'nobody answered'];
  const debugs = example.filter(({ name }) => heard.includes(String(name))).map(({ id }) => id);
  const own = example.map((node) => {
    if (node.type === 'sendclean-account') return { ...node, endpoint, credentials: { ownerId, token } };
    // Three days are as long as four seconds.
    if (node.type === 'delay') return { ...node, timeout: '4', timeoutUnits: 'seconds' };
    const wires = (node.wires as string[][] | undefined)?.map((to) =>
      to.some((id) => debugs.includes(id)) ? [...to, 'note'] : to,
    );
    return wires ? { ...node, wires } : node;
  });
  return [
    ...own,
    { id: 'note', type: 'function', ...at, func: note, wires: [] },
    { id: 'ask-outcomes', type: 'http in', ...at, url: '/outcomes', method: 'get', wires: [['tell']] },
    {
      id: 'tell',
      type: 'function',
      ...at,
      func: "msg.payload = flow.get('outcomes') ?? [];\nflow.set('outcomes', []);\nreturn msg;",
      wires: [['told']],
    },
    { id: 'told', type: 'http response', ...at, wires: [] },
  ];
}

describe('the example flow that asks by email, in a real Node-RED', () => {
  let sandbox: Sandbox;
  let nodeRed: NodeRed;
  let browser: Browser;
  before(async () => {
    assert.ok(tarball, 'build/ has no tarball');
    sandbox = await startSandbox();
    nodeRed = await startNodeRed({ version: '5', tarball, flows: completed(sandbox.url) });
    browser = await launchBrowser();
  });
  after(async () => {
    await browser?.close();
    await nodeRed?.stop();
    await sandbox?.close();
  });
  beforeEach(async () => {
    await clear(sandbox.url, 'messages');
    await outcomes();
  });

  const outcomes = async () => (await (await fetch(`${nodeRed.url}/outcomes`)).json()) as object[];
  const post = (url: string, decision: string) =>
    fetch(url, { method: 'POST', body: new URLSearchParams({ decision }) });

  /** Has the flow ask, and gives the address of the page. */
  async function ask(): Promise<string> {
    const inject = example.find(({ type }) => type === 'inject')?.id ?? '';
    const pressed = await fetch(`${nodeRed.url}/inject/${inject}`, { method: 'POST' });
    assert.equal(pressed.status, 200);
    await until('the email arrived', async () => (await messages(sandbox.url)).length === 1);
    const [summary] = await messages(sandbox.url);
    const { html } = await message(sandbox.url, summary?.id ?? 0);
    const [, href = ''] = /<a href="([^"]+)"/.exec(html ?? '') ?? [];
    const { pathname, search } = new URL(href.replaceAll('&amp;', '&'));
    return `${nodeRed.url}${pathname}${search}`;
  }

  it('goes on once the reader approves on the page, and not because the link is opened', async () => {
    const url = await ask();
    for (const method of ['GET', 'HEAD', 'GET', 'HEAD', 'GET', 'HEAD'])
      assert.equal((await fetch(url, { method })).status, 200);
    await fetch(`${url}&decision=approve`);
    assert.deepEqual(await outcomes(), []);
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(url);
    assert.equal(await page.locator('h1').textContent(), 'Order 1042');
    await page.getByRole('button', { name: 'Approve' }).press('Enter');
    await page.getByText('Your answer has been recorded').waitFor();
    assert.deepEqual(await outcomes(), [{ approved: true, title: 'Order 1042' }]);
    const again = await post(url, 'decline');
    assert.deepEqual([again.status, /This has been answered/.test(await again.text())], [409, true]);
    assert.deepEqual(await outcomes(), []);
    await context.close();
  });

  it('takes a decline, and refuses links and answers that are none', async () => {
    const url = await ask();
    for (const wrong of [
      `${url.slice(0, -4)}0000`,
      url.slice(0, -4),
      url.replace(/id=[^&]+/, 'id=__proto__'),
    ])
      assert.equal((await post(wrong, 'approve')).status, 401);
    assert.equal((await post(url, 'maybe')).status, 422);
    assert.deepEqual(await outcomes(), []);
    assert.equal((await post(url, 'decline')).status, 200);
    assert.deepEqual(await outcomes(), [{ approved: false, title: 'Order 1042' }]);
  });

  it('goes on without an answer when the time is up, and says so to who comes later', async () => {
    const url = await ask();
    const all: object[] = [];
    await until('the time is up', async () => all.push(...(await outcomes())) > 0);
    assert.deepEqual(all, [{ title: 'Order 1042', approved: null }]);
    const late = await post(url, 'approve');
    assert.deepEqual([late.status, /Nobody waits for it any more/.test(await late.text())], [410, true]);
    assert.deepEqual(await outcomes(), []);
  });

  it('has a page that anybody can use and on which nothing runs', async () => {
    const url = await ask();
    const policy = (await fetch(url)).headers.get('content-security-policy') ?? '';
    assert.match(policy, /^default-src 'none'; style-src 'sha256-[\w+/]+='; form-action 'self'/);
    for (const colorScheme of ['light', 'dark'] as const) {
      const context = await browser.newContext({ colorScheme, viewport: { width: 360, height: 640 } });
      const page = await context.newPage();
      await page.goto(url);
      assert.deepEqual(await findings(page), []);
      await context.close();
    }
  });
});
