import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Sandbox } from '../../sandbox/src/server';
import { fixtures } from '../support/fixtures';
import { messages } from '../sandbox/client';
import { credentialFor, emailForm, n8nForm } from '../support/n8nForm';
import { startSandbox } from '../support/sandbox';
import { prepareN8n, type N8n } from './n8n';
import { assertFilesArrived, chain, filesInOneItem, output, sendClean } from './n8nWorkflow';

const [tarball] = globSync(join(import.meta.dirname, '../../build/n8n-nodes-sendclean-*.tgz'));

describe('the packed node in the oldest n8n', () => {
  let sandbox: Sandbox;
  let n8n: N8n;
  before(async () => {
    assert.ok(tarball, 'build/ has no tarball');
    sandbox = await startSandbox();
    n8n = await prepareN8n({
      version: '1',
      tarball,
      progress: (line) => process.stderr.write(`${line}\n`),
    });
    const data = credentialFor(sandbox.url);
    await n8n.importCredentials([{ id: 'sandbox', name: 'sandbox', type: 'sendCleanApi', data }]);
  });
  after(async () => {
    n8n?.remove();
    await sandbox.close();
  });

  it('sends an email with its files and finds it again', async () => {
    const { files } = fixtures.sendMail;
    const all = { ...files.attachments, ...files.images };
    const size = Object.values(all).reduce((bytes, file) => bytes + file.bytes.length, 0);
    await n8n.importWorkflow(
      chain('mail', [
        ...filesInOneItem(all),
        sendClean('Send', n8nForm('sendMail', fixtures.sendMail).parameters),
        sendClean('Find', n8nForm('getMessageInfo', fixtures.getMessageInfo).parameters),
      ]),
    );
    const execution = await n8n.execute('mail');
    assert.partialDeepStrictEqual(output(execution, 'Send'), [
      { status: 'success', xUniqueId: 'order-1042' },
    ]);
    assert.deepEqual(
      output(execution, 'Find').map(({ email, attachmentSize }) => [email, attachmentSize]),
      ['john', 'jane', 'team', 'archive'].map((name) => [`${name}@example.com`, size]),
    );
    await assertFilesArrived(sandbox.url, files);
  });

  it('takes a file by expression, and puts a failed item with its data on the error output', async () => {
    const jsCode = "return ['bad@', 'jane@example.com'].map((email) => ({ json: { email } }));";
    const mail = sendClean('Failing', {
      ...emailForm,
      to: '={{ $json.email }}',
      subject: 'By expression',
      attachments: "={{ $('One item').first().binary.terms }}",
    });
    await n8n.importWorkflow(
      chain('failing', [
        ...filesInOneItem(fixtures.sendMail.files.attachments ?? {}),
        { name: 'Customers', type: 'n8n-nodes-base.code', typeVersion: 2, parameters: { jsCode } },
        { ...mail, onError: 'continueErrorOutput', retryOnFail: true, waitBetweenTries: 10 },
      ]),
    );
    const { data } = await n8n.execute('failing');
    const [sent, failed] = data.resultData.runData.Failing?.[0]?.data?.main ?? [];
    assert.equal(sent?.length, 1);
    assert.partialDeepStrictEqual(failed, [
      { json: { email: 'bad@', sendclean: { kind: 'validation', fate: 'notSent', path: 'to[0].email' } } },
    ]);
    const mine = (await messages(sandbox.url)).filter(({ subject }) => subject === 'By expression');
    assert.partialDeepStrictEqual(mine, [{ attachments: [{ name: 'terms.txt', size: 6 }] }]);
    assert.equal(mine.length, 1);
  });
});
