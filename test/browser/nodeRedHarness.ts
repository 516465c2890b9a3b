import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before } from 'node:test';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { OperationName } from '../../shared/generated/types';
import { startRuntime, type Runtime } from '../support/nodeRed';
import { flowOf, ids, type AccountSettings, type Typed } from '../support/nodeRedFlow';
import { launchBrowser } from './browser';

/** An address of the account at which nothing has to listen. */
export const endpoint = 'http://127.0.0.1:8025';

/** Node-RED with its editor, and a browser, for the tests of a file. */
export function useEditor() {
  let server: Server | undefined;
  let runtime: Runtime | undefined;
  let browser: Browser | undefined;
  before(async () => {
    server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server?.once('listening', resolve));
    runtime = await startRuntime({ flows: [], server });
    browser = await launchBrowser();
  });
  after(async () => {
    await browser?.close();
    await runtime?.stop();
    server?.closeAllConnections();
    server?.close();
  });
  const red = () => runtime ?? assert.fail('Node-RED has not started');
  const address = () => `http://127.0.0.1:${(server?.address() as AddressInfo).port}/`;
  const newPage = (options?: BrowserContextOptions) =>
    (browser ?? assert.fail('the browser has not started')).newPage(options);
  return {
    runtime: red,
    address,
    newPage,
    /** The editor with the form of an operation's node open. */
    async openForm(
      name: OperationName,
      inputs: Record<string, Typed> = {},
      account: AccountSettings = {},
    ): Promise<Page> {
      const flow = flowOf(name, { endpoint, ...account }, inputs);
      await red().deploy({
        ...flow,
        flows: flow.flows.map((node) => ('x' in node ? { ...node, x: 300, y: 300 } : node)),
      });
      const page = await newPage({ viewport: { width: 1280, height: 1000 } });
      page.setDefaultTimeout(20_000);
      await page.goto(address());
      await page.waitForFunction(
        `RED.nodes && RED.nodes.node('${ids.node}') && $('#red-ui-loading-progress').is(':hidden')`,
      );
      await page.evaluate(`RED.editor.edit(RED.nodes.node('${ids.node}'))`);
      await page.locator('#node-dialog-ok').waitFor();
      return page;
    },
  };
}
