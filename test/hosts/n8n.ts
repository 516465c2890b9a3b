import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ICredentialDataDecryptedObject, IRunExecutionData, ExecutionStatus } from 'n8n-workflow';
import { temporaryFolder } from './cleanup';
import { installHost, nodeOf, type HostName, type Progress } from './install/index';
import { installPack } from './npm';
import { freePort, run, start, tail, untilReady, type Program } from './process';

export interface N8nOptions {
  /** The n8n of today, by default; `1` is the oldest one that the packed node runs in. */
  version?: '2' | '1';
  /** The packed community node to install; n8n's own nodes only, if there is none. */
  tarball?: string;
  progress?: Progress;
  /** Settings of n8n that differ from those below. */
  env?: Record<string, string>;
}

/** A credential with its data in plain; n8n encrypts it. */
export interface N8nCredential {
  id: string;
  name: string;
  type: string;
  data: ICredentialDataDecryptedObject;
}

/** A workflow as n8n's editor exports it. */
export interface N8nWorkflow {
  id: string;
  name: string;
  nodes: readonly object[];
  connections: object;
  [property: string]: unknown;
}

/** What happened to a workflow that ran to its end or to an error. */
export interface Execution {
  status: ExecutionStatus;
  data: { resultData: IRunExecutionData['resultData'] };
}

export interface RunningN8n {
  readonly url: string;
  /** What n8n has logged so far. */
  log(): string;
  /** Ends n8n; its data stays for the next start. */
  stop(): Promise<void>;
  /** Ends n8n at once, as a crash does. */
  kill(): Promise<void>;
}

/** An n8n with a user folder of its own. Its commands run one at a time. */
export interface N8n {
  readonly userFolder: string;
  importCredentials(credentials: readonly N8nCredential[]): Promise<void>;
  importWorkflow(...workflows: N8nWorkflow[]): Promise<void>;
  /**
   * Runs an imported workflow once, without the editor. A workflow that fails is a result too.
   * @throws Error with the end of n8n's log, when there was nothing to run or n8n itself failed
   */
  execute(workflowId: string): Promise<Execution>;
  /** Starts n8n with its editor on 127.0.0.1 and returns when it is healthy, or throws after 90 seconds. */
  start(): Promise<RunningN8n>;
  /**
   * Starts n8n as a worker of queue mode, and returns when it takes executions, or throws after 90 seconds.
   * @param concurrency how many executions it runs at once
   */
  startWorker(concurrency: number): Promise<RunningN8n>;
  /** Starts n8n as a process that takes webhooks alone in queue mode, and returns when it is healthy. */
  startWebhooks(): Promise<RunningN8n>;
  /** Removes the user folder; stop what you started first. */
  remove(): void;
}

const hosts: Record<NonNullable<N8nOptions['version']>, HostName> = { '2': 'n8n', '1': 'n8n-1' };

const settings = {
  N8N_LISTEN_ADDRESS: '127.0.0.1',
  N8N_HOST: '127.0.0.1',
  N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
  N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: 'false',
  // The editor is served over plain HTTP.
  N8N_SECURE_COOKIE: 'false',
  N8N_PERSONALIZATION_ENABLED: 'false',
  N8N_HIRING_BANNER_ENABLED: 'false',
  // Nothing is asked of or told to servers elsewhere.
  N8N_DIAGNOSTICS_ENABLED: 'false',
  N8N_DISABLED_MODULES: 'mcp-registry',
  N8N_DYNAMIC_BANNERS_ENABLED: 'false',
  N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
  N8N_TEMPLATES_ENABLED: 'false',
  N8N_VERIFIED_PACKAGES_ENABLED: 'false',
  N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
  N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
  N8N_LOG_LEVEL: 'info',
};

/**
 * Makes an n8n with a user folder of its own and a community node installed as n8n does it: from the tarball, in
 * the folder `nodes`, without what n8n itself provides.
 * @throws Error with the end of npm's log
 */
export async function prepareN8n({ version = '2', tarball, progress, env }: N8nOptions): Promise<N8n> {
  const host = await installHost(hosts[version], progress ?? (() => undefined));
  const node = nodeOf(host);
  const folder = temporaryFolder('sendclean-host-n8n-');
  const command = (...args: string[]) => [join(host, 'node_modules/n8n/bin/n8n'), ...args];
  const options = async () => ({
    cwd: folder.path,
    env: { ...settings, ...(await ports()), N8N_USER_FOLDER: folder.path, ...env },
  });
  const load = async (what: 'credentials' | 'workflow', content: unknown) => {
    const file = join(folder.path, `${what}.json`);
    await writeFile(file, JSON.stringify(content));
    await run(node, command(`import:${what}`, `--input=${file}`), await options());
  };
  try {
    const nodes = join(folder.path, '.n8n', 'nodes');
    await mkdir(nodes, { recursive: true });
    if (tarball) await installPack(nodes, 'installed-nodes', tarball, '--omit=peer', '--legacy-peer-deps');
  } catch (error) {
    folder.remove();
    throw error;
  }
  return {
    userFolder: folder.path,
    importCredentials: (credentials) => load('credentials', credentials),
    importWorkflow: (...workflows) => load('workflow', workflows),
    execute: async (workflowId) =>
      readExecution(start(node, command('execute', `--id=${workflowId}`, '--rawOutput'), await options())),
    start: async () => {
      const at = await options();
      return untilHealthy(start(node, command('start'), at), `http://127.0.0.1:${at.env.N8N_PORT}`);
    },
    startWorker: async (concurrency) => {
      const at = await options();
      const port = String(await freePort());
      const env = { ...at.env, QUEUE_HEALTH_CHECK_ACTIVE: 'true', QUEUE_HEALTH_CHECK_PORT: port };
      const worker = start(node, command('worker', `--concurrency=${concurrency}`), { ...at, env });
      return untilHealthy(worker, `http://127.0.0.1:${port}`);
    },
    startWebhooks: async () => {
      const at = await options();
      return untilHealthy(start(node, command('webhook'), at), `http://127.0.0.1:${at.env.N8N_PORT}`);
    },
    remove: folder.remove,
  };
}

/** Of the editor and of the broker that hands code to its runners. */
async function ports(): Promise<{ N8N_PORT: string; N8N_RUNNERS_BROKER_PORT: string }> {
  return { N8N_PORT: String(await freePort()), N8N_RUNNERS_BROKER_PORT: String(await freePort()) };
}

/** Finds the execution, indented JSON, between the lines that n8n logs. It logs a failed one, and ends with 1. */
async function readExecution(program: Program): Promise<Execution> {
  const status = await program.ended;
  const [json] = /^\{\r?\n[^]*?^\}$/m.exec(program.output()) ?? [];
  if (json === undefined) {
    throw new Error(`n8n executed no workflow and ended with status ${status}. ${tail(program.log())}`);
  }
  const execution: Execution = JSON.parse(json);
  return execution;
}

async function untilHealthy(program: Program, url: string): Promise<RunningN8n> {
  const healthy = () =>
    fetch(`${url}/healthz/readiness`).then(
      (response) => response.ok,
      () => false,
    );
  try {
    await untilReady('n8n', program, healthy, 90);
  } catch (error) {
    await program.stop();
    throw error;
  }
  return { url, log: program.log, stop: program.stop, kill: program.kill };
}
