import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { INodeCredentialTestResult } from 'n8n-workflow';
import { sendCleanNode, type CredentialData } from './n8nEngine';

const root = process.env.N8N_HOST ?? join(import.meta.dirname, '../..');
const require = createRequire(join(root, 'package.json'));

/** Runs the node's test of a credential with n8n's own helpers, as n8n does when a credential is saved. */
export async function testCredential(data: CredentialData): Promise<INodeCredentialTestResult> {
  const { CredentialTestContext } = require('n8n-core') as typeof import('n8n-core');
  const { testCredential: run } = sendCleanNode().methods?.credentialTest ?? {};
  if (!run) throw new Error('The node tests no credential');
  const context = new CredentialTestContext({} as never);
  return await run.call(context, { id: '1', name: 'SendClean', type: 'sendCleanApi', data: { ...data } });
}
