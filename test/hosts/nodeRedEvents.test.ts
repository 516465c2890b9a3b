import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Sandbox } from '../../sandbox/src/server';
import { newEventsNode } from '../node-red/eventsHarness';
import { control } from '../sandbox/client';
import { callAt } from '../sandbox/settingsClient';
import { account, startSandbox } from '../support/sandbox';
import { temporaryFolder } from './cleanup';
import { startNodeRed, type FlowNode, type NodeRed } from './nodeRed';

const [tarball] = globSync(join(import.meta.dirname, '../../build/sendclean-nodes-node-red-sendclean-*.tgz'));

/** A node that has written down each event before it takes another, so that no crash can take that back. */
const witness = `module.exports = (RED) => RED.nodes.registerType('witness', function (config) {
  RED.nodes.createNode(this, config);
  this.on('input', (msg, send, done) => {
    require('fs').appendFileSync(config.file, msg.payload.raw._id + '\\n');
    done();
  });
});`;

const batch = 50;
const count = 1000;
const persistent = { default: { module: 'localfilesystem', config: { cache: false } } };

/** A Node-RED with the node, which writes down what it starts, and a sandbox that posts to it. */
class Stand implements AsyncDisposable {
  readonly #stack = new AsyncDisposableStack();
  sandbox!: Sandbox;
  nodeRed!: NodeRed;
  #file = '';

  static async start(version: '5' | '4'): Promise<Stand> {
    assert.ok(tarball, 'build/ has no tarball');
    const stand = new Stand();
    const folder = temporaryFolder('sendclean-witness-');
    stand.#stack.defer(() => folder.remove());
    writeFileSync(join(folder.path, 'witness.js'), witness);
    writeFileSync(join(folder.path, 'witness.html'), '');
    stand.#file = join(folder.path, 'started');
    stand.sandbox = stand.#stack.adopt(await startSandbox(), (running) => running.close());
    const settings = { httpNodeRoot: '/flows', nodesDir: folder.path, contextStorage: persistent };
    const options = { version, tarball, flows: [], settings: { ...settings, httpAdminRoot: '/' } };
    stand.nodeRed = stand.#stack.adopt(await startNodeRed(options), (host) => host.stop());
    return stand;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#stack.disposeAsync();
  }

  get address(): string {
    return `${this.nodeRed.url}/flows${newEventsNode.path}`;
  }

  /** Deploys as the editor does. */
  async deploy(...nodes: FlowNode[]): Promise<void> {
    const response = await fetch(`${this.nodeRed.url}/flows`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'node-red-deployment-type': 'nodes' },
      body: JSON.stringify([{ id: 'tab', type: 'tab', label: 'Reports' }, ...nodes]),
    });
    assert.equal(response.status, 204);
  }

  /** The account, the node, and what it starts. */
  flow(): FlowNode[] {
    const { owner_id: ownerId, token } = account;
    const to = { register: true, publicAddress: this.nodeRed.url, account: 'account' };
    return [
      {
        id: 'account',
        type: 'sendclean-account',
        endpoint: this.sandbox.url,
        credentials: { ownerId, token },
      },
      { ...newEventsNode, ...to, wires: [['witness']] },
      { id: 'witness', type: 'witness', z: 'tab', x: 0, y: 0, file: this.#file, wires: [] },
    ];
  }

  async control(path: string, body?: object, method?: string): Promise<unknown> {
    const response = await control(this.sandbox.url, path, body, method);
    assert.ok(response.ok, `${path}: ${response.status}`);
    const text = await response.text();
    return text ? (JSON.parse(text) as unknown) : undefined;
  }

  /** IDs of the account's webhooks with the address of the node. */
  async webhooks(): Promise<string[]> {
    const { webhook_list: list } = await callAt(this.sandbox.url, 'settings/listWebhook');
    const all = (list ?? []) as { webhook_id: string; url: string }[];
    return all.filter(({ url }) => url === this.address).map(({ webhook_id: id }) => id);
  }

  /** Deploys the flow; the ID of its webhook once it is there. */
  async register(): Promise<string> {
    await this.deploy(...this.flow());
    await until('it is registered', async () => (await this.webhooks()).length > 0);
    const [id, ...others] = await this.webhooks();
    assert.deepEqual(others, []);
    return id ?? '';
  }

  /** The IDs of the events that have started the flow, in their order. */
  started(): string[] {
    return existsSync(this.#file) ? readFileSync(this.#file, 'utf8').split('\n').slice(0, -1) : [];
  }

  /** Waits until a webhook has taken all that there is. */
  async taken(id: string): Promise<void> {
    await until('all is taken', async () => {
      const { waiting } = (await this.control(`webhooks/${id}/deliveries`)) as { waiting: number };
      return waiting === 0;
    });
  }
}

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    if (await holds()) return;
    await sleep(100);
  }
  assert.fail(`Waited in vain until ${what}`);
}

for (const version of ['5', '4'] as const)
  describe(`the events node in a real Node-RED ${version}`, () => {
    it(`starts each of ${count} events once, where answers are lost and Node-RED is killed half-way`, async () => {
      await using stand = await Stand.start(version);
      const id = await stand.register();
      await stand.control('webhooks/options', { batchSize: batch, gatherMs: 20, retryMs: 200 }, 'PUT');
      // Each fault is of one attempt: after ten batches more, one starts the flow and its answer is lost, and Node-RED is
      // killed before it comes again.
      for (const fault of [
        { kind: 'lostAnswer', count: 2 },
        { kind: 'lateAnswer', count: 2 },
        { kind: 'late', delayMs: 0, count: 10 },
        { kind: 'lostAnswer' },
        { kind: 'late', delayMs: 3000 },
      ])
        await stand.control('webhooks/faults', fault);
      await stand.control('webhooks/burst', { count });
      await until('it waits', async () => ((await stand.control('webhooks/faults')) as []).length === 0);
      const before = stand.started().length;
      assert.ok(before >= 10 * batch && before < count, `${before} have started`);
      await stand.nodeRed.crash();
      await stand.taken(id);
      const started = stand.started();
      assert.deepEqual([started.length, new Set(started).size], [count, count]);
      assert.deepEqual(await stand.webhooks(), [id]);
    });

    it('loses none where it is killed at any moment, and starts none but those of one batch twice', async () => {
      await using stand = await Stand.start(version);
      const id = await stand.register();
      await stand.control('webhooks/options', { batchSize: batch, gatherMs: 20, retryMs: 200 }, 'PUT');
      await stand.control('webhooks/burst', { count });
      await until('some have started', async () => stand.started().length >= count / 4);
      await stand.nodeRed.crash();
      await stand.taken(id);
      const started = stand.started();
      assert.equal(new Set(started).size, count);
      assert.ok(started.length <= count + batch, `${started.length} have started`);
    });

    it('removes its webhook when it is deleted, and keeps it when Node-RED restarts', async () => {
      await using stand = await Stand.start(version);
      const id = await stand.register();
      await stand.nodeRed.crash();
      await until('it is registered', async () => stand.nodeRed.log().includes('Started flows'));
      assert.equal((await fetch(stand.address)).status, 200);
      assert.deepEqual(await stand.webhooks(), [id]);
      await stand.deploy(...stand.flow().filter(({ type }) => type !== 'sendclean-events'));
      assert.deepEqual(await stand.webhooks(), []);
      assert.equal((await fetch(stand.address)).status, 404);
    });
  });
