import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { runNpm, type NpmOptions } from '../../npm.mjs';
import { atExit } from './cleanup';
import { hostEnvironment, tail } from './process';

/** Nobody reads what these say here, and each of them is one request more. */
const quiet = ['--no-audit', '--no-fund', '--no-update-notifier'];

/** How long npm may be silent while it compiles, in milliseconds: a compiler writes nothing until a file is done. */
const compiling = 600_000;

/**
 * Runs an npm command in a folder, without any package's install scripts.
 * @throws Error with the end of npm's log, or one sentence when its download stalls
 */
export async function npm(folder: string, command: string, ...args: string[]): Promise<void> {
  await run([command, '--ignore-scripts', ...quiet, ...args], { cwd: folder });
}

/**
 * Runs the install scripts of these packages alone.
 * @throws Error with the end of npm's log
 */
export async function rebuild(
  folder: string,
  packages: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<void> {
  const args = ['rebuild', ...packages, '--ignore-scripts=false', '--foreground-scripts'];
  await run(args, { cwd: folder, env, silence: compiling });
}

async function run(args: readonly string[], { env, ...options }: NpmOptions): Promise<void> {
  const { status, log } = await runNpm(args, { ...options, env: { ...hostEnvironment(), ...env }, atExit });
  if (status === null) throw new Error(log);
  if (status !== 0) throw new Error(`"npm ${args.join(' ')}" ended with status ${status}. ${tail(log)}`);
}

/**
 * Installs a packed package in a folder as a user does.
 * @param name of the package that the folder becomes; npm would install in a parent folder otherwise
 * @param args more arguments for npm
 */
export async function installPack(
  folder: string,
  name: string,
  tarball: string,
  ...args: string[]
): Promise<void> {
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name, private: true }));
  await npm(folder, 'install', ...args, resolve(tarball));
}
