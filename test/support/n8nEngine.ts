import 'reflect-metadata';
import { mkdtempSync } from 'node:fs';
import { createRequire } from 'node:module';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
  ICredentialDataDecryptedObject,
  ICredentialType,
  INode,
  INodeExecutionData,
  INodeType,
  IRun,
  IWorkflowExecuteAdditionalData,
  IWorkflowSettings,
  NodeExecutionHint,
} from 'n8n-workflow';
import { inLists, newestVersion } from './n8nLists';

const userFolder = mkdtempSync(join(tmpdir(), 'sendclean-n8n-'));
process.env.N8N_USER_FOLDER = userFolder;
process.env.N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS = 'false';

/**
 * The project's own engine and pack. The environment variables name the folders of others: N8N_HOST one with n8n-core
 * in its `node_modules`, N8N_PACK that of an installed pack.
 */
const root = join(import.meta.dirname, '../..');
const require = createRequire(join(process.env.N8N_HOST ?? root, 'package.json'));
const pack = process.env.N8N_PACK ?? root;

/** What the credential holds, as its form names it. */
export type CredentialData = Partial<
  Record<'ownerId' | 'token' | 'smtpUser' | 'domain' | 'endpoint', string>
>;

export interface NodeRun {
  /** Parameters of the node, as its form names them. */
  parameters: INode['parameters'];
  credential: CredentialData;
  /** Items that come in; a binary field may be given as bytes with a name. */
  items?: { json?: INodeExecutionData['json']; binary?: Record<string, BinaryInput> }[];
  /** The node, if it is not the built one of SendClean. */
  type?: INodeType;
  /** Settings of the node, such as `onError`. */
  settings?: Partial<INode>;
  /** Settings of the workflow, such as `binaryMode`. */
  workflowSettings?: IWorkflowSettings;
  /** Whether a node stands between that passes on one item for each, with nothing in it. */
  isFarFromItems?: boolean;
  /** When this is fulfilled, the run is cancelled, as by n8n's button. */
  cancelAfter?: () => Promise<void>;
}

export interface BinaryInput {
  bytes: Buffer;
  fileName?: string;
  mimeType?: string;
}

export interface NodeOutcome {
  /** What came out of each output. */
  outputs: INodeExecutionData[][];
  error: IRun['data']['resultData']['error'];
  /** When a waiting run continues without an answer. */
  waitTill: IRun['waitTill'];
  /** What the output pane shows above the items. */
  hints: NodeExecutionHint[];
  /** Everything that n8n would keep of the run, as text. */
  readonly record: string;
}

/** The built node and credential, as they are packed. */
function built<T>(path: string, name: string): T {
  const exported = require(join(pack, 'dist', path)) as Record<string, new () => T>;
  const Type = exported[name];
  if (!Type) throw new Error(`dist/${path} does not export ${name}; run npm run build`);
  return new Type();
}

/** Ends what the engine keeps: its folder for binary data. */
export async function removeEngine(): Promise<void> {
  await rm(userFolder, { recursive: true, force: true });
}

/** The built SendClean node. */
export function sendCleanNode(): INodeType {
  return built('nodes/SendClean/SendClean.node.js', 'SendClean');
}

/** Runs a node in n8n's own execution engine, behind a node that makes its items. */
export async function runNode({
  parameters,
  credential,
  items = [{}],
  type = sendCleanNode(),
  settings,
  workflowSettings,
  isFarFromItems = false,
  cancelAfter,
}: NodeRun): Promise<NodeOutcome> {
  const { WorkflowExecute } = core();
  const { Workflow } = workflowPackage();
  await initialize();
  const node = {
    id: '2',
    name: 'SendClean',
    type: 'n8n-nodes-sendclean.sendClean',
    typeVersion: newestVersion,
    position: [200, 0] as [number, number],
    parameters: { resource: 'message', ...(settings?.typeVersion === 1 ? parameters : inLists(parameters)) },
    credentials: { sendCleanApi: { id: '1', name: 'SendClean' } },
    ...settings,
  };
  const start = plainNode('Items');
  const between = isFarFromItems ? [plainNode('Between')] : [];
  const nodeTypes: Record<string, INodeType> = {
    'n8n-nodes-sendclean.sendClean': type,
    'test.Items': itemsNode(items),
    'test.Between': itemsNode(items.map(() => ({}))),
  };
  const nodes = [start, ...between, node];
  const workflow = new Workflow({
    id: 'test',
    nodes,
    connections: Object.fromEntries(
      nodes
        .slice(1)
        .map(({ name }, index) => [
          nodes[index]?.name,
          { main: [[{ node: name, type: 'main' as const, index: 0 }]] },
        ]),
    ),
    active: false,
    settings: { timezone: 'UTC', ...workflowSettings },
    nodeTypes: {
      getByName: (name) => nodeTypes[name] as INodeType,
      getByNameAndVersion: (name) => nodeTypes[name] as INodeType,
      getKnownTypes: () => ({}),
    },
  });
  const running = new WorkflowExecute(additionalData(credential, workflow.id), 'manual').run({
    workflow,
    startNode: workflow.getNode('Items') ?? start,
  });
  void cancelAfter?.().then(() => running.cancel());
  const run = await running;
  const task = run.data.resultData.runData.SendClean?.at(-1);
  const outputs = task?.data?.main ?? [];
  return {
    hints: task?.hints ?? [],
    outputs: outputs.map((output) => output ?? []),
    error: run.data.resultData.error,
    waitTill: run.waitTill,
    get record() {
      return JSON.stringify(run.data);
    },
  };
}

/** A node without parameters, whose type is called as it is. */
function plainNode(name: string): INode {
  return { id: name, name, type: `test.${name}`, typeVersion: 1, position: [0, 0], parameters: {} };
}

/** n8n-core's own container of services, which is not among its exports. */
interface DependencyInjection {
  Container: { get<T>(service: abstract new (...dependencies: never[]) => T): T };
}

const core = () => require('n8n-core') as typeof import('n8n-core');
const workflowPackage = () => require('n8n-workflow') as typeof import('n8n-workflow');

let initialized: Promise<void> | undefined;

async function initialize(): Promise<void> {
  initialized ??= (async () => {
    const { BinaryDataService } = core();
    const { Container } = createRequire(require.resolve('n8n-core'))('@n8n/di') as DependencyInjection;
    await Container.get(BinaryDataService).init();
  })();
  await initialized;
}

/** A node that gives the items of a test, its files through n8n's own helper. */
function itemsNode(items: NonNullable<NodeRun['items']>): INodeType {
  return {
    description: {
      displayName: 'Items',
      name: 'items',
      group: ['input'],
      version: 1,
      description: 'Items of a test',
      defaults: {},
      inputs: [],
      outputs: ['main'],
      properties: [],
    },
    async execute() {
      const made = items.map(async ({ json = {}, binary = {} }) => {
        const fields = Object.entries(binary).map(async ([name, { bytes, fileName, mimeType }]) => [
          name,
          await this.helpers.prepareBinaryData(bytes, fileName, mimeType),
        ]);
        return { json, ...(fields.length && { binary: Object.fromEntries(await Promise.all(fields)) }) };
      });
      return [(await Promise.all(made)) as INodeExecutionData[]];
    },
  };
}

function additionalData(credential: CredentialData, workflowId: string): IWorkflowExecuteAdditionalData {
  const { ExecutionLifecycleHooks } = core();
  const workflowData = { id: workflowId, name: 'Test', nodes: [], connections: {}, active: false };
  return {
    credentialsHelper: credentialsHelper({ ...credential }),
    hooks: new ExecutionLifecycleHooks('manual', '1', workflowData as never),
    executionId: '1',
    workflowId,
    currentNodeExecutionIndex: 0,
    variables: {},
    webhookWaitingBaseUrl: 'http://127.0.0.1/webhook-waiting',
    formWaitingBaseUrl: 'http://127.0.0.1/form-waiting',
  } as Partial<IWorkflowExecuteAdditionalData> as IWorkflowExecuteAdditionalData;
}

/** n8n's way to a credential: the data as decrypted, and the real credential's own `authenticate`. */
function credentialsHelper(data: ICredentialDataDecryptedObject) {
  const { ICredentialsHelper } = workflowPackage();
  const type = built<ICredentialType>('credentials/SendCleanApi.credentials.js', 'SendCleanApi');
  class CredentialsHelper extends ICredentialsHelper {
    getParentTypes = () => [];
    isCredentialUsableByNode = () => true;
    preAuthentication = async () => undefined;
    runPreAuthentication = async () => undefined;
    getCredentials = () => Promise.reject(new Error('not used'));
    getDecrypted = async () => ({ ...data });
    updateCredentials = async () => undefined;
    updateCredentialsOauthTokenData = async () => undefined;
    getCredentialsProperties = () => type.properties;
    override async authenticate(
      ...[credentials, , options]: Parameters<InstanceType<typeof ICredentialsHelper>['authenticate']>
    ) {
      if (typeof type.authenticate !== 'function') throw new Error('authenticate must be a function');
      return await type.authenticate(credentials, options as never);
    }
  }
  return new CredentialsHelper();
}
