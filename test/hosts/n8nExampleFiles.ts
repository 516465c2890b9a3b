/** The example workflows for n8n, as their files have them. */
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const root = join(import.meta.dirname, '../..');

export interface ExampleNode {
  id: string;
  name: string;
  type: string;
  parameters: object;
  credentials?: object;
  webhookId?: string;
}

/** A workflow gets its ID when it is imported. */
export interface Example {
  name: string;
  nodes: readonly ExampleNode[];
  connections: object;
  settings: object;
}

export function read(file: string): Example {
  return JSON.parse(readFileSync(join(root, 'examples/n8n', `${file}.json`), 'utf8')) as Example;
}

/** Whether a node starts its workflow with events. */
export function isEventTrigger({ type }: ExampleNode): boolean {
  return type === 'n8n-nodes-sendclean.sendCleanTrigger';
}

/** The names of all files. */
export const files = globSync('examples/n8n/*.json', { cwd: root }).map((file) => basename(file, '.json'));

/** Those that start with events, which takes an n8n that is reached. */
export const eventFiles = files.filter((file) => read(file).nodes.some(isEventTrigger));
