import { createSemaphore, type Semaphore } from './semaphore';
import { defaultLimits, type Limits } from '../form/readSettings';
import type { Clock } from '../wire/transport';

/** A request that asks for its turn. */
export interface Turn {
  /** The SMTP user whose quota it counts against. */
  smtpUser?: string;
  /** Size of its body. */
  bytes?: number;
  /** Who asks; those who wait take turns. */
  queueKey?: string | undefined;
  signal?: AbortSignal | undefined;
}

/** Spaces requests out, and bounds how many run at once. */
export interface RateLimiter {
  /**
   * Resolves when the next request may be made; rejects with the signal's reason when it is aborted before.
   * @returns what to call when the request is over.
   */
  next(turn?: Turn): Promise<() => void>;
  /** Holds back all requests of an SMTP user for some milliseconds, because the service has refused one. */
  pause(smtpUser: string, ms: number): void;
}

/**
 * Spaces requests evenly, so that a quota is not used up at once, and bounds what is in memory.
 */
export function createRateLimiter(clock: Clock, limits: Partial<Limits> = {}): RateLimiter {
  const { requestsPerMinute, atOnce, megabytes } = { ...defaultLimits, ...limits };
  const places = createSemaphore(atOnce);
  const room = createSemaphore(megabytes * 1e6);
  const spacing = requestsPerMinute === undefined ? 0 : 60_000 / requestsPerMinute;
  const lanes = new Map<string, Lane>();
  const laneOf = (smtpUser: string) => {
    const lane = lanes.get(smtpUser) ?? createLane(clock, spacing);
    lanes.set(smtpUser, lane);
    return lane;
  };
  return {
    async next({ smtpUser = '', bytes = 0, queueKey, signal } = {}) {
      const taken: [Semaphore, number][] = [];
      const over = () => taken.splice(0).forEach(([semaphore, weight]) => semaphore.release(weight));
      const need: typeof taken = [
        [places, 1],
        [room, bytes],
      ];
      try {
        for (const [semaphore, weight] of need) {
          // Only what is not free is waited for: thousands of requests may ask at once.
          const wait = semaphore.acquire(weight, queueKey, signal);
          if (wait) await wait;
          taken.push([semaphore, weight]);
        }
        await laneOf(smtpUser).wait(signal);
        return over;
      } catch (error) {
        over();
        throw error;
      }
    },
    pause: (smtpUser, ms) => laneOf(smtpUser).pause(ms),
  };
}

/** The requests of one SMTP user, one after another. */
interface Lane {
  wait(signal?: AbortSignal): Promise<void>;
  pause(ms: number): void;
}

function createLane(clock: Clock, spacing: number): Lane {
  let free = 0;
  let paused = 0;
  const reserve = () => {
    const start = Math.max(clock.now(), free, paused);
    free = start + spacing;
    return start;
  };
  return {
    async wait(signal) {
      let start = reserve();
      for (;;) {
        const now = clock.now();
        if (start > now) await clock.sleep(start - now, signal);
        if (start >= paused) return;
        start = reserve();
      }
    },
    pause(ms) {
      paused = Math.max(paused, clock.now() + ms);
    },
  };
}
