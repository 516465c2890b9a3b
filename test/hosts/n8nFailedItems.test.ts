import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { INodeExecutionData } from 'n8n-workflow';
import type { Sandbox } from '../../sandbox/src/server';
import { messages } from '../sandbox/client';
import { credentialFor, emailForm } from '../support/n8nForm';
import { failureOf } from '../support/n8nFailure';
import { startSandbox } from '../support/sandbox';
import { prepareN8n, type Execution, type N8n } from './n8n';
import { chain, sendClean } from './n8nWorkflow';

const [tarball] = globSync(join(import.meta.dirname, '../../build/n8n-nodes-sendclean-*.tgz'));
const customers = [
  { name: 'Bob', email: 'bob@', status: 'new' },
  { name: 'Jane', email: 'jane@example.com', status: 'new' },
  { name: 'John', email: 'john@example.com', status: 'new' },
];
const retry = { retryOnFail: true, maxTries: 3, waitBetweenTries: 10 };

/** Each node sends to all customers, under its own name as subject; Bob's address is not complete. */
const sends = [
  { name: 'Continue', onError: 'continueRegularOutput' },
  { name: 'Error Output', onError: 'continueErrorOutput' },
  { name: 'Continue and Retry', onError: 'continueRegularOutput', ...retry },
  { name: 'Error Output and Retry', onError: 'continueErrorOutput', ...retry },
];

describe('items that fail in the installed n8n', () => {
  let sandbox: Sandbox;
  let n8n: N8n;
  let execution: Execution;
  before(async () => {
    assert.ok(tarball, 'build/ has no tarball');
    sandbox = await startSandbox();
    n8n = await prepareN8n({ tarball });
    const data = credentialFor(sandbox.url);
    await n8n.importCredentials([{ id: 'sandbox', name: 'sandbox', type: 'sendCleanApi', data }]);
    const jsCode = `return ${JSON.stringify(customers.map((json) => ({ json })))};`;
    const list = { name: 'Customers', type: 'n8n-nodes-base.code', typeVersion: 2, parameters: { jsCode } };
    const nodes = sends.map(({ name, ...settings }) => ({
      ...sendClean(name, {
        ...emailForm,
        to: '={{ $json.email }}',
        subject: `=${name} {{ Math.random() }}`,
        attachments: '*',
        options: { bcc: '={{ $json.bcc }}' },
      }),
      ...settings,
    }));
    const workflow = chain('failed', [list, ...nodes]);
    const to = (name: string) => ({ node: name, type: 'main', index: 0 });
    const connections = {
      Start: { main: [[to('Customers')]] },
      Customers: { main: [nodes.map(({ name }) => to(name))] },
    };
    await n8n.importWorkflow({ ...workflow, connections });
    execution = await n8n.execute('failed');
  });
  after(async () => {
    n8n.remove();
    await sandbox.close();
  });

  const task = (name: string) => execution.data.resultData.runData[name]?.[0];
  const outputs = (name: string): INodeExecutionData[][] =>
    (task(name)?.data?.main ?? []).map((items) => items ?? []);

  for (const { name, onError } of sends) {
    it(`keep what came in beside the data of the error: ${name}`, () => {
      const [first = [], second = []] = outputs(name);
      const [failed, ...good] = onError === 'continueErrorOutput' ? [...second, ...first] : first;
      assert.ok(failed);
      assert.equal(good.length, 2);
      assert.partialDeepStrictEqual(failed, { json: customers[0], pairedItem: { item: 0 } });
      assert.equal(typeof failed.json.error, 'string');
      const { kind, fate, path } = failureOf(failed);
      assert.deepEqual({ kind, fate, path }, { kind: 'validation', fate: 'notSent', path: 'to[0].email' });
    });

    it(`leave each good email sent once: ${name}`, async () => {
      const mine = (await messages(sandbox.url)).filter(({ subject }) =>
        new RegExp(`^${name} [\\d.]+$`).test(String(subject)),
      );
      assert.deepEqual(mine.map(({ recipients }) => recipients[0]?.email).sort(), [
        'jane@example.com',
        'john@example.com',
      ]);
    });
  }

  it('leave hints on what went out without what was meant', () => {
    assert.deepEqual(
      task('Continue')?.hints?.map(({ message }) =>
        message.replace(/^([^:]+: \S+) [^[]*(\[[^[]*)$/, '$1 $2'),
      ),
      ['Attachments: * [items 1, 2]', 'BCC: its [items 1, 2]'],
    );
  });
});
