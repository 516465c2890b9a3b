import { chmodSync, closeSync, existsSync, openSync } from 'node:fs';

const ownerOnly = 0o600;

/** Makes a file that only its owner can read, unless it is there; SQLite would leave that to the umask. */
export function createPrivate(file: string): void {
  try {
    closeSync(openSync(file, 'wx', ownerOnly));
  } catch {
    // It is there, or SQLite says why it cannot be.
  }
}

/**
 * Takes a database that is there away from all but its owner, with the journals that a crash has left.
 * @throws Error when it belongs to somebody else. Windows has no such permissions: nothing changes there.
 */
export function makePrivate(file: string): void {
  for (const one of [file, `${file}-wal`, `${file}-shm`]) if (existsSync(one)) chmodSync(one, ownerOnly);
}
