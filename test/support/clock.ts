import type { Clock } from '../../shared/transport';

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
