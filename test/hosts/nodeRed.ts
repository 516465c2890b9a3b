import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from './cleanup';
import { installHost, type HostName, type Progress } from './install/index';
import { installPack } from './npm';
import { freePort, start, untilReady, type Program } from './process';

/** A node of a flow file. Its credentials go where Node-RED keeps them, apart from the flow. */
export interface FlowNode {
  id: string;
  type: string;
  credentials?: Record<string, string>;
  [property: string]: unknown;
}

export interface NodeRedOptions {
  version: '5' | '4';
  /** The packed nodes to install; Node-RED's own only, if there is none. */
  tarball?: string;
  flows: readonly FlowNode[];
  progress?: Progress;
  /** Added to the settings file; values that JSON can hold. */
  settings?: Record<string, unknown>;
  /** Added to its environment. */
  env?: Record<string, string>;
}

export interface NodeRed {
  /** Of the editor, and of what http-in nodes serve. */
  readonly url: string;
  readonly userDir: string;
  /** What Node-RED has logged since its last start. */
  log(): string;
  /** Ends Node-RED at once, as a crash does, and starts it again in the same user directory. */
  crash(): Promise<void>;
  /** Ends Node-RED and removes its user directory. */
  stop(): Promise<void>;
}

const hosts: Record<NodeRedOptions['version'], HostName> = { '5': 'node-red-5', '4': 'node-red-4' };

/**
 * The folder of an installed Node-RED, and one of a pack that is installed from its tarball as users do it.
 * @throws Error with the end of npm's log
 */
export async function installNodeRed(
  version: NodeRedOptions['version'],
  tarball: string,
): Promise<{ host: string; pack: string; remove(): void }> {
  const host = await installHost(hosts[version], () => undefined);
  const folder = temporaryFolder('sendclean-pack-node-red-');
  await installPack(folder.path, 'node-red-project', tarball);
  const pack = join(folder.path, 'node_modules/@sendclean-nodes/node-red-sendclean');
  return { host, pack, remove: folder.remove };
}

/**
 * Starts a Node-RED of its own on 127.0.0.1, with a pack installed as users do it, and returns when its flows run.
 * @throws Error with the end of its log, when it ends early, misses a node type or takes over 60 seconds
 */
export async function startNodeRed(options: NodeRedOptions): Promise<NodeRed> {
  const host = await installHost(hosts[options.version], options.progress ?? (() => undefined));
  const folder = temporaryFolder('sendclean-host-node-red-');
  const userDir = folder.path;
  try {
    if (options.tarball) await installPack(userDir, 'node-red-project', options.tarball);
    const port = await freePort();
    await writeUserDir(userDir, port, options);
    let program = await launch(options, host, userDir);
    return {
      url: `http://127.0.0.1:${port}`,
      userDir,
      log: () => program.log(),
      async crash() {
        await program.kill();
        program = await launch(options, host, userDir);
      },
      stop: () => program.stop().then(folder.remove),
    };
  } catch (error) {
    folder.remove();
    throw error;
  }
}

/** Starts the Node-RED of a user directory, and returns when its flows run. */
async function launch({ version, env }: NodeRedOptions, host: string, userDir: string): Promise<Program> {
  const settings = join(userDir, 'settings.js');
  const args = [join(host, 'node_modules/node-red/red.js'), '--userDir', userDir, '--settings', settings];
  const program = start(process.execPath, args, { cwd: userDir, ...(env && { env }) });
  try {
    await untilReady(`Node-RED ${version}`, program, () => runs(program.log()), 60);
  } catch (error) {
    await program.stop();
    throw error;
  }
  return program;
}

/**
 * Whether a log says that the flows run and the server listens.
 * @throws Error when the flows wait for a node that is not installed
 */
function runs(log: string): boolean {
  const [, waiting = ''] = log.split('Waiting for missing types to be registered:');
  const missing = [...waiting.matchAll(/ {2}- (\S+)/g)].map(([, type]) => type);
  if (missing.length) throw new Error(`Node-RED has no node of the type ${missing.join(', ')}.`);
  return log.includes('Started flows') && log.includes('Server now running');
}

async function writeUserDir(
  userDir: string,
  port: number,
  { flows, settings }: NodeRedOptions,
): Promise<void> {
  const credentials = flows.flatMap((node) => (node.credentials ? [[node.id, node.credentials]] : []));
  const withoutThem = flows.map(({ credentials: _credentials, ...node }) => node);
  const allSettings = {
    uiPort: port,
    uiHost: '127.0.0.1',
    flowFile: 'flows.json',
    // Keeps the credentials as plain JSON, as they are written here.
    credentialSecret: false,
    // The log is read by its English words.
    lang: 'en-US',
    telemetry: { enabled: false, updateNotification: false },
    logging: { console: { level: 'info', metrics: false, audit: false } },
    ...settings,
  };
  await writeFile(join(userDir, 'flows.json'), JSON.stringify(withoutThem));
  await writeFile(join(userDir, 'flows_cred.json'), JSON.stringify(Object.fromEntries(credentials)));
  await writeFile(
    join(userDir, 'settings.js'),
    `module.exports = ${JSON.stringify(allSettings, null, 2)};\n`,
  );
}
