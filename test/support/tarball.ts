import { execFileSync } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '../..');

export const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };

export interface UnpackedTarball {
  /** Where the package's files stand. */
  folder: string;
  /** The paths of its files in there. */
  files: string[];
  /** Removes the folder. */
  remove(): void;
}

/**
 * Unpacks a tarball of `npm run pack` into a temporary folder.
 * @param name of the tarball, without its version
 */
export function unpack(name: string): UnpackedTarball {
  const folder = mkdtempSync(join(tmpdir(), 'sendclean-tarball-'));
  execFileSync('tar', ['-xzf', join(root, 'build', `${name}-${manifest.version}.tgz`), '-C', folder]);
  return {
    folder: join(folder, 'package'),
    files: globSync('package/**/*.*', { cwd: folder }).map((file) => file.slice('package/'.length)),
    remove: () => rmSync(folder, { recursive: true }),
  };
}
