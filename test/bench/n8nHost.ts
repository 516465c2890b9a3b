import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../hosts/cleanup';
import { prepareN8n, type N8nCredential, type N8nWorkflow } from '../hosts/n8n';
import { chain, sendClean, type WorkflowNode } from '../hosts/n8nWorkflow';
import { credentialFor } from '../support/n8nForm';
import { manifest, root } from '../support/tarball';
import { type Bench } from './bench';
import { BenchError } from './error';
import type { RunCost } from './jobs/n8n.job';
import { httpRequestFields, httpRequestVersion, mailFields, secrets } from './jobs/n8nMail';
import { costFile, type MailCost } from './nodes/cost';
import { packs } from './packs';
import { nodesFolder } from './jobs';

const senders = ['SendClean', 'floor', 'HTTP Request', 'HTTP Request with open token', 'one by one'] as const;

/** What sends an email for each item, by the names of its rows. */
export type Sender = (typeof senders)[number];

export interface N8nRun {
  sender: Sender;
  items: number;
  /** Of each answer, in milliseconds. */
  latency: number;
}

/** Items before those that are measured. */
const warmUp = 200;

/**
 * Has an n8n with the packed node and the nodes of the benchmark, in which all is as it is for users: credentials are
 * decrypted, and expressions run apart.
 * @param sizes numbers of items that will be asked for.
 * @param atOnce requests at once, for ours.
 */
export async function withN8nHost<Result>(
  { server, progress }: Bench,
  sizes: readonly number[],
  atOnce: number,
  work: (run: (one: N8nRun) => Promise<RunCost>) => Promise<Result>,
): Promise<Result> {
  const tarball = join(root, 'build', `${packs.n8n.tarball}-${manifest.version}.tgz`);
  const folder = temporaryFolder('sendclean-bench-');
  const file = join(folder.path, 'cost.json');
  const env = { N8N_CUSTOM_EXTENSIONS: nodesFolder, [costFile]: file };
  const n8n = await prepareN8n({ tarball, progress, env });
  try {
    await n8n.importCredentials(credentials(server.url));
    const workflows = senders.map((sender) => {
      const node = senderOf(sender, server.url, atOnce);
      return sizes.map((items) => workflowOf(idOf(sender, items), node, items));
    });
    await n8n.importWorkflow(...workflows.flat());
    return await work(async ({ sender, items, latency }) => {
      await server.set({ latency });
      rmSync(file, { force: true });
      const failure = await n8n.execute(idOf(sender, items)).then(() => undefined, String);
      if (!existsSync(file)) throw new BenchError(failure ?? `${sender} has not come to its end.`);
      const counts = await server.counts();
      const { sent, ...cost } = JSON.parse(readFileSync(file, 'utf8')) as MailCost;
      if (sent !== items) throw new BenchError(`${sender} has sent ${sent} of ${items} mails.`);
      return { ...cost, ...counts };
    });
  } finally {
    n8n.remove();
    folder.remove();
  }
}

function credentials(url: string): N8nCredential[] {
  return [
    {
      id: 'sandbox',
      name: 'sandbox',
      type: 'sendCleanApi',
      data: credentialFor(url) as N8nCredential['data'],
    },
    {
      id: 'custom',
      name: 'custom',
      type: 'httpCustomAuth',
      data: { json: JSON.stringify({ body: secrets }) },
    },
  ];
}

function idOf(sender: Sender, items: number): string {
  return `${sender}-${items}`.replaceAll(' ', '-');
}

function workflowOf(id: string, sender: object, items: number): N8nWorkflow {
  return chain(id, [
    meter('Warm-up', warmUp),
    { ...sender, name: 'First mails' },
    meter('Items', items),
    { ...sender, name: 'Mails' },
    meter('Cost', 0),
  ]);
}

function meter(name: string, items: number): WorkflowNode {
  return { name, type: 'CUSTOM.benchMeter', typeVersion: 1, parameters: { items } };
}

function senderOf(sender: Sender, url: string, atOnce: number): object {
  if (sender === 'SendClean')
    return sendClean(sender, {
      resource: 'message',
      operation: 'sendMail',
      ...mailFields,
      options: { atOnce },
    });
  if (sender === 'one by one' || sender === 'floor') {
    const { credentials } = sendClean(sender, {});
    return {
      type: sender === 'floor' ? 'CUSTOM.benchFloor' : 'CUSTOM.benchOneByOne',
      typeVersion: 1,
      parameters: mailFields,
      credentials,
    };
  }
  const isOpen = sender !== 'HTTP Request';
  return {
    type: 'n8n-nodes-base.httpRequest',
    typeVersion: httpRequestVersion,
    parameters: httpRequestFields({ url, isOpen }),
    ...(!isOpen && { credentials: { httpCustomAuth: { id: 'custom', name: 'custom' } } }),
  };
}
