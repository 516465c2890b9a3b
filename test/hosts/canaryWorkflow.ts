import { operations } from '../../shared/generated/operations';
import type { OperationName } from '../../shared/generated/types';
import type { Rest } from './n8nOwner';
import { account } from '../support/sandbox';
import { canaries, inPieces, operationNames } from './canary';
import { sendClean } from './n8nWorkflow';

/** Calls that a webhook of their own makes, one after the other. */
export interface WorkflowCalls {
  path: string;
  operations: OperationName[];
  /** What n8n does after an error. */
  onError: 'stopWorkflow' | 'continueRegularOutput';
  options?: object;
}

/** Each call in a run that its error ends, and all of them in one that goes on. */
export const calls: WorkflowCalls[] = [
  ...operationNames.map((name) => ({
    path: `${name}-stops`,
    operations: [name],
    onError: 'stopWorkflow' as const,
  })),
  { path: 'continues', operations: operationNames, onError: 'continueRegularOutput' },
];

export const unsure: WorkflowCalls = {
  path: 'unsure',
  operations: ['sendMail'],
  onError: 'stopWorkflow',
  options: { whenUnsure: 'lookUp' },
};

export const skipping: WorkflowCalls = {
  path: 'skipping',
  operations: ['sendTemplate'],
  onError: 'stopWorkflow',
  options: { skipSent: true },
};

/** What the records hold anyway: finding it shows that they are searched. */
export const witness = 'Witness of the records';

const body = `={{ ${inPieces(canaries.body, '+')} }}`;

const form = {
  fromEmail: 'shop@example.com',
  to: 'jane@example.com',
  subject: witness,
  html: body,
  templateId: account.template,
  dynamicValues: { pair: [{ name: 'NAME', value: body }] },
  attachments: 'data',
};

/** A webhook, the node that reads the attachment from its file, and those that make the calls. */
function nodesOf({ path, operations: names, onError, options }: WorkflowCalls, file: string) {
  const hook = {
    name: path,
    type: 'n8n-nodes-base.webhook',
    typeVersion: 2,
    webhookId: path,
    parameters: { path, responseMode: 'lastNode', responseData: 'allEntries' },
  };
  const read = {
    name: `File of ${path}`,
    type: 'n8n-nodes-base.readWriteFile',
    typeVersion: 1,
    parameters: { operation: 'read', fileSelector: file },
  };
  const made = names.map((operation) => {
    const id = operation === 'getMessageInfo' ? {} : { xUniqueId: path };
    const entered = {
      ...form,
      resource: operations[operation].resource,
      operation,
      xUniqueId: path,
      options: { attempts: 2, timeout: 1, ...id, ...options },
    };
    return { ...sendClean(`${operation} of ${path}`, entered), onError };
  });
  return { hook, read, made };
}

/** Makes a workflow of calls in a running n8n, and has its webhooks listen. */
export async function importCalls(
  rest: Rest,
  all: readonly WorkflowCalls[],
  credential: string,
  file: string,
): Promise<void> {
  const chains = all.map((one) => nodesOf(one, file));
  const credentials = { sendCleanApi: { id: credential, name: 'Canary' } };
  const nodes = chains
    .flatMap(({ hook, read, made }) => [hook, read, ...made.map((node) => ({ ...node, credentials }))])
    .map((node, index) => ({ id: String(index), position: [0, index * 100], ...node }));
  const to = (...names: string[]) => ({ main: [names.map((node) => ({ node, type: 'main', index: 0 }))] });
  const connections = Object.fromEntries(
    chains.flatMap(({ hook, read, made }) => [
      [hook.name, to(read.name)],
      [read.name, to(...made.map(({ name }) => name))],
    ]),
  );
  const workflow = { name: 'Canary', nodes, connections, settings: { executionOrder: 'v1' }, active: false };
  const { id, versionId } = (await rest('POST', 'workflows', workflow)) as { id: string; versionId: string };
  await rest('POST', `workflows/${id}/activate`, { versionId });
}
