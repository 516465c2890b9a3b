import { resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createPrivate, makePrivate } from './privateFile';

const version = 1;

/**
 * Opens the database that holds everything the sandbox remembers.
 * @param file where to keep it, readable by its owner only; in memory by default.
 * @throws Error when the file cannot be opened or is something else.
 */
export function openDatabase(file?: string): DatabaseSync {
  // As a path in full, which SQLite takes for nothing else, such as `:memory:` or an address.
  const path = file === undefined ? ':memory:' : resolve(file);
  if (file !== undefined) createPrivate(path);
  const database = new DatabaseSync(path, { timeout: 5000 });
  const found = Number(database.prepare('PRAGMA user_version').get()?.user_version);
  if (found !== 0 && found !== version) throw new Error(`it was written by another version (${found})`);
  if (file !== undefined) makePrivate(path);
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON');
  database.exec(`PRAGMA user_version = ${version}`);
  return database;
}
