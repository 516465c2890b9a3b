import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Every row of every table of an n8n that has been stopped, as text by the name of its table. */
export function databaseTexts(userFolder: string): [table: string, rows: string][] {
  const database = new DatabaseSync(join(userFolder, '.n8n/database.sqlite'), { readOnly: true });
  const tables = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all();
  const dump = tables.map(({ name }): [string, string] => {
    const rows = database.prepare(`SELECT * FROM "${String(name)}"`).all();
    return [String(name), rows.flatMap((row) => Object.values(row).map(valueText)).join('\n')];
  });
  database.close();
  return dump;
}

function valueText(value: unknown): string {
  return value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : String(value);
}

/** What n8n has written beside its database: its event log and settings, but not the binary data of flows. */
export function fileTexts(userFolder: string): [path: string, content: string][] {
  const paths = globSync(['.n8n/*', '.n8n/storage/**/*'], { cwd: userFolder, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/^[0-9a-f-]{36}$/.test(entry.name))
    .map(({ parentPath, name }) => join(parentPath, name));
  return paths.map((path) => [path, readFileSync(path, 'latin1')]);
}
