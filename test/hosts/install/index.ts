import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { temporaryFolder } from '../cleanup';
import { npm, rebuild } from '../npm';
import { run } from '../process';

export const hostNames = ['node-red-5', 'node-red-4', 'n8n', 'n8n-1'] as const;

export type HostName = (typeof hostNames)[number];

export type Progress = (line: string) => void;

/** How long an install takes, where that is more than some seconds. */
const minutes: Partial<Record<HostName, number>> = { n8n: 7, 'n8n-1': 3 };

const nodeMajor = process.versions.node.split('.')[0] ?? '';

/**
 * The folder of a ready install of a host, in the user's cache. It is made when it is not there: about 7 minutes
 * and 3 GB for n8n, 3 minutes and 1.5 GB for n8n 1, some seconds for Node-RED.
 * @param progress told when an install begins, every 15 seconds that it lasts, and when it is ready
 * @throws Error with the end of npm's log; nothing half installed stays behind
 */
export async function installHost(name: HostName, progress: Progress): Promise<string> {
  const source = join(import.meta.dirname, name);
  const lock = await readFile(join(source, 'package-lock.json'));
  const key = createHash('sha256').update(lock).update(nodeMajor).digest('hex').slice(0, 16);
  const target = join(cacheFolder(), `${name}-${key}`);
  if (existsSync(target)) return target;
  if (Number(nodeMajor) < 24) {
    throw new Error(
      `The hosts run on Node 24 or newer, this is ${process.version}: start it by an npm script.`,
    );
  }
  await mkdir(dirname(target), { recursive: true });
  await withProgress(name, progress, () => makeInstall(name, source, target));
  return target;
}

/** The Node.js that a ready install runs on: its own, if its package.json asks for one, or the one that runs this. */
export function nodeOf(folder: string): string {
  const own = join(folder, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node');
  return existsSync(own) ? own : process.execPath;
}

function cacheFolder(): string {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'sendclean-hosts');
}

/** Installs beside the target and moves the whole there, so that a broken install is never taken for a ready one. */
async function makeInstall(name: HostName, source: string, target: string): Promise<void> {
  const folder = temporaryFolder(`${basename(target)}.`, dirname(target));
  try {
    for (const file of ['package.json', 'package-lock.json']) {
      await copyFile(join(source, file), join(folder.path, file));
    }
    await npm(folder.path, 'ci');
    await fetchOwnNode(folder.path);
    await buildAddons(folder.path);
    await rename(folder.path, target);
    folder.keep();
  } catch (error) {
    folder.remove();
    // Another process was quicker: its install is as good.
    if (existsSync(target)) return;
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${name} could not be installed: ${reason}`, { cause: error });
  }
}

/** Hosts that refuse the Node.js of this project name another one as a package; its binary comes from npm too. */
async function fetchOwnNode(folder: string): Promise<void> {
  if (existsSync(join(folder, 'node_modules/node'))) await rebuild(folder, ['node']);
}

/**
 * Builds the native addons that n8n cannot do without, and no others: some fail to build. The headers of the very
 * Node that they run on come from npm, as the rest does.
 */
async function buildAddons(folder: string): Promise<void> {
  const addons = ['sqlite3', 'isolated-vm'].filter((name) => existsSync(join(folder, 'node_modules', name)));
  if (addons.length === 0) return;
  const version = (await run(nodeOf(folder), ['-p', 'process.versions.node'], { cwd: folder })).trim();
  const headers = join(folder, 'node-headers');
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const binary = `node-${platform}-${process.arch}`;
  await mkdir(headers);
  await writeFile(join(headers, 'package.json'), '{ "private": true }');
  await npm(headers, 'install', `${binary}@${version}`);
  await rebuild(folder, addons, { npm_config_nodedir: join(headers, 'node_modules', binary) });
  await rm(headers, { recursive: true });
}

async function withProgress(name: HostName, progress: Progress, work: () => Promise<void>): Promise<void> {
  const began = Date.now();
  const elapsed = () => `${Math.round((Date.now() - began) / 1000)} s`;
  const long = minutes[name] ? ` (about ${minutes[name]} minutes)` : '';
  progress(`Installing ${name} once, for all later runs${long}`);
  const ticker = setInterval(() => progress(`Installing ${name}: ${elapsed()}`), 15_000);
  try {
    await work();
  } finally {
    clearInterval(ticker);
  }
  progress(`Installed ${name} in ${elapsed()}`);
}
