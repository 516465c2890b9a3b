import { readFileSync } from 'node:fs';

/** A hand-written part of what the editor shows, from `node-red/editor/`. */
export function written(name: string): string {
  return readFileSync(new URL(`../../node-red/editor/${name}`, import.meta.url), 'utf8').trim();
}
