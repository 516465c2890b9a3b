import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** What a piece of work took of this process. */
export interface Spent {
  /** Milliseconds that passed. */
  wall: number;
  /** Milliseconds of CPU time, of all threads. */
  cpu: number;
  /** The most bytes of memory over what was in use before. */
  peak: number;
  /** The most bytes that were still in use after collecting garbage, over what was in use before; 0 if not sampled. */
  held: number;
  /** Bytes still in use afterwards, over what was in use before. */
  kept: number;
}

/** How often what is in use is looked at, in milliseconds. */
const sampling = 20;

/**
 * Begins to measure.
 * @param samples whether to look, again and again, at what is in use: exact, but it costs time.
 * @returns what ends it. Start Node.js with `--expose-gc`.
 */
export function startMeter(samples = false): () => Promise<Spent> {
  const inUse = () => {
    // Buffers are freed by another thread, which the second collection waits for.
    for (let round = 0; round < 2; round += 1) globalThis.gc?.();
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };
  const before = inUse();
  resetPeak();
  const idle = process.memoryUsage.rss();
  let held = 0;
  const look = () => (held = Math.max(held, inUse() - before));
  const ticker = samples ? setInterval(look, sampling) : undefined;
  const cpu = process.cpuUsage();
  const start = performance.now();
  return async () => {
    const wall = performance.now() - start;
    const { user, system } = process.cpuUsage(cpu);
    clearInterval(ticker);
    const peak = Math.max(0, peakMemory() - idle);
    // What was just done with is let go in steps: weak references hold it for one more turn.
    for (let turn = 0; turn < 6; turn += 1) {
      await sleep(50);
      globalThis.gc?.();
    }
    return { wall, cpu: (user + system) / 1000, peak, held, kept: inUse() - before };
  };
}

/** Linux counts the peak from where it is told to. Elsewhere it counts from the start of the process. */
const clearRefs = '/proc/self/clear_refs';

function resetPeak(): void {
  if (existsSync(clearRefs)) writeFileSync(clearRefs, '5');
}

/** In bytes. */
function peakMemory(): number {
  if (!existsSync(clearRefs)) return process.resourceUsage().maxRSS * 1024;
  const [, kilobytes = 0] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  return Number(kilobytes) * 1024;
}
