import { setImmediate as tick } from 'node:timers/promises';
import type { Clock } from '../../shared/wire/transport';

/** A clock that only `sleep` moves on, and whose chance is counted out, so that a test never waits. */
export function simulatedClock(start = Date.UTC(2026, 0, 1)): Clock {
  let now = start;
  let draws = 0;
  return {
    now: () => now,
    sleep: async (ms, signal) => {
      signal?.throwIfAborted();
      now += ms;
    },
    random: () => ((draws += 1) % 97) / 97,
  };
}

/** A clock for work that runs side by side: time moves on to the next sleeper when nothing else is left to do. */
export function eventClock(): Clock & { run<T>(work: Promise<T>): Promise<T> } {
  const clock = simulatedClock(0);
  const sleepers: { at: number; wake: () => void }[] = [];
  let now = 0;
  return {
    now: () => now,
    random: clock.random,
    sleep: (ms) => new Promise((wake) => sleepers.push({ at: now + ms, wake })),
    async run(work) {
      let isOver = false;
      const over = work.finally(() => (isOver = true));
      over.catch(() => undefined);
      for (;;) {
        await tick();
        if (isOver) return await over;
        sleepers.sort((one, other) => one.at - other.at);
        const next = sleepers.shift();
        if (!next) continue;
        now = next.at;
        next.wake();
      }
    },
  };
}
