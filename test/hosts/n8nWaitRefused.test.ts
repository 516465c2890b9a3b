/** What Send and Wait for Response refuses in an installed n8n, and in one that is too old for it. */
import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Sandbox } from '../../sandbox/src/server';
import { messages } from '../sandbox/client';
import { credentialFor } from '../support/n8nForm';
import { startSandbox } from '../support/sandbox';
import { prepareN8n, type N8n } from './n8n';
import { chain, output } from './n8nWorkflow';
import { asking } from './waiting';

const [tarball] = globSync(join(import.meta.dirname, '../../build/n8n-nodes-sendclean-*.tgz'));

const customForm = { responseType: 'customForm' };

/** What is refused: the parameters, and what the item that failed says. */
const refusals: Readonly<Record<string, [parameters: object, sentence: RegExp]>> = {
  'an email to several recipients': [
    { toEmail: 'jane@example.com, bob@example.com' },
    /^To Email must be one address, because each email has a decision of its own, got 2/,
  ],
  'an address that is none': [
    { toEmail: 'jane@' },
    /^To, first recipient must be an email address, got "jane@"/,
  ],
  'an email to nobody': [
    { toEmail: "={{ '' }}" },
    /^To Email is empty: enter the address of the one who decides$/,
  ],
  'a wait that ended yesterday': [
    {
      options: {
        limitWaitTime: {
          values: { limitType: 'atSpecifiedTime', maxDateAndTime: '={{ $now.minus({ days: 1 }).toISO() }}' },
        },
      },
    },
    /^Limit Wait Time must be in the future/,
  ],
  'a wait of no time': [
    {
      options: {
        limitWaitTime: { values: { limitType: 'afterTimeInterval', resumeAmount: 0, resumeUnit: 'days' } },
      },
    },
    /^Limit Wait Time must be a time above 0, got 0/,
  ],
  'a form without a field': [customForm, /^Form Elements must have at least one field for the reader/],
  'a form in JSON that is none': [
    { ...customForm, defineForm: 'json', jsonOutput: '{' },
    /^Form Fields must be a JSON list of fields/,
  ],
};

describe('Send and Wait for Response in a real n8n', () => {
  let sandbox: Sandbox;
  let n8n: N8n | undefined;
  before(async () => {
    assert.ok(tarball, 'build/ has no tarball');
    sandbox = await startSandbox();
  });
  after(async () => {
    n8n?.remove();
    await sandbox?.close();
  });

  async function prepare(version: '1' | '2'): Promise<N8n> {
    n8n?.remove();
    n8n = await prepareN8n({ version, ...(tarball && { tarball }) });
    const data = credentialFor(sandbox.url);
    await n8n.importCredentials([{ id: 'sandbox', name: 'sandbox', type: 'sendCleanApi', data }]);
    return n8n;
  }

  it('refuses what cannot be asked, says why, and sends nothing', async () => {
    const current = await prepare('2');
    const nodes = Object.entries(refusals).map(([name, [parameters]]) => ({
      ...asking({ subject: 'Order', ...parameters }),
      name,
      onError: 'continueRegularOutput',
    }));
    await current.importWorkflow(chain('refused', nodes));
    const execution = await current.execute('refused');
    for (const [name, [, sentence]] of Object.entries(refusals)) {
      const [{ sendclean } = {}, ...more] = output(execution, name);
      assert.deepEqual(more, []);
      assert.partialDeepStrictEqual(sendclean, { kind: 'validation', fate: 'notSent' });
      assert.match(String((sendclean as { message?: unknown }).message), sentence, name);
    }
    assert.deepEqual(await messages(sandbox.url), []);
  });

  it('refuses several items, each of which would need an answer of its own', async () => {
    const current = await prepare('2');
    const jsCode = 'return [{ json: {} }, { json: {} }];';
    const two = { name: 'Two', type: 'n8n-nodes-base.code', typeVersion: 2, parameters: { jsCode } };
    await current.importWorkflow(chain('two', [two, asking({ subject: 'Order' })]));
    const { data } = await current.execute('two');
    assert.match(
      data.resultData.error?.message ?? '',
      /waits for one response: use a Loop Over Items node to send one item at a time/,
    );
    assert.deepEqual(await messages(sandbox.url), []);
  });

  it('says in an older n8n from which version on it works', async () => {
    const old = await prepare('1');
    await old.importWorkflow(chain('old', [asking({ subject: 'Order' })]));
    const { data } = await old.execute('old');
    assert.match(
      data.resultData.error?.message ?? '',
      /Send and Wait for Response needs n8n 1\.107 or later/,
    );
    assert.deepEqual(await messages(sandbox.url), []);
  });
});
