import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { root } from '../support/tarball';
import { boundText, isInReadme } from './bounds';
import { growthCurves } from './curves';
import { toMarkdown, type Row } from './table';

const begin = '<!-- figures: written by npm run bench -- --docs -->';
const end = '<!-- end of figures -->';

/** Puts the figures into `docs/performance.md`, and some of them into the README, between the two marks of each. */
export async function writeDocs(machine: string, rows: readonly Row[]): Promise<void> {
  await fill('docs/performance.md', [`${machine}.`, toMarkdown(rows, boundText), growthCurves(rows)]);
  await fill('README.md', [`${machine}.`, toMarkdown(rows.filter(isInReadme))]);
}

async function fill(path: string, parts: readonly string[]): Promise<void> {
  const file = join(root, path);
  const [before = '', rest = ''] = (await readFile(file, 'utf8')).split(begin);
  const [, after = ''] = rest.split(end);
  const text = [`${before}${begin}`, ...parts, `${end}${after}`].join('\n\n');
  await writeFile(file, await format(text, { ...(await resolveConfig(file)), filepath: file }));
}
