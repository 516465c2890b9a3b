/** SendClean Trigger in the oldest n8n that the package supports, which registers its webhooks anew at each start. */
import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Sandbox } from '../../sandbox/src/server';
import { call, clear, control, fault, mailUnder } from '../sandbox/client';
import { credentialFor } from '../support/n8nForm';
import { startSandbox } from '../support/sandbox';
import { prepareN8n, type N8n, type RunningN8n } from './n8n';
import { setUpOwner, signIn, type Rest } from './n8nOwner';
import { chain } from './n8nWorkflow';
import { freePort } from './process';
import { publishing } from './queueStand';
import { end, eventually, executionsOf, trigger, webhooksOf } from './triggering';

const [tarball] = globSync(join(import.meta.dirname, '../../build/n8n-nodes-sendclean-*.tgz'));

describe('SendClean Trigger in n8n 1.85', () => {
  let sandbox: Sandbox;
  let n8n: N8n;
  let running: RunningN8n;
  let rest: Rest;
  before(async () => {
    assert.ok(tarball, 'build/ has no tarball');
    sandbox = await startSandbox();
    n8n = await prepareN8n({ version: '1', tarball, env: { N8N_PORT: String(await freePort()) } });
    running = await n8n.start();
    await answersCalls();
    rest = await setUpOwner(running.url);
    await control(sandbox.url, 'webhooks/options', { gatherMs: 50 }, 'PUT');
  });
  after(async () => {
    await running?.stop();
    n8n?.remove();
    await sandbox?.close();
  });

  /** It is healthy some moments before. */
  const answersCalls = () =>
    eventually('n8n answers calls', async () => (await fetch(`${running.url}/rest/settings`)).ok);

  it('registers, starts, goes on after a restart while SendClean is down, and removes itself', async () => {
    const credential = await publishing(rest).addCredential('sandbox', credentialFor(sandbox.url));
    const { name, nodes, connections, settings } = chain('events', [end], trigger(credential));
    const workflow = { name, nodes, connections, settings, active: false };
    const { id, versionId } = (await rest('POST', 'workflows', workflow)) as {
      id: string;
      versionId: string;
    };
    await rest('PATCH', `workflows/${id}`, { active: true, versionId });
    assert.equal((await webhooksOf(sandbox.url)).length, 1);
    await call(sandbox.url, 'sendMail', mailUnder('order-1'));
    await eventually('the workflow has run', async () => (await executionsOf(rest, id)).length === 1);

    await running.stop();
    await fault(sandbox.url, { kind: 'html', path: 'settings/listWebhook', count: null });
    running = await n8n.start();
    await answersCalls();
    await eventually('n8n says so', () => running.log().includes('the webhook was not looked at again'));
    await clear(sandbox.url, 'faults');
    rest = await signIn(running.url);
    await call(sandbox.url, 'sendMail', mailUnder('order-2'));
    await eventually('it has run again', async () => (await executionsOf(rest, id)).length === 2);
    await rest('PATCH', `workflows/${id}`, { active: false });
    await eventually('the webhook is gone', async () => (await webhooksOf(sandbox.url)).length === 0);
  });
});
