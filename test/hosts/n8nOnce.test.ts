import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Sandbox } from '../../sandbox/src/server';
import { operations } from '../../shared/generated/operations';
import { clear, fault, messages } from '../sandbox/client';
import { credentialFor, emailForm } from '../support/n8nForm';
import { startSandbox } from '../support/sandbox';
import { prepareN8n, type N8n, type RunningN8n } from './n8n';
import { setUpOwner } from './n8nOwner';
import { chain, sendClean } from './n8nWorkflow';
import { ordersWorkflow, place, skipped, type Order } from './orders';
import { publishing } from './queueStand';

const [tarball] = globSync(join(import.meta.dirname, '../../build/n8n-nodes-sendclean-*.tgz'));

/** The same order, placed many times. */
const same = (id: number, count = 26): Order[] => Array.from({ length: count }, () => ({ id }));

describe('the packed node in a real n8n, for emails of one X-Unique-Id and recipient', () => {
  let sandbox: Sandbox;
  let limited: Sandbox;
  let n8n: N8n;
  let running: RunningN8n;
  let url: string;
  before(async () => {
    assert.ok(tarball, 'build/ has no tarball');
    sandbox = await startSandbox();
    limited = await startSandbox({ rateLimit: 5 });
    n8n = await prepareN8n({ tarball });
  });
  after(async () => {
    await running?.stop();
    n8n?.remove();
    await sandbox?.close();
    await limited?.close();
  });
  beforeEach(async () => {
    await clear(sandbox.url, 'messages', 'faults');
  });

  it('says of 8 items at a rate limit of 5 which were sent, and how to go on', async () => {
    await n8n.importCredentials([
      { id: 'limited', name: 'limited', type: 'sendCleanApi', data: credentialFor(limited.url) },
    ]);
    const jsCode =
      'return Array.from({ length: 8 }, (_, index) => ({ json: { to: `jane${index + 1}@example.com` } }));';
    const mail = {
      ...emailForm,
      to: '={{ $json.to }}',
      emailFormat: 'text',
      text: 'Hi',
      options: { attempts: 1, atOnce: 1 },
    };
    await n8n.importWorkflow(
      chain('stopped', [
        { name: 'Items', type: 'n8n-nodes-base.code', typeVersion: 2, parameters: { jsCode } },
        sendClean('Send Mail', mail, 'limited'),
      ]),
    );
    const { data } = await n8n.execute('stopped');
    const { message = '', description = '' } = { ...data.resultData.error } as Record<string, string>;
    assert.match(message, / \(5 of 8 emails were sent\)$/);
    assert.match(
      description,
      /^Items 5–7 were not sent\. Items 0–4 were already sent: running all of them again/,
    );
    assert.doesNotMatch(description, /safe to run/);
    assert.equal((await messages(limited.url)).length, 5);
  });

  it('sends one for 26 items', async () => {
    running = await n8n.start();
    const { addCredential, publish } = publishing(await setUpOwner(running.url));
    const credential = await addCredential('sandbox', credentialFor(sandbox.url));
    await publish(ordersWorkflow('once', credential, { skipSent: true }));
    url = `${running.url}/webhook/once`;
    await fault(sandbox.url, { kind: 'delay', path: operations.sendMail.path, delayMs: 300, count: null });
    const { status, results } = await place(url, same(1));
    assert.deepEqual([status, results.length, skipped(results)], [200, 26, 25]);
    assert.equal((await messages(sandbox.url)).length, 1);
  });

  it('sends one for two executions that overlap', async () => {
    await fault(sandbox.url, { kind: 'delay', path: operations.sendMail.path, delayMs: 1000, count: null });
    const answers = await Promise.all([place(url, same(2)), place(url, same(2))]);
    assert.deepEqual(answers.map(({ results }) => skipped(results)).sort(), [25, 26]);
    assert.equal((await messages(sandbox.url)).length, 1);
  });
});
