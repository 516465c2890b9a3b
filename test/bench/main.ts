/**
 * Measures both packs side by side with what else people would use: `npm run bench`. `--help` shows the options.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { dirname } from 'node:path';
import { run } from '../hosts/process';
import { manifest, root } from '../support/tarball';
import { type Bench } from './bench';
import { boundText, brokenBounds } from './bounds';
import { writeDocs } from './docs';
import { BenchError } from './error';
import { measureGroup } from './groups';
import { checkMemory } from './memory';
import { help, readOptions, type Options } from './options';
import { startServer } from './server';
import { toTable, type Row } from './table';
import { bundleJobs } from './jobs';

const say = (text: string) => process.stderr.write(`${text}\n`);

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (!options) return void process.stdout.write(help);
  checkMemory(process.availableMemory(), options.quick);
  if (!options.packed) {
    say('Building and packing');
    await run(process.execPath, ['--import', 'tsx', 'node_modules/gulp/bin/gulp.js', 'pack'], { cwd: root });
  }
  await bundleJobs();
  const rows = await measure(options);
  process.stdout.write(`${machine()}\n${toTable(rows, boundText)}\n`);
  await mkdir(dirname(options.json), { recursive: true });
  await writeFile(options.json, `${JSON.stringify({ machine: machine(), rows }, null, 2)}\n`);
  if (options.docs) await writeDocs(machine(), rows);
  const broken = options.check ? brokenBounds(rows, options) : [];
  for (const sentence of broken) say(`Bound broken: ${sentence}`);
  if (broken.length > 0) process.exitCode = 1;
}

async function measure({ groups, port, quick, peers, rounds }: Options): Promise<Row[]> {
  const server = await startServer(port);
  const bench: Bench = { server, quick, peers, rounds, progress: say };
  const rows: Row[] = [];
  try {
    for (const group of groups) rows.push(...(await measureGroup[group](bench)));
  } finally {
    await server.stop();
  }
  return rows;
}

/** What it was measured on. */
function machine(): string {
  const [cpu] = cpus();
  const memory = Math.round(totalmem() / 1e9);
  const system = `${process.platform} ${process.arch}, ${availableParallelism()} × ${cpu?.model}, ${memory} GB`;
  return `SendClean ${manifest.version} on Node.js ${process.versions.node}, ${system}`;
}

main().catch((error: unknown) => {
  say(error instanceof BenchError ? error.message : String(error));
  process.exitCode = 1;
});
