import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { checkMemory } from '../bench/memory';
import type { Row } from '../bench/table';
import { temporaryFolder } from '../hosts/cleanup';
import { freePort, start } from '../hosts/process';
import { startSandbox } from '../support/sandbox';
import { root } from '../support/tarball';

const main = join(root, 'test/bench/main.ts');

/** Runs the benchmark on what is packed already. */
async function bench(args: string[], env: NodeJS.ProcessEnv = {}) {
  const program = start(process.execPath, ['--import', 'tsx', main, '--packed', ...args], { cwd: root, env });
  const status = await program.ended;
  return { status, output: program.output(), errors: program.log().replace(program.output(), '') };
}

describe('the benchmark in its short form', () => {
  const folder = temporaryFolder('sendclean-bench-');
  after(() => folder.remove());

  it('keeps every bound that does not depend on how busy the machine is', { timeout: 240_000 }, async () => {
    const json = join(folder.path, 'bench.json');
    const { status, output, errors } = await bench(['--quick', '--check', '--rounds', '1', '--json', json]);
    assert.equal(status, 0, errors);
    const { rows } = JSON.parse(readFileSync(json, 'utf8')) as { rows: Row[] };
    assert.ok(rows.length > 20);
    for (const { measure } of rows) assert.ok(output.includes(measure), measure);
    assert.deepEqual(
      rows.filter(({ unit }) => unit === 'ms' || unit === 'µs'),
      [],
    );
  });

  it('ends with one sentence and status 1 for what it does not know', async () => {
    const cases: [string[], string][] = [
      [
        ['--only', 'n9n'],
        'There is no group "n9n"; there are core, load, n8n, nodeRed, pages, attachments, growth.',
      ],
      [
        ['--against', 'curl'],
        'There is no peer "curl"; there are HTTP Request, HTTP Request with open token, one by one, floor, function, http request, e-mail, raw client, ajv, zod 3, zod 4.',
      ],
      [['--rounds', '0'], '--rounds must be a whole number from 1 to 100, got "0".'],
      [['--port', 'x'], '--port must be a whole number from 0 to 65535, got "x".'],
      [['--colour'], "Unknown option '--colour'; --help shows what there is."],
    ];
    const runs = await Promise.all(cases.map(([args]) => bench(args)));
    assert.deepEqual(
      runs,
      cases.map(([, sentence]) => ({ status: 1, output: '', errors: `${sentence}\n` })),
    );
  });

  it('ends with one sentence and status 1 for a busy port, and leaves no process behind', async () => {
    const other = await startSandbox();
    const { port } = new URL(other.url);
    const { status, output, errors } = await bench(['--quick', '--only', 'pages', '--port', port]);
    await other.close();
    assert.equal(status, 1);
    assert.equal(errors, `Port ${port} is in use already; leave --port out for any free one.\n`);
    assert.equal(output, '');
    assert.deepEqual(await leftWith(`{"port":${port}}`), []);
  });

  it('leaves no process behind when it is interrupted, also again while it cleans up, as by Ctrl+C', async () => {
    const args = ['--import', 'tsx', main, '--packed', '--only', 'pages', '--port', String(await freePort())];
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'ignore', 'pipe'] });
    await once(child.stderr, 'data');
    const again = setInterval(() => child.kill('SIGINT'), 1);
    await once(child, 'close');
    clearInterval(again);
    assert.deepEqual(await leftWith(`{"port":${args.at(-1)}}`), []);
  });

  it('ends with one sentence when there is too little memory', () => {
    assert.throws(() => checkMemory(500_000_000, true), {
      message: 'There is too little memory: 0.5 GB are free, and 1.0 GB are needed.',
    });
    checkMemory(1_000_000_000, true);
  });

  it('ends with one sentence and status 1 when a measurement runs out of memory', async () => {
    const { status, errors } = await bench(['--quick', '--only', 'attachments'], {
      NODE_OPTIONS: '--max-old-space-size=48',
    });
    assert.equal(status, 1);
    assert.match(errors, /There is too little memory to measure n8n with .+\.\n$/);
  });

  it('tells how it is used', async () => {
    const { status, output } = await bench(['--help']);
    assert.equal(status, 0);
    for (const option of ['only', 'against', 'rounds', 'quick', 'check', 'docs', 'json', 'port', 'packed'])
      assert.ok(output.includes(`--${option} `), option);
  });
});

/** The processes that are still there with an argument after five seconds: one that was killed may take a moment to go. */
async function leftWith(argument: string): Promise<string[]> {
  for (const deadline = Date.now() + 5000; Date.now() < deadline; await sleep(50))
    if (processesWith(argument).length === 0) return [];
  return processesWith(argument);
}

/** The processes that were started with an argument, where Linux tells. */
function processesWith(argument: string): string[] {
  const ids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return ids.filter((id) => {
    try {
      return readFileSync(`/proc/${id}/cmdline`, 'utf8').includes(argument);
    } catch {
      return false; // it has ended meanwhile
    }
  });
}
