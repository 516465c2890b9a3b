import { SendCleanError } from '../errors';
import type { Operation } from '../model';
import { isLasting } from '../response/networkErrors';
import type { Clock } from '../wire/transport';
import { phrase } from '../phrase';

/** How long attempts go on, in milliseconds; the last of them may take its whole time beyond that. */
const total = 120_000;

/** The first wait, in milliseconds; it doubles with each attempt. A quota takes longer to be free again. */
const firstWait = { rateLimited: 4000, other: 500 };

/** The longest wait that the service may ask for, in milliseconds; what is longer is taken for a mistake. */
const longestWait = 60_000;

/**
 * Does an attempt until it succeeds, its failure will not pass, or there were enough of them.
 * @param most how many attempts are made at most.
 * @param pause called with how long a request that was over the quota waits, so that others of the account do as well.
 * @throws SendCleanError of the last attempt, with their number.
 */
export async function withRetries<T>(
  { effect }: Operation,
  attempt: () => Promise<T>,
  clock: Clock,
  most: number,
  pause: (ms: number) => void,
  signal?: AbortSignal,
): Promise<T> {
  const end = clock.now() + total;
  for (let count = 1; ; count += 1) {
    try {
      return await attempt();
    } catch (thrown) {
      if (!(thrown instanceof SendCleanError)) throw thrown;
      const wait = waitFor(thrown, count, clock);
      const isOver = count >= most || clock.now() + wait > end;
      if (isOver || !mayRepeat(thrown, effect)) throw thrown.with({ attempts: count });
      if (thrown.kind === 'rateLimited') pause(wait);
      await clock.sleep(wait, signal).catch(() => {
        throw cancelled(thrown, count);
      });
    }
  }
}

/**
 * Whether a failure may pass and its request may be made again. A send or a change must certainly not have been taken,
 * whatever its HTTP method; a read may be repeated.
 */
function mayRepeat(error: SendCleanError, effect: Operation['effect']): boolean {
  const { kind, fate, status } = error;
  if (isLasting(error)) return false;
  const isFault = kind === 'network' || kind === 'timeout' || kind === 'rateLimited';
  if (effect !== 'read') return isFault && fate === 'notSent';
  if (kind === 'unexpectedResponse') return status === undefined || status < 300 || status >= 400;
  return isFault || (kind === 'service' && status !== undefined && (status >= 500 || status === 408));
}

/** What the service asks for, or exponential backoff with full jitter (aws.amazon.com/builders-library). */
function waitFor({ kind, retryAfter }: SendCleanError, count: number, clock: Clock): number {
  const asked = retryAfterMs(retryAfter, clock);
  if (asked !== undefined) return asked;
  const first = kind === 'rateLimited' ? firstWait.rateLimited : firstWait.other;
  return Math.min(first * 2 ** (count - 1), longestWait) * clock.random();
}

/** The header `Retry-After` in milliseconds, from seconds or a date (RFC 9110, 10.2.3), if it makes sense. */
function retryAfterMs(header: string | undefined, clock: Clock): number | undefined {
  if (!header) return undefined;
  const text = header.trim();
  const ms = /^\d+$/.test(text) ? Number(text) * 1000 : httpDate(text) - clock.now();
  return ms >= 0 && ms <= longestWait ? ms : undefined;
}

/** `Date.parse` reads more than dates: “-5” is a month to it. */
function httpDate(text: string): number {
  return /^[A-Z][a-z]+,? /.test(text) ? Date.parse(text) : NaN;
}

function cancelled(last: SendCleanError, attempts: number): SendCleanError {
  const message = phrase`The run was cancelled before the request was made again; the last time: ${last.sentence}`;
  return new SendCleanError('cancelled', 'notSent', message, { attempts });
}
