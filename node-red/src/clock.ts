import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '../../shared/wire/transport';

/** The core's clock on the timers of Node.js. */
export const clock: Clock = {
  now: () => Date.now(),
  sleep: async (ms, signal) => {
    try {
      await wait(ms, undefined, signal ? { signal } : {});
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    }
  },
  random: () => Math.random(),
};
