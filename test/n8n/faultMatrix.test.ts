import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { operations } from '../../shared/generated/operations';
import type { OperationName } from '../../shared/generated/types';
import type { Sandbox } from '../../sandbox/src/server';
import { control, messages } from '../sandbox/client';
import {
  documentedMatrix,
  endpointOf,
  fillMatrix,
  prepareSandbox,
  startEndless,
  toldAnywhere,
  type Cell,
  type Fault,
} from '../support/faultMatrix';
import { removeEngine, runNode } from '../support/n8nEngine';
import { credentialFor } from '../support/n8nForm';
import { startSandbox } from '../support/sandbox';

const form = {
  fromEmail: 'shop@example.com',
  to: 'jane@example.com',
  subject: 'Order',
  html: '<p>Thanks</p>',
  templateId: 'welcome',
  xUniqueId: 'order-1042',
};

/** What n8n does not tell, or does in another way than Node-RED: it has no bound for an answer but the time. */
const differs = /^\| endless answer /;

describe('every fault, with every operation, in n8n', () => {
  let sandbox: Sandbox;
  let endless: Awaited<ReturnType<typeof startEndless>>;
  before(async () => {
    sandbox = await startSandbox();
    endless = await startEndless();
  });
  after(async () => {
    endless.stop();
    await sandbox.close();
    await removeEngine();
  });

  /** Makes one call under a fault, with two attempts at most. */
  async function cellOf(name: OperationName, fault: Fault): Promise<Cell> {
    await prepareSandbox(sandbox.url, fault);
    const { resource, effect } = operations[name];
    const { error } = await runNode({
      parameters: { ...form, resource, operation: name, options: { attempts: 2, timeout: 2 } },
      credential: { ...credentialFor(sandbox.url), endpoint: endpointOf(fault, sandbox.url, endless.url) },
    });
    const mails = (await messages(sandbox.url)).length;
    const { count } = (await (await control(sandbox.url, 'requests')).json()) as { count: number };
    if (!error) return { requests: count, mails, fate: effect === 'send' ? 'sent' : 'read', told: '' };
    const advice = String((error as { description?: unknown }).description);
    const fate = advice.startsWith('Nothing was sent') ? 'notSent' : 'unknown';
    return { requests: fault.endpoint ? '?' : count, mails, fate, told: toldAnywhere(error.message) };
  }

  it('ends as docs/delivery.md says', { timeout: 300_000 }, async () => {
    const lines = (await fillMatrix(cellOf)).split('\n');
    const documented = documentedMatrix('').split('\n');
    assert.equal(lines.length, documented.length);
    for (const [index, line] of lines.entries()) {
      if (differs.test(line)) continue;
      const known = documented[index] ?? '';
      assert.equal(
        line,
        line.includes('| ? |') ? known.replaceAll(/\| [12] (?=\| [^|]+ \|)/g, '| ? ') : known,
      );
    }
  });
});
