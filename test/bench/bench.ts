import { start } from '../hosts/process';
import { root } from '../support/tarball';
import { BenchError } from './error';
import { jobArgs } from './jobs';
import type { Options, PeerName } from './options';
import type { BareServer } from './server';
import type { Row, Unit } from './table';

/** What a group of measurements works with. */
export interface Bench extends Pick<Options, 'quick' | 'rounds' | 'peers'> {
  server: BareServer;
  /** Says on standard error what is being done. */
  progress(line: string): void;
}

/**
 * Measures one thing in a fresh process.
 * @throws BenchError when it fails or runs out of memory.
 */
export async function runJob<Result>(
  name: string,
  args: object,
  { flags = [], env = {} }: { flags?: readonly string[]; env?: NodeJS.ProcessEnv } = {},
): Promise<Result> {
  const { NODE_OPTIONS } = process.env;
  const program = start(process.execPath, jobArgs(name, args, flags), {
    cwd: root,
    env: { ...(NODE_OPTIONS && { NODE_OPTIONS }), ...env },
  });
  const status = await program.ended;
  const answer = program.output().trim().split('\n').at(-1) ?? '';
  // Without an answer it ended because nothing was left to wait for, such as the answer to a request.
  if (status === 0 && answer.startsWith('{')) return JSON.parse(answer) as Result;
  const log = program.log();
  if (status === null || log.includes('heap out of memory')) {
    throw new BenchError(`There is too little memory to measure ${name} with ${JSON.stringify(args)}.`);
  }
  // Around the message Node.js shows where it was thrown.
  const [reason = 'it said nothing'] = log.match(/^(?!node:|Node\.js|\/|\s)\S.*$/m) ?? [];
  throw new BenchError(`${name} cannot be measured with ${JSON.stringify(args)} (${reason}).`);
}

/** A figure of what a job answers. */
export interface Metric<Result> {
  /** Ends the IDs of its rows. */
  name: string;
  label: string;
  unit: Unit;
  of(result: Result): number;
}

export interface Comparison<Result> {
  id: string;
  /** What all measure, such as `n8n, 1,000 items at 50 ms`. */
  what: string;
  metrics: readonly Metric<Result>[];
  ours(): Promise<Result>;
  peers?: Partial<Record<PeerName, () => Promise<Result>>>;
  rounds?: number;
}

const own = 'SendClean';

/** Measures ours and its peers in turns, round by round, and gives the medians. A peer that fails has no row. */
export async function sideBySide<Result>(bench: Bench, comparison: Comparison<Result>): Promise<Row[]> {
  const { id, what, metrics, ours, peers = {}, rounds = bench.rounds } = comparison;
  const wanted = Object.entries(peers).filter(([name]) => bench.peers.includes(name as PeerName));
  const results = new Map<string, Result[]>();
  const failed = new Set<string>();
  for (let round = 1; round <= rounds; round += 1) {
    for (const [name, run] of [[own, ours] as const, ...wanted]) {
      if (failed.has(name)) continue;
      bench.progress(`${what}: ${name}, round ${round} of ${rounds}`);
      try {
        results.set(name, [...(results.get(name) ?? []), await run()]);
      } catch (error) {
        if (name === own) throw error;
        bench.progress(`${name} has no row: ${(error as Error).message}`);
        failed.add(name);
        results.delete(name);
      }
    }
  }
  return rowsOf(id, what, metrics, results);
}

/**
 * The rows of what was measured.
 * @param results of all rounds, ours first, by the names of what was measured.
 */
export function rowsOf<Result>(
  id: string,
  what: string,
  metrics: readonly Metric<Result>[],
  results: ReadonlyMap<string, readonly Result[]>,
): Row[] {
  const [[, ownResults] = ['', []], ...peers] = results;
  return metrics.flatMap(({ name, label, unit, of }): Row[] => {
    const ours = ownResults.map(of);
    const row = { id: `${id}/${name}`, measure: `${what}: ${label}`, unit, ours: median(ours) };
    if (peers.length === 0) return [{ ...row, rounds: { ours } }];
    return peers.map(([peer, all]) => {
      const theirs = all.map(of);
      return { ...row, id: `${row.id}/${peer}`, peer, theirs: median(theirs), rounds: { ours, theirs } };
    });
  });
}

/** The middle of some numbers. */
export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((one, other) => one - other);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2;
}
