/**
 * Runs the tests of this project and ends with a line `N passed, N failed`.
 *
 *     npm test                  everything that needs no installed host
 *     npm run test:hosts        real n8n, real Node-RED, real browser, from the tarballs
 *     npm test -- test/unit     the tests of one folder or file
 *     FUZZ_RUNS=100000 npm test -- test/fuzz    more cases than 10,000 for each host
 *     FUZZ_SEED=1042 npm test -- test/fuzz      the cases of an earlier run
 */
import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { hostNames, installHost } from './hosts/install/index';
import { installNodeRed } from './hosts/nodeRed';

const root = join(import.meta.dirname, '..');
const suites: Record<string, string[]> = {
  quick: ['unit', 'growth', 'sandbox', 'n8n', 'node-red', 'packs', 'fuzz'].map((folder) => `test/${folder}`),
  hosts: ['hosts', 'browser'].map((folder) => `test/${folder}`),
};
const count = { passed: 0, failed: 0 };

/**
 * Tests that need the machine to themselves: a demo builds and packs anew what others install, and what a browser or
 * another flow waits for must come soon.
 */
const alone = /[\\/](browser|hosts[\\/](demo|hostile))/;

/** A task of the gulpfile, counted as one test. */
function task(name: string, sentence: string): void {
  const args = ['--import', 'tsx', 'node_modules/gulp/bin/gulp.js', name];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  count[status === 0 ? 'passed' : 'failed'] += 1;
  process.stdout.write(status === 0 ? `✔ ${sentence}\n` : `✖ ${sentence}\n${stdout}${stderr}\n`);
}

/** How long a test or a suite may take, in milliseconds: more than any needs, so that one that hangs ends as a failure. */
const timeout = 15 * 60_000;

async function tests(files: string[], concurrency: number): Promise<void> {
  if (files.length === 0) return;
  const stream = run({ files, concurrency, timeout, execArgv: ['--import', 'tsx'] });
  stream.on('test:pass', ({ details }) => (count.passed += details.type === 'suite' ? 0 : 1));
  stream.on('test:fail', ({ details }) => (count.failed += details.type === 'suite' ? 0 : 1));
  for await (const line of stream.compose(spec)) process.stdout.write(String(line));
}

function testFiles(place: string): string[] {
  const pattern = place.endsWith('.ts') ? place : `${place}/**/*.test.ts`;
  return globSync(join(root, pattern)).sort();
}

/** Once before the tests, so that no two of them install the same host. */
async function installHosts(): Promise<void> {
  for (const name of hostNames) await installHost(name, (line) => process.stdout.write(`${line}\n`));
}

/** The tests of the Node-RED nodes once more, with the packed ones in each Node-RED that is installed. */
async function packedNodeRed(): Promise<void> {
  const [tarball = ''] = globSync(join(root, 'build/sendclean-nodes-node-red-sendclean-*.tgz'));
  for (const version of ['5', '4'] as const) {
    process.stdout.write(`\nIn Node-RED ${version}, from the tarball:\n`);
    const { host, pack, remove } = await installNodeRed(version, tarball);
    Object.assign(process.env, { NODE_RED_HOST: host, NODE_RED_PACK: pack });
    await tests(testFiles('test/node-red'), 2);
    remove();
  }
}

async function main(): Promise<void> {
  const [first = 'quick', ...others] = process.argv.slice(2);
  const files = (suites[first] ?? [first, ...others]).flatMap(testFiles);
  if (files.length === 0) throw new Error(`No tests stand at ${[first, ...others].join(' ')}`);
  task('pack', 'both packs are built and packed');
  if (first === 'quick') task('lint', 'types, lint rules and format are right');
  const isHosts = first === 'hosts';
  if (isHosts) await installHosts();
  // What a host does first, and most, is to load itself, which keeps one core busy.
  await tests(
    files.filter((file) => !alone.test(file)),
    2,
  );
  await tests(
    files.filter((file) => alone.test(file)),
    1,
  );
  if (isHosts) await packedNodeRed();
  process.stdout.write(`${count.passed} passed, ${count.failed} failed\n`);
  if (count.failed > 0) process.exitCode = 1;
}

main().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});
