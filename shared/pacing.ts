import { invalid } from './errors';
import type { Clock } from './transport';

/** Spaces requests out. */
export interface Pacer {
  /** Resolves when the next request may be made; rejects with the signal's reason when it is aborted before. */
  next(signal?: AbortSignal): Promise<void>;
}

/** The most requests a minute that may be asked for: one each millisecond. */
const most = 60_000;

/**
 * Spaces requests evenly, so that a quota is not used up at once. The published quota of an SMTP user is 60
 * requests a minute (public API notes).
 * @param perMinute requests per minute; as many as go when it is left out.
 * @throws SendCleanError of kind `validation` when it is out of range.
 */
export function createPacer(clock: Clock, perMinute?: unknown): Pacer {
  if (perMinute === undefined || perMinute === '') return { next: async () => undefined };
  const rate = Number(perMinute);
  if (!(rate >= 1 && rate <= most)) throw invalid('requestsPerMinute', `must be a number from 1 to ${most}`);
  let free = 0;
  return {
    async next(signal) {
      const now = clock.now();
      const start = Math.max(now, free);
      free = start + most / rate;
      if (start > now) await clock.sleep(start - now, signal);
    },
  };
}
