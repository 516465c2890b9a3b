import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { NodeMessage, NodeStatus } from '../../node-red/src/red';
import type { Red } from './embeddedNodeRed';

export type { Red } from './embeddedNodeRed';

/** A node of a flow, as the flow file has it. */
export interface FlowNode {
  id: string;
  type: string;
  [setting: string]: unknown;
}

export interface RuntimeOptions {
  flows: readonly FlowNode[];
  /** Credentials of nodes, by their IDs. */
  credentials?: Readonly<Record<string, Record<string, string>>>;
  /** What function nodes find in their global context. */
  globals?: Readonly<Record<string, unknown>>;
  /** Where Node-RED's admin API and editor listen; neither is there by default. */
  server?: Server;
  /** Where what flows serve listens; nothing is served by default. */
  http?: Server;
  /** What the settings file has besides. */
  settings?: Readonly<Record<string, unknown>>;
  /** Permissions of the admin API's users, by their access tokens; it is open to all by default. */
  users?: Readonly<Record<string, string | readonly string[]>>;
}

/** A message that came to a node. */
export interface Arrival {
  id: string;
  msg: NodeMessage;
}

/** The end of a message in a node. */
export interface Ended {
  id: string;
  msg: NodeMessage;
  error?: Error;
}

/** Node-RED in this process, of which there can be one. */
export interface Runtime {
  /** Gives a message to a node. */
  send(nodeId: string, msg: NodeMessage): void;
  /** Presses the button of an inject node. */
  press(nodeId: string): void;
  /** The next message that a node gets, from now on or since the last time that it was asked for. */
  next(nodeId: string): Promise<NodeMessage>;
  /** The same for whichever of several nodes gets one first. */
  nextOf(...nodeIds: string[]): Promise<Arrival>;
  /** How many messages a node has got that nobody asked for. */
  waiting(nodeId: string): number;
  /** How each message has ended, since the last deployment and on: an entry for each time that its node said so. */
  ended(): readonly Ended[];
  /** What a node has shown under itself, in order; cleared ones are `{}`. */
  statuses(nodeId: string): readonly NodeStatus[];
  /** Everything that Node-RED has logged. */
  log(): string;
  /** Deploys flows in place of those that run; messages that nobody asked for are forgotten. */
  deploy(options: RuntimeOptions): Promise<void>;
  /** Ends it, and removes its folder. */
  stop(): Promise<void>;
}

/**
 * The project's own Node-RED and pack. The environment variables name the folders of others: NODE_RED_HOST one with
 * Node-RED in its `node_modules`, NODE_RED_PACK that of an installed pack.
 */
const root = join(import.meta.dirname, '../..');
const host = process.env.NODE_RED_HOST ?? root;
export const packs: Readonly<Record<string, string>> = {
  '@sendclean-nodes/node-red-sendclean': process.env.NODE_RED_PACK ?? join(root, 'node-red'),
  'node-red-node-email': join(root, 'node_modules/node-red-node-email'),
};

/** Node-RED with nobody watching its messages. */
export interface Launched {
  RED: Red;
  userDir: string;
  /** Everything that Node-RED has logged, line by line. */
  lines: readonly string[];
  /** Deploys flows in place of those that run. */
  deploy(options: RuntimeOptions): Promise<void>;
  /** Gives a message to a node. */
  send(nodeId: string, msg: NodeMessage): void;
  /** Ends it, and removes its folder. */
  stop(): Promise<void>;
}

/**
 * Starts Node-RED, without flows so far.
 * @param installed folders of packs in its user directory, by their names: the built pack and the e-mail node unless
 * told otherwise.
 */
export async function launch(
  options: Omit<RuntimeOptions, 'flows'> = {},
  installed: Readonly<Record<string, string>> = packs,
): Promise<Launched> {
  const userDir = await mkdtemp(join(tmpdir(), 'sendclean-node-red-'));
  for (const [name, folder] of Object.entries(installed)) await installInto(userDir, name, folder);
  const RED = createRequire(join(host, 'package.json'))('node-red') as Red;
  const lines: string[] = [];
  RED.init(options.server ?? {}, settings(userDir, options, lines));
  const nextStart = () => new Promise<void>((resolve) => RED.events.once('flows:started', () => resolve()));
  const empty = nextStart();
  await RED.start();
  await empty;
  if (options.server) options.server.on('request', RED.httpAdmin);
  if (options.http) options.http.on('request', RED.httpNode);
  return {
    RED,
    userDir,
    lines,
    async deploy({ flows, credentials = {} }) {
      const started = nextStart();
      await RED.runtime.flows.setFlows({ flows: { flows, credentials } });
      await started;
    },
    send(nodeId, msg) {
      const node = RED.nodes.getNode(nodeId);
      if (!node) throw new Error(`There is no node ${nodeId}`);
      node.receive({ ...msg });
    },
    async stop() {
      await RED.stop();
      await rm(userDir, { recursive: true, force: true });
    },
  };
}

/** Puts a pack where Node-RED finds it, as npm does with a folder. */
export async function installInto(userDir: string, name: string, folder: string): Promise<void> {
  if (!existsSync(folder)) throw new Error(`${folder} is not there; run npm ci and npm run build`);
  await mkdir(dirname(join(userDir, 'node_modules', name)), { recursive: true });
  await symlink(folder, join(userDir, 'node_modules', name), 'junction');
}

/** Starts Node-RED with the built pack, and the e-mail node, or other packs in its user directory. */
export async function startRuntime(options: RuntimeOptions, installed = packs): Promise<Runtime> {
  const launched = await launch(options, installed);
  const { RED, lines, send } = launched;
  const observed = observe(RED);
  const deploy = async (next: RuntimeOptions) => {
    await launched.deploy(next);
    observed.forget();
  };
  await deploy(options);
  return {
    ...observed,
    deploy,
    send,
    log: () => lines.join('\n'),
    press: (nodeId) => void RED.nodes.getNode(nodeId)?.receive(),
    async stop() {
      RED.hooks.remove('*.test');
      await launched.stop();
    },
  };
}

function settings(
  userDir: string,
  { server, http, settings: others, users, globals }: Omit<RuntimeOptions, 'flows'>,
  lines: string[],
): object {
  const write = (entry: { msg: unknown }) =>
    lines.push(entry.msg instanceof Error ? String(entry.msg.stack) : JSON.stringify(entry));
  return {
    userDir,
    flowFile: 'flows.json',
    // That of the system otherwise.
    lang: 'en-US',
    credentialSecret: 'test',
    httpAdminRoot: server ? '/' : false,
    httpNodeRoot: http ? '/' : false,
    ...(users && { adminAuth: adminAuth(users) }),
    ...(globals && { functionGlobalContext: globals }),
    editorTheme: { tours: false },
    telemetry: { enabled: false, updateNotification: false },
    contextStorage: { default: { module: 'memory' } },
    logging: {
      console: { level: 'off' },
      lines: { level: 'trace', metrics: false, handler: () => write },
    },
    ...others,
  };
}

function adminAuth(users: NonNullable<RuntimeOptions['users']>): object {
  const tokens = (token: string) =>
    Promise.resolve(users[token] ? { username: token, permissions: users[token] } : null);
  return { type: 'credentials', users: [], tokens };
}

type Observed = Pick<Runtime, 'next' | 'nextOf' | 'waiting' | 'ended' | 'statuses'> & { forget(): void };

function observe(RED: Red): Observed {
  let got: Arrival[] = [];
  let asked: { ids: readonly string[]; answer: (arrival: Arrival) => void }[] = [];
  const shown: { id: string; status: NodeStatus }[] = [];
  RED.hooks.add('onReceive.test', ({ msg, destination: { id } }) => {
    const ask = asked.find(({ ids }) => ids.includes(id));
    asked = asked.filter((one) => one !== ask);
    if (ask) ask.answer({ id, msg });
    else got.push({ id, msg });
  });
  let ended: Ended[] = [];
  RED.hooks.add('onComplete.test', ({ msg, error, node: { id } }) =>
    ended.push({ id, msg, ...(error && { error }) }),
  );
  RED.events.on('node-status', ({ id, status = {} }) => shown.push({ id, status }));
  const nextOf = (...ids: string[]): Promise<Arrival> => {
    const arrival = got.find(({ id }) => ids.includes(id));
    got = got.filter((one) => one !== arrival);
    return arrival ? Promise.resolve(arrival) : new Promise((answer) => asked.push({ ids, answer }));
  };
  return {
    nextOf,
    next: async (id) => (await nextOf(id)).msg,
    waiting: (nodeId) => got.filter(({ id }) => id === nodeId).length,
    ended: () => ended,
    statuses: (nodeId) => shown.filter(({ id }) => id === nodeId).map(({ status }) => status),
    forget() {
      got = [];
      asked = [];
      ended = [];
    },
  };
}
