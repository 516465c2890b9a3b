/** SendClean Trigger in n8n's queue mode behind a path prefix: webhooks in a process of their own, workflows in a worker. */
import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Sandbox } from '../../sandbox/src/server';
import { control } from '../sandbox/client';
import { credentialFor } from '../support/n8nForm';
import { startSandbox } from '../support/sandbox';
import { chain } from './n8nWorkflow';
import { freePort } from './process';
import { startQueueStand, type QueueStand } from './queueStand';
import { burstNumbers, end, eventually, executionsOf, trigger, waitingFor, webhooksOf } from './triggering';

const [tarball] = globSync(join(import.meta.dirname, '../../build/n8n-nodes-sendclean-*.tgz'));

const prefix = '/automation';

/** Passes on what comes below the prefix, as an operator's proxy does. */
async function startProxy(port: number, to: () => string): Promise<Server> {
  const server = createServer((incoming, outgoing) => {
    const path = incoming.url ?? '';
    if (!path.startsWith(`${prefix}/`)) return void outgoing.writeHead(404).end();
    const { method, headers } = incoming;
    const target = new URL(path.slice(prefix.length), to());
    const passed = request(target, { method, headers, agent: false }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    passed.on('error', () => outgoing.destroy());
    incoming.pipe(passed);
  });
  await new Promise<void>((resolve) => void server.listen(port, '127.0.0.1', resolve));
  return server;
}

describe('SendClean Trigger in n8n’s queue mode', () => {
  let sandbox: Sandbox;
  let stand: QueueStand;
  let proxy: Server;
  let credential: string;
  let outside: string;
  before(async () => {
    assert.ok(tarball, 'build/ has no tarball');
    sandbox = await startSandbox();
    const port = await freePort();
    outside = `http://127.0.0.1:${port}${prefix}/`;
    stand = await startQueueStand(tarball, { WEBHOOK_URL: outside });
    const [webhooks] = await Promise.all([stand.startWebhooks(), stand.startWorker(5)]);
    proxy = await startProxy(port, () => webhooks.url);
    credential = await stand.addCredential('sandbox', credentialFor(sandbox.url));
    await control(sandbox.url, 'webhooks/options', { gatherMs: 50, retryMs: 200 }, 'PUT');
  });
  after(async () => {
    proxy?.close();
    proxy?.closeAllConnections();
    await stand?.stop();
    await sandbox?.close();
  });

  it('registers its address outside, and starts once with each event though batches come twice', async () => {
    const id = await stand.publish(chain('events', [end], trigger(credential)));
    await eventually('there is a webhook', async () => (await webhooksOf(sandbox.url)).length === 1);
    const [{ url, webhook_id: webhookId, key } = { url: '', webhook_id: '', key: '' }] = await webhooksOf(
      sandbox.url,
    );
    assert.ok(url.startsWith(`${outside}webhook/`), url);
    for (const kind of ['lostAnswer', 'lateAnswer'])
      await control(sandbox.url, 'webhooks/faults', { kind, count: 2 });
    await control(sandbox.url, 'webhooks/burst', { count: 500 });
    await eventually('all batches were taken', async () => (await waitingFor(sandbox.url, webhookId)) === 0);
    await eventually('all have run', async () =>
      (await executionsOf(stand.rest, id)).every(({ status }) => status === 'success'),
    );
    const all = await executionsOf(stand.rest, id);
    const numbers = burstNumbers(all);
    assert.deepEqual([numbers.length, new Set(numbers).size], [500, 500]);
    assert.ok(all.every(({ text }) => !text.includes(key)));
    await stand.unpublish(id);
    await eventually('the webhook is gone', async () => (await webhooksOf(sandbox.url)).length === 0);
  });
});
