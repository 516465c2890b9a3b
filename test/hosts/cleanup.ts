import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const cleanups = new Set<() => void>();

/** The latest first: a program is ended before the folder that it works in is removed. */
function cleanUp(): void {
  for (const cleanup of [...cleanups].reverse()) cleanup();
  cleanups.clear();
}

/**
 * Cleans up and, unless someone else listens for the signal too, lets it end this process as it would have. Ctrl+C
 * comes twice, from the terminal and from the parent: nobody must stop listening before all is clean.
 */
function endBySignal(signal: NodeJS.Signals): void {
  cleanUp();
  process.off(signal, endBySignal);
  if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
}

process.once('exit', cleanUp);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, endBySignal);

/**
 * Has a synchronous clean-up run when this process ends, automatically or by a signal.
 * @returns what takes it back, for when there is nothing left to clean up
 */
export function atExit(cleanup: () => void): () => void {
  cleanups.add(cleanup);
  return () => void cleanups.delete(cleanup);
}

export interface TemporaryFolder {
  readonly path: string;
  /** Removes the folder now. Once kept, it is no longer there to remove. */
  remove(): void;
  /** Lets the folder outlive this process, because it has been moved to its final place. */
  keep(): void;
}

/**
 * Makes a folder that is gone when this process ends.
 * @param name the start of its name
 * @param parent where it stands; the system's folder for such things by default
 */
export function temporaryFolder(name: string, parent = tmpdir()): TemporaryFolder {
  const path = mkdtempSync(join(parent, name));
  const erase = () => rmSync(path, { recursive: true, force: true, maxRetries: 5 });
  const keep = atExit(erase);
  const remove = () => {
    keep();
    erase();
  };
  return { path, remove, keep };
}
