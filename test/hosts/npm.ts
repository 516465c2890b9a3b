import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { run } from './process';

/** Nobody reads what these say here, and each of them is one request more. */
const quiet = ['--no-audit', '--no-fund', '--no-update-notifier'];

/**
 * Runs an npm command in a folder, without any package's install scripts.
 * @throws Error with the end of npm's log
 */
export async function npm(folder: string, command: string, ...args: string[]): Promise<void> {
  await run('npm', [command, '--ignore-scripts', ...quiet, ...args], { cwd: folder });
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
