import type { NodeDef } from './red';

/** Turns the settings that one version of the pack has stored into those of the next. */
export type Migration = (stored: NodeDef) => NodeDef;

/**
 * All migrations, by the version whose settings they take. Nodes that were stored before there were versions are of
 * version 0; their settings are those of version 1. The editor stores the number of entries (`storedVersion` in
 * `codegen/node-red/definitions.ts`).
 */
export const migrations: readonly Migration[] = [(stored) => stored];

/**
 * A node's settings as this version of the pack reads them, whichever version has stored them. Settings of a later
 * version are read as they are.
 */
export function migrated(stored: NodeDef, steps = migrations): NodeDef {
  const { version } = stored;
  const from = typeof version === 'number' && version > 0 ? version : 0;
  return steps.slice(from).reduce((settings, migrate) => migrate(settings), stored);
}
