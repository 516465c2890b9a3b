/**
 * Mutation testing of the core: runs Stryker, and writes what came of it to `docs/internal/mutation.md`.
 *
 *     npm run mutate
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { summary, type Report } from './summary';

const root = join(import.meta.dirname, '../..');
const docs = join(root, 'docs/internal/mutation.md');
const report = join(root, 'build/mutation.json');
const stryker = join(root, 'node_modules/@stryker-mutator/core/bin/stryker.js');

async function main(): Promise<void> {
  rmSync(report, { force: true });
  const args = [stryker, 'run', 'test/mutation/stryker.config.mjs'];
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  const text = summary(JSON.parse(readFileSync(report, 'utf8')) as Report, new Date());
  writeFileSync(docs, await format(text, { ...(await resolveConfig(docs)), filepath: docs }));
  process.exitCode = status ?? 1;
}

main().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});
