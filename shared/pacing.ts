import { invalid } from './errors';
import { createSlots } from './slots';
import type { Clock } from './transport';

/** Spaces requests out, and bounds how many are under way. */
export interface Pacer {
  /**
   * Resolves when the next request may be made; rejects with the signal's reason when it is aborted before.
   * @returns what to call when the request is over.
   */
  next(signal?: AbortSignal): Promise<() => void>;
}

export interface Pacing {
  /** As many as go when it is empty. */
  requestsPerMinute?: unknown;
  /** How many requests may be under way at once; all of them unless told otherwise. */
  atOnce?: number;
}

/** The most requests a minute that may be asked for: one each millisecond. */
const most = 60_000;

/**
 * Spaces requests evenly, so that a quota is not used up at once. The published quota of an SMTP user is 60
 * requests a minute (public API notes).
 * @throws SendCleanError of kind `validation` when requests per minute are out of range.
 */
export function createPacer(clock: Clock, { requestsPerMinute, atOnce }: Pacing = {}): Pacer {
  const wait = createWait(clock, requestsPerMinute);
  const slots = createSlots(atOnce);
  return {
    async next(signal) {
      await slots.take(signal);
      try {
        await wait(signal);
      } catch (error) {
        slots.give();
        throw error;
      }
      return () => slots.give();
    },
  };
}

function createWait(clock: Clock, perMinute: unknown): (signal?: AbortSignal) => Promise<void> {
  if (perMinute === undefined || perMinute === '') return async () => undefined;
  const rate = Number(perMinute);
  if (!(rate >= 1 && rate <= most)) throw invalid('requestsPerMinute', `must be a number from 1 to ${most}`);
  let free = 0;
  return async (signal) => {
    const now = clock.now();
    const start = Math.max(now, free);
    free = start + most / rate;
    if (start > now) await clock.sleep(start - now, signal);
  };
}
