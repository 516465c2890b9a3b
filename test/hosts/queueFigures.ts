/**
 * Measures n8n's queue mode for `docs/scaling.md`, and prints the table that stands there. It takes about eight minutes:
 *
 *     npm run pack && node run.mjs test/hosts/queueFigures.ts
 */
import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { clear, fault, messages } from '../sandbox/client';
import { credentialFor } from '../support/n8nForm';
import { startSandbox } from '../support/sandbox';
import { orders, ordersWorkflow, place, uniqueId, type Order } from './orders';
import { startQueueStand, type QueueStand } from './queueStand';

const rounds = 3;

/** How long the service takes to answer, in milliseconds. */
const answerTime = 50;

/** Executions that are started at the same moment. */
interface Load {
  what: string;
  /** The orders of each execution. */
  runs: readonly Order[][];
  /** Options of the node. */
  options?: object;
  /** Whether all of them have their email already. */
  again?: boolean;
}

/** Workers, how many executions each runs at once, and what they are given to do. */
type Case = [workers: number, concurrency: number, loads: Load[]];

const all = orders(500);
const fifths = [0, 1, 2, 3, 4].map((part) => all.slice(part * 100, part * 100 + 100));
/** What all others are compared with. */
const base: Load = { what: '1 execution of 500 mails', runs: [all] };
const five: Load = { what: '5 executions of 100 mails', runs: fifths };
const twice = { runs: [orders(100), orders(100)], options: { skipSent: true } };
const paced = { requestsPerMinute: 600 };

const cases: Case[] = [
  [
    1,
    10,
    [
      { what: 'the same with _Requests at Once_ 1', runs: [all], options: { atOnce: 1 } },
      { what: 'the same with _Skip Already Sent_', runs: [all], options: { skipSent: true } },
      { what: 'the same run again: all skipped', runs: [all], options: { skipSent: true }, again: true },
      five,
    ],
  ],
  [1, 1, [five, { what: '2 executions of the same 100 orders, skipping', ...twice }]],
  [2, 10, [five]],
  [
    2,
    1,
    [
      { what: '1 execution of 50 mails, 600 a minute', runs: [orders(50)], options: paced },
      { what: '2 executions of 50 mails, 600 a minute', runs: [orders(50), orders(50)], options: paced },
      { what: '2 executions of the same 100 orders, skipping', ...twice },
    ],
  ],
];

/** What came of a load. */
interface Figures {
  /** Emails a second, those that were skipped included. */
  speed: number;
  /** Orders that got a second mail. */
  doubles: number;
}

/** The workers remember for which orders they have sent emails, so each series has numbers of its own. */
let series = 0;

async function runOnce(load: Load, url: string, sandbox: string): Promise<Figures> {
  if (!load.again) {
    await clear(sandbox, 'messages');
    series += 1;
  }
  const runs = load.runs.map((run) => run.map(({ id }) => ({ id: series * 1000 + id })));
  const began = performance.now();
  const answers = await Promise.all(runs.map((run) => place(url, run)));
  const seconds = (performance.now() - began) / 1000;
  for (const { status } of answers) assert.equal(status, 200, load.what);
  const placed = runs.flat().map(({ id }) => uniqueId(id));
  const wanted = load.options && 'skipSent' in load.options ? new Set(placed).size : placed.length;
  return { speed: placed.length / seconds, doubles: (await messages(sandbox)).length - wanted };
}

/** Measures all that a number of workers is given to do, and ends them. Speeds are beside one of the base. */
async function measureCase(stand: QueueStand, sandbox: string, index: number): Promise<[Load, Figures][]> {
  const [count, concurrency, loads] = cases[index]!;
  const workers = await Promise.all(Array.from({ length: count }, () => stand.startWorker(concurrency)));
  const credential = await stand.addCredential('sandbox', credentialFor(sandbox));
  const webhookOf = async (load: Load, path: string) => {
    await stand.publish(ordersWorkflow(path, credential, load.options ?? {}));
    return `${stand.main.url}/webhook/${path}`;
  };
  const baseUrl = await webhookOf(base, `base-${index}`);
  const measured: [Load, Figures][] = [];
  for (const [place, load] of loads.entries()) {
    const url = await webhookOf(load, `orders-${index}-${place}`);
    const figures: Figures[] = [];
    // In turn, so that what else the machine has to do slows down both.
    for (let round = 0; round < rounds; round += 1) {
      const { speed } = await runOnce(base, baseUrl, sandbox);
      const beside = await runOnce(load, url, sandbox);
      figures.push({ ...beside, speed: beside.speed / speed });
    }
    measured.push([load, figures.sort((a, b) => a.speed - b.speed)[Math.floor(rounds / 2)]!]);
  }
  for (const worker of workers) await worker.stop();
  return measured;
}

async function main(): Promise<void> {
  const [tarball] = globSync(join(import.meta.dirname, '../../build/n8n-nodes-sendclean-*.tgz'));
  assert.ok(tarball, 'build/ has no tarball: npm run pack makes it');
  await using stack = new AsyncDisposableStack();
  const { url: sandbox } = stack.adopt(await startSandbox(), (running) => running.close());
  const stand = stack.adopt(await startQueueStand(tarball), (running) => running.stop());
  await fault(sandbox, { kind: 'delay', delayMs: answerTime, count: null });
  process.stdout.write('| workers | at once | executions | speed | orders mailed twice |\n');
  process.stdout.write('| --- | --- | --- | --- | --- |\n');
  process.stdout.write(`| any | any | ${base.what} | 1 | 0 |\n`);
  for (const [index, [workers, concurrency]] of cases.entries()) {
    for (const [{ what }, { speed, doubles }] of await measureCase(stand, sandbox, index)) {
      const row = [workers, concurrency, what, speed.toFixed(2), doubles];
      process.stdout.write(`| ${row.join(' | ')} |\n`);
    }
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});
