import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { Sandbox } from '../../sandbox/src/server';
import { prepareN8n, type RunningN8n } from '../hosts/n8n';
import { setUpOwner, type Rest } from '../hosts/n8nOwner';
import { startSandbox } from '../support/sandbox';
import { launchBrowser } from './browser';
import { signIn } from './n8nPage';

const [tarball] = globSync(join(import.meta.dirname, '../../build/n8n-nodes-sendclean-*.tgz'));

/** n8n with the packed nodes, beside a sandbox, in a browser whose page is signed in. */
export interface N8nEditor {
  sandbox: Sandbox;
  n8n: RunningN8n;
  rest: Rest;
  browser: Browser;
  page: Page;
  /** Ends it all. */
  close(): Promise<void>;
}

/** Starts n8n, and opens its editor. What has started is ended if something else does not. */
export async function openN8nEditor(): Promise<N8nEditor> {
  assert.ok(tarball, 'build/ has no tarball');
  await using stack = new AsyncDisposableStack();
  const sandbox = stack.adopt(await startSandbox(), (one) => one.close());
  const progress = (line: string) => process.stderr.write(`${line}\n`);
  const prepared = stack.adopt(await prepareN8n({ tarball, progress }), (one) => one.remove());
  const n8n = stack.adopt(await prepared.start(), (one) => one.stop());
  const rest = await setUpOwner(n8n.url);
  const browser = stack.adopt(await launchBrowser(), (one) => one.close());
  const page = await signIn(browser, n8n.url);
  const all = stack.move();
  return { sandbox, n8n, rest, browser, page, close: () => all.disposeAsync() };
}
