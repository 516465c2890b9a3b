import assert from 'node:assert/strict';
import { globSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setUpOwner, type Rest } from './n8nOwner';
import { fault, until } from '../sandbox/client';
import { account } from '../support/sandbox';
import { canaries, faults, leaks, patience, startStage, type Stage } from './canary';
import { calls, importCalls, skipping, unsure, witness, type WorkflowCalls } from './canaryWorkflow';
import { prepareN8n, type N8n } from './n8n';
import { databaseTexts, fileTexts } from './n8nRecords';

const [tarball] = globSync(join(import.meta.dirname, '../../build/n8n-nodes-sendclean-*.tgz'));

describe('n8n at debug level, with all that an email is sent with', () => {
  let stage: Stage;
  let n8n: N8n;
  let log = '';
  /** What was answered to those who made the calls and tested the credential. */
  const told: string[] = [];

  before(async () => {
    assert.ok(tarball, 'build/ has no tarball');
    stage = await startStage();
    n8n = await prepareN8n({
      tarball,
      env: {
        ...stage.env,
        N8N_LOG_LEVEL: 'debug',
        N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem',
        N8N_RESTRICT_FILE_ACCESS_TO: '',
      },
    });
    const file = join(n8n.userFolder, 'attachment.txt');
    writeFileSync(file, canaries.attachment.text);
    const running = await n8n.start();
    try {
      await run(running.url, await setUpOwner(running.url), file);
    } finally {
      await running.stop();
    }
    log = running.log();
  });
  after(async () => {
    n8n?.remove();
    await stage?.stop();
  });

  async function run(url: string, rest: Rest, file: string): Promise<void> {
    const get = (path: string) => fetch(`${url}/webhook/${path}`, { signal: patience() });
    const make = async ({ path }: WorkflowCalls) => told.push(await (await get(path)).text());
    const credential = await useCredential(rest, stage.sandbox.url);
    await importCalls(rest, [...calls, unsure, skipping], credential.id, file);
    await until('n8n listens', async () => (await get(unsure.path)).status !== 404);
    for (const one of faults) {
      await credential.pointTo(await stage.set(one));
      // n8n waits for the end of every answer itself when it tests a credential.
      const tested = one.endpoint === 'endless' ? '' : credential.test();
      await Promise.all(calls.map(make));
      told.push(await tested);
    }
    await credential.pointTo(await stage.set({ name: 'none' }));
    await fault(stage.sandbox.url, { kind: 'resetAfter', path: 'messages/sendMail' });
    await Promise.all([unsure, skipping].map(make));
    await make(skipping);
  }

  it('has sent emails with them', async () => {
    await stage.assertSent();
    for (const outcome of ['"recovered":true', '"skipped":true'])
      assert.ok(told.join('\n').includes(outcome));
  });

  it('tells them to nobody who makes a call or tests the credential', () => {
    assert.deepEqual(leaks('an answer', told.join('\n')), []);
  });

  it('shows them to no proxy on the way to the service', () => stage.assertTunnelled());

  it('writes them to no log', () => {
    assert.ok(log.includes(unsure.path));
    const files = fileTexts(n8n.userFolder);
    assert.ok(files.some(([path]) => path.endsWith('.log')));
    assert.deepEqual(leaks('the log', log), []);
    assert.deepEqual(
      files.flatMap(([path, text]) => leaks(path, text)),
      [],
    );
  });

  it('keeps them in no record of an execution', () => {
    const tables = databaseTexts(n8n.userFolder);
    const found = tables.filter(([, rows]) => rows.includes(witness)).map(([table]) => table);
    assert.ok(found.includes('execution_data'));
    assert.deepEqual(
      tables.flatMap(([table, rows]) => leaks(table, rows)),
      [],
    );
  });
});

/** A credential with the canaries' account, at an endpoint that changes. */
async function useCredential(rest: Rest, first: string) {
  const { ownerId, token } = canaries;
  const holding = (endpoint: string) => ({
    name: 'Canary',
    type: 'sendCleanApi',
    data: { ownerId: ownerId.text, token: token.text, smtpUser: account.smtpUser, endpoint },
  });
  let held = holding(first);
  const { id } = (await rest('POST', 'credentials', held)) as { id: string };
  return {
    id,
    async pointTo(endpoint: string): Promise<void> {
      held = holding(endpoint);
      await rest('PATCH', `credentials/${id}`, held);
    },
    /** What n8n's editor shows of a test. */
    test: async () =>
      JSON.stringify(await rest('POST', 'credentials/test', { credentials: { ...held, id } })),
  };
}
