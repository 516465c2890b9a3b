import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../support/tarball';
import { boundText } from './bounds';
import { toMarkdown, type Row } from './table';

const file = join(root, 'docs/performance.md');
const begin = '<!-- figures: written by npm run bench -- --docs -->';
const end = '<!-- end of figures -->';

/** Puts the figures into `docs/performance.md`, between its two marks. */
export async function writeDocs(machine: string, rows: readonly Row[]): Promise<void> {
  const text = await readFile(file, 'utf8');
  const [before = '', rest = ''] = text.split(begin);
  const [, after = ''] = rest.split(end);
  const figures = `${begin}\n\n${machine}.\n\n${toMarkdown(rows, boundText)}\n\n${end}`;
  await writeFile(file, before + figures + after);
}
