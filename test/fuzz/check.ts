import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { operations } from '../../shared/generated/operations';
import type { OperationName } from '../../shared/generated/types';
import type { Operation } from '../../shared/model';
import { clear, messages } from '../sandbox/client';
import type { Recorder } from '../support/recorder';
import { cases } from './cases';
import { judge } from './judge';
import type { Case, Host } from './model';
import { readArrival } from './wire';

/** How many cases are made for a host in all: `FUZZ_RUNS`, 10,000 by default. */
const runs = Number(process.env.FUZZ_RUNS || 10_000);

/** What the cases follow from: `FUZZ_SEED`, which `random` makes another in each run; the same ones by default. */
const { FUZZ_SEED } = process.env;
const seed = FUZZ_SEED === 'random' ? Math.trunc(Math.random() * 2 ** 31) : Number(FUZZ_SEED || 1);

/** Cases that a host runs at once. */
const batchSize = 250;

/** How long those may take, in milliseconds; they take about a second. */
const deadline = 120_000;

/** How long a case that goes wrong is made smaller, in milliseconds. */
const shrinkingTime = 60_000;

/** Where the cases of a host go. */
export interface Target {
  host: Host;
  /** Address of the sandbox. */
  sandbox: string;
  /** Stands before it. */
  recorder: Recorder;
}

/** How many cases an operation has of a share of all: each field gets the same attention. */
export function runsOf(operation: Operation, share: number): number {
  const fields = Object.values<Operation>(operations).reduce((sum, one) => sum + one.fields.length, 0);
  return Math.ceil((share * runs * operation.fields.length) / fields);
}

/**
 * Runs cases of an operation through a host.
 * @throws AssertionError with the seed for the first case that goes wrong, made as small as it can be.
 */
export async function fuzz(
  target: Target,
  operation: Operation<OperationName>,
  share: number,
): Promise<void> {
  const arbitrary = cases(target.host, operation);
  for (let left = runsOf(operation, share), from = seed; left > 0; left -= batchSize, from += 1) {
    const batch = fc.sample(arbitrary, { seed: from, numRuns: Math.min(left, batchSize) });
    await check(target, operation, batch).catch(async (error: unknown) => {
      const property = fc.asyncProperty(arbitrary, (entered) => check(target, operation, [entered]));
      const { path = 'several together', reason = error } = await smallest(property, from, batch.length);
      const message = reason instanceof Error ? reason.message : String(reason);
      assert.fail(`FUZZ_SEED=${from} FUZZ_RUNS=${runs} repeats this (case ${path}):\n${message}`);
    });
  }
}

/** The first case that goes wrong alone, without what does not matter. */
async function smallest<T>(
  property: fc.IAsyncProperty<T>,
  from: number,
  count: number,
): Promise<{ path?: string; reason?: unknown }> {
  for (let index = 0; index < count; index += 1) {
    const options = { seed: from, path: String(index), numRuns: 1, skipAllAfterTimeLimit: shrinkingTime };
    const { failed, counterexamplePath, errorInstance } = await fc.check(property, options);
    if (failed) return { path: counterexamplePath ?? String(index), reason: errorInstance };
  }
  return {};
}

const prototype = Object.getOwnPropertyNames(Object.prototype);

async function check(
  { host, sandbox, recorder }: Target,
  operation: Operation<OperationName>,
  batch: readonly Case[],
): Promise<void> {
  await clear(sandbox, 'messages');
  recorder.take();
  const outcomes = await inTime(host.run(operation.name, batch));
  assert.deepEqual(Object.getOwnPropertyNames(Object.prototype), prototype, 'Object.prototype is polluted');
  judge(operation, batch, outcomes, recorder.take().map(readArrival));
  const sent = outcomes.filter((outcome) => 'result' in outcome && !outcome.result.skipped);
  if (operation.effect === 'send') assert.equal((await messages(sandbox)).length, sent.length);
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  const over = new AbortController();
  const late = sleep(deadline, undefined, { signal: over.signal }).then(() => assert.fail('a run hangs'));
  return await Promise.race([work, late]).finally(() => {
    late.catch(() => undefined);
    over.abort();
  });
}
