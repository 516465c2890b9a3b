import assert from 'node:assert/strict';
import { globSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { OperationName } from '../../shared/generated/types';
import { setUpOwner, type Rest } from '../browser/n8nPage';
import { fault, until } from '../sandbox/client';
import { account } from '../support/sandbox';
import { canaries, faults, inPieces, leaks, operationNames, startStage, type Stage } from './canary';
import { prepareN8n, type N8n } from './n8n';
import { databaseTexts, fileTexts } from './n8nRecords';
import { sendClean } from './n8nWorkflow';

const [tarball] = globSync(join(import.meta.dirname, '../../build/n8n-nodes-sendclean-*.tgz'));

/** What the records hold anyway: finding it shows that they are searched. */
const witness = 'Witness of the records';

const body = `={{ ${inPieces(canaries.body, '+')} }}`;

/** A call that a webhook of its own makes. */
interface Call {
  path: string;
  operation: OperationName;
  onError?: string;
  options?: object;
}

const calls: Call[] = operationNames.flatMap((operation) => [
  { path: `${operation}-stops`, operation },
  { path: `${operation}-continues`, operation, onError: 'continueRegularOutput' },
]);
const unsure: Call = { path: 'unsure', operation: 'sendMail', options: { whenUnsure: 'lookUp' } };
const skipping: Call = { path: 'skipping', operation: 'sendTemplate', options: { skipSent: true } };

/** The nodes of a call: its webhook, what reads the file, and SendClean. */
function chain({ path, operation, onError = 'stopWorkflow', options }: Call, file: string) {
  const parameters = {
    resource: 'message',
    operation,
    fromEmail: 'shop@example.com',
    to: 'jane@example.com',
    subject: witness,
    html: body,
    templateId: account.template,
    dynamicValues: { pair: [{ name: 'NAME', value: body }] },
    attachments: 'data',
    xUniqueId: path,
    options: {
      attempts: 2,
      timeout: 1,
      ...(operation !== 'getMessageInfo' && { xUniqueId: path }),
      ...options,
    },
  };
  return [
    {
      name: path,
      type: 'n8n-nodes-base.webhook',
      typeVersion: 2,
      webhookId: path,
      parameters: { path, responseMode: 'lastNode', responseData: 'allEntries' },
    },
    {
      name: `File of ${path}`,
      type: 'n8n-nodes-base.readWriteFile',
      typeVersion: 1,
      parameters: { operation: 'read', fileSelector: file },
    },
    { ...sendClean(`Call of ${path}`, parameters), onError },
  ];
}

describe('n8n at debug level, with all that a mail is sent with', () => {
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
    const make = async (call: Call) => told.push(await (await fetch(`${url}/webhook/${call.path}`)).text());
    const credential = await useCredential(rest);
    await importCalls(rest, [...calls, unsure, skipping], credential.id, file);
    await until('n8n listens', async () => (await fetch(`${url}/webhook/${unsure.path}`)).status !== 404);
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

  it('has sent mails with them', async () => {
    await stage.assertSent();
    for (const outcome of ['"recovered":true', '"skipped":true'])
      assert.ok(told.join('\n').includes(outcome));
  });

  it('tells them to nobody who makes a call or tests the credential', () => {
    assert.deepEqual(leaks('an answer', told.join('\n')), []);
  });

  it('writes them to no log', () => {
    assert.ok(log.includes(`Call of ${unsure.path}`));
    assert.deepEqual(leaks('the log', log), []);
    assert.deepEqual(
      fileTexts(n8n.userFolder).flatMap(([path, text]) => leaks(path, text)),
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

/** A credential with the canaries' account. */
async function useCredential(rest: Rest) {
  const { ownerId, token } = canaries;
  const named = { name: 'Canary', type: 'sendCleanApi' };
  const holding = (endpoint: string) => ({
    ...named,
    data: { ownerId: ownerId.text, token: token.text, smtpUser: account.smtpUser, endpoint },
  });
  let held = holding('');
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

/** Makes a workflow of the calls, and has its webhooks listen. */
async function importCalls(
  rest: Rest,
  all: readonly Call[],
  credential: string,
  file: string,
): Promise<void> {
  const chains = all.map((call) => chain(call, file));
  const nodes = chains.flat().map((node, index) => ({
    id: String(index),
    position: [(index % 3) * 200, Math.floor(index / 3) * 100],
    ...node,
    ...('credentials' in node && { credentials: { sendCleanApi: { id: credential, name: 'Canary' } } }),
  }));
  const to = (node: string) => ({ main: [[{ node, type: 'main', index: 0 }]] });
  const connections = Object.fromEntries(
    chains.flatMap(([hook, read, call]) => [
      [hook!.name, to(read!.name)],
      [read!.name, to(call!.name)],
    ]),
  );
  const workflow = { name: 'Canary', nodes, connections, settings: { executionOrder: 'v1' }, active: false };
  const { id, versionId } = (await rest('POST', 'workflows', workflow)) as { id: string; versionId: string };
  await rest('POST', `workflows/${id}/activate`, { versionId });
}
