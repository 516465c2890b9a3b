import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { globSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Sandbox } from '../../sandbox/src/server';
import { clear, messages } from '../sandbox/client';
import { credentialFor, emailForm } from '../support/n8nForm';
import { startSandbox } from '../support/sandbox';
import { prepareN8n, type N8nWorkflow } from './n8n';
import { chain, output, sendClean } from './n8nWorkflow';

const [tarball] = globSync(join(import.meta.dirname, '../../build/n8n-nodes-sendclean-*.tgz'));
const bytes = randomBytes(300_000);
const file = {
  name: 'terms.pdf',
  type: 'application/pdf',
  size: bytes.length,
  sha256: createHash('sha256').update(bytes).digest('hex'),
};

/** Each way to name the file of the node Download, where an item has its files in `.binary` or `._files`. */
const forms = (path: string) => [
  'report',
  '*',
  `={{ $('Download').item${path}.report }}`,
  `={{ $('Download').all().map((item) => item${path}.report) }}`,
  ...(path === '._files'
    ? ['_files.report', '={{ $json._files.report }}']
    : ['={{ $binary.report }}', '={{ [$binary.report] }}']),
];

/** A workflow that downloads a file and sends it in every form, and once more from a node that does not have it. */
function workflow(url: string, path: string, binaryMode: string): N8nWorkflow {
  const mail = (name: string, attachments: string) =>
    sendClean(name, {
      ...emailForm,
      to: 'b@example.com',
      subject: attachments.replace(/^=/, ''),
      attachments,
    });
  const response = { response: { responseFormat: 'file', outputPropertyName: 'report' } };
  const download = {
    name: 'Download',
    type: 'n8n-nodes-base.httpRequest',
    typeVersion: 4.2,
    parameters: { url, options: { response } },
  };
  const sends = forms(path).map((form, index) => mail(`Send ${index}`, form));
  const far = mail('Send far', `={{ $('Download').item${path}.report }}`);
  const { nodes, connections, ...rest } = chain('forms', [download, ...sends, far]);
  const to = (name: string) => ({ node: name, type: 'main', index: 0 });
  return {
    ...rest,
    nodes,
    settings: { executionOrder: 'v1', binaryMode },
    connections: {
      Start: { main: [[to('Download')]] },
      Download: { main: [sends.map(({ name }) => to(name))] },
      'Send 0': { main: [[to('Send far')]] },
    },
  };
}

describe('a downloaded file from the packed node', () => {
  let sandbox: Sandbox;
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/pdf' }).end(bytes);
  });
  before(async () => {
    assert.ok(tarball, 'build/ has no tarball');
    sandbox = await startSandbox();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  after(async () => {
    server.close();
    await sandbox.close();
  });

  for (const [mode, binaryMode, path] of [
    ['default', 'separate', '.binary'],
    ['filesystem', 'separate', '.binary'],
    ['filesystem', 'combined', '._files'],
    ['database', 'combined', '._files'],
  ] as const) {
    it(`arrives whole in every form, in the modes ${mode} and ${binaryMode}`, async () => {
      await clear(sandbox.url, 'messages');
      const n8n = await prepareN8n({ tarball: String(tarball), env: { N8N_DEFAULT_BINARY_DATA_MODE: mode } });
      try {
        const data = credentialFor(sandbox.url);
        await n8n.importCredentials([{ id: 'sandbox', name: 'sandbox', type: 'sendCleanApi', data }]);
        const { port } = server.address() as AddressInfo;
        await n8n.importWorkflow(workflow(`http://127.0.0.1:${port}/terms`, path, binaryMode));
        const execution = await n8n.execute('forms');
        assert.equal(output(execution, 'Send far').length, 1);
        const arrived = await messages(sandbox.url);
        assert.equal(arrived.length, forms(path).length + 1);
        for (const { subject, attachments } of arrived)
          assert.partialDeepStrictEqual({ subject, attachments }, { subject, attachments: [file] });
      } finally {
        n8n.remove();
      }
    });
  }
});
