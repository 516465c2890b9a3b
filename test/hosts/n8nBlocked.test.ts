import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Sandbox } from '../../sandbox/src/server';
import { control } from '../sandbox/client';
import { fixtures } from '../support/fixtures';
import { credentialFor, n8nForm } from '../support/n8nForm';
import { startSandbox } from '../support/sandbox';
import { prepareN8n, type N8n } from './n8n';
import { setUpOwner } from './n8nOwner';
import { chain, sendClean } from './n8nWorkflow';

const [tarball] = globSync(join(import.meta.dirname, '../../build/n8n-nodes-sendclean-*.tgz'));

describe('an n8n whose SSRF protection blocks the address of the account', () => {
  let sandbox: Sandbox;
  let n8n: N8n;
  const data = () => credentialFor(sandbox.url);
  before(async () => {
    assert.ok(tarball, 'build/ has no tarball');
    sandbox = await startSandbox();
    n8n = await prepareN8n({
      tarball,
      progress: (line) => process.stderr.write(`${line}\n`),
      env: { N8N_SSRF_PROTECTION_ENABLED: 'true' },
    });
  });
  after(async () => {
    n8n?.remove();
    await sandbox?.close();
  });

  const sentence = /n8n itself blocks the address 127\.0\.0\.1 by its setting N8N_SSRF_PROTECTION_ENABLED/;
  const requestCount = async () =>
    ((await (await control(sandbox.url, 'requests')).json()) as { count: number }).count;

  it('says so of an email, and that nothing was sent', async () => {
    await n8n.importCredentials([{ id: 'sandbox', name: 'sandbox', type: 'sendCleanApi', data: data() }]);
    const { parameters } = n8nForm('sendTemplate', { ...fixtures.sendTemplate, files: {} });
    await n8n.importWorkflow(chain('blocked', [sendClean('sendTemplate', parameters)]));
    const { error } = (await n8n.execute('blocked')).data.resultData;
    assert.match(error?.message ?? '', sentence);
    assert.match(JSON.stringify(error), /Nothing was sent/);
    assert.equal(await requestCount(), 0);
  });

  it('says so when the credential is tested', async () => {
    const running = await n8n.start();
    try {
      const rest = await setUpOwner(running.url);
      const credential = { name: 'blocked', type: 'sendCleanApi', data: data() };
      const { id } = (await rest('POST', 'credentials', credential)) as { id: string };
      const tested = (await rest('POST', 'credentials/test', { credentials: { ...credential, id } })) as {
        status: string;
        message: string;
      };
      assert.equal(tested.status, 'Error');
      assert.match(tested.message, sentence);
    } finally {
      await running.stop();
    }
    assert.equal(await requestCount(), 0);
  });
});
