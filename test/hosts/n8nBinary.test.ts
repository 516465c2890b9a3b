import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Sandbox } from '../../sandbox/src/server';
import { clear, messages } from '../sandbox/client';
import { credentialFor, emailForm } from '../support/n8nForm';
import { startSandbox } from '../support/sandbox';
import { prepareN8n } from './n8n';
import { chain, output, sendClean } from './n8nWorkflow';

const [tarball] = globSync(join(import.meta.dirname, '../../build/n8n-nodes-sendclean-*.tgz'));

describe('an attachment from the packed node', () => {
  let sandbox: Sandbox;
  before(async () => {
    assert.ok(tarball, 'build/ has no tarball');
    sandbox = await startSandbox();
  });
  after(async () => await sandbox.close());

  for (const [mode, where, stored] of [
    ['default', 'in memory', undefined],
    ['filesystem', 'on disk', 'filesystem-v2'],
    ['database', 'in the database', 'database'],
  ]) {
    it(`arrives whole when n8n keeps binary data ${where}`, async () => {
      const bytes = randomBytes(300_000);
      await clear(sandbox.url, 'messages');
      const n8n = await prepareN8n({
        tarball: String(tarball),
        env: { N8N_DEFAULT_BINARY_DATA_MODE: String(mode) },
      });
      try {
        const data = credentialFor(sandbox.url);
        await n8n.importCredentials([{ id: 'sandbox', name: 'sandbox', type: 'sendCleanApi', data }]);
        const toFile = {
          operation: 'toBinary',
          sourceProperty: 'file',
          binaryPropertyName: 'report',
          options: { fileName: 'report.bin' },
        };
        const value = { id: 'a', name: 'file', type: 'string', value: bytes.toString('base64') };
        const mail = {
          ...emailForm,
          to: 'b@example.com',
          attachments: 'report',
        };
        await n8n.importWorkflow(
          chain('binary', [
            {
              name: 'Set',
              type: 'n8n-nodes-base.set',
              typeVersion: 3.4,
              parameters: { assignments: { assignments: [value] } },
            },
            { name: 'File', type: 'n8n-nodes-base.convertToFile', typeVersion: 1.1, parameters: toFile },
            sendClean('Send', mail),
          ]),
        );
        const execution = await n8n.execute('binary');
        assert.equal(output(execution, 'Send').length, 1);
        const file = execution.data.resultData.runData.File?.[0]?.data?.main?.[0]?.[0]?.binary?.report;
        assert.equal(file?.id?.split(':')[0], stored);
        const [sent] = await messages(sandbox.url);
        const sha256 = createHash('sha256').update(bytes).digest('hex');
        assert.partialDeepStrictEqual(sent?.attachments, [
          { name: 'report.bin', size: bytes.length, sha256 },
        ]);
      } finally {
        n8n.remove();
      }
    });
  }
});
