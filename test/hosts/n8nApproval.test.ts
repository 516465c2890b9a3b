/** The example workflow that asks by email, in a real n8n: what its reader answers, and what goes on. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Sandbox } from '../../sandbox/src/server';
import { clear, message, messages } from '../sandbox/client';
import { credentialFor } from '../support/n8nForm';
import { startSandbox } from '../support/sandbox';
import { prepareN8n, type N8n, type N8nWorkflow, type RunningN8n } from './n8n';
import type { WorkflowNode } from './n8nWorkflow';
import { post, questionIn, whatComes } from './waiting';

const [tarball] = globSync(join(import.meta.dirname, '../../build/n8n-nodes-sendclean-*.tgz'));
const example = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../examples/n8n/approve-by-email.json'), 'utf8'),
) as Omit<N8nWorkflow, 'nodes'> & { name: string; connections: object; nodes: WorkflowNode[] };

interface Asked {
  /** Of the page that the question opens. */
  url: string;
  /** Subject and recipient of the email that comes after the question. */
  next: () => Promise<(string | undefined)[]>;
}

describe('the example workflow that asks by email, in a real n8n', () => {
  let sandbox: Sandbox;
  let n8n: N8n;
  let running: RunningN8n | undefined;
  before(async () => {
    assert.ok(tarball, 'build/ has no tarball');
    sandbox = await startSandbox();
    n8n = await prepareN8n({ tarball });
    const data = credentialFor(sandbox.url);
    await n8n.importCredentials([{ id: 'sandbox', name: 'SendClean account', type: 'sendCleanApi', data }]);
  });
  after(async () => {
    await running?.stop();
    n8n?.remove();
    await sandbox?.close();
  });
  beforeEach(async () => {
    await running?.stop();
    running = undefined;
    await clear(sandbox.url, 'messages', 'faults');
  });

  /** Runs the example as a person completes it, with changes of its question, until it waits. */
  async function ask(id: string, changes: object = {}): Promise<Asked> {
    const nodes = example.nodes.map((node) => ({
      ...node,
      ...('credentials' in node && {
        credentials: { sendCleanApi: { id: 'sandbox', name: 'SendClean account' } },
      }),
      ...(node.name === 'Ask the Manager' && { parameters: { ...(node.parameters as object), ...changes } }),
    }));
    await n8n.importWorkflow({ ...example, id, nodes });
    const { status } = await n8n.execute(id);
    assert.equal(status, 'waiting');
    const started = await n8n.start();
    running = started;
    const { url } = await questionIn(sandbox.url, started.url);
    const answer = async () => (await messages(sandbox.url))[1];
    return {
      url,
      next: async () => {
        const { id: found } = await whatComes(answer, () => started, 120_000);
        const { subject, recipients } = await message(sandbox.url, found);
        return [subject, recipients[0]?.email];
      },
    };
  }

  it('tells the customer once the manager has approved', async () => {
    const { url, next } = await ask('approved');
    assert.match(await (await fetch(url)).text(), /jane@example\.com has ordered goods for 900 EUR/);
    assert.equal((await post(url, { decision: 'approve' })).status, 200);
    assert.deepEqual(await next(), ['Your order 1042 is on its way', 'jane@example.com']);
  });

  it('apologizes to the customer once the manager has declined', async () => {
    const { url, next } = await ask('declined');
    assert.equal((await post(url, { decision: 'decline' })).status, 200);
    assert.deepEqual(await next(), ['Your order 1042', 'jane@example.com']);
  });

  it('tells the team when nobody has answered in time', async () => {
    const values = { limitType: 'afterTimeInterval', resumeAmount: 0.2, resumeUnit: 'minutes' };
    const { next } = await ask('unanswered', { options: { limitWaitTime: { values } } });
    assert.deepEqual(await next(), ['No answer about order 1042', 'support@example.com']);
  });
});
