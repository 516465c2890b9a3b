import { createAborts } from './aborts';
import type { SendCleanError } from '../errors';
import { createRecent, type Bounds } from './recent';
import type { Clock } from '../wire/transport';

/** How a send ended for a recipient; the error is one of fate `unknown`. */
export type End = 'sent' | 'notSent' | SendCleanError;

/** How many recipients of emails are remembered, and for how many milliseconds. */
export const sentMemoryBounds: Bounds = { entries: 10_000, time: 3_600_000 };

/** Remembers what the accounts of a process are sending, and for a while what they have sent. */
export interface SentMemory {
  /** The part of one account. @param account text that tells accounts apart, which is held in memory only. */
  of(account: string): Sends;
}

/** The sends of an account, by X-Unique-Id and address in lower case. */
export interface Sends {
  /** A send to a recipient begins. @returns what to call once with how it ended. */
  begin(xUniqueId: string, address: string, run?: string): (end: End) => void;
  /** What is known of the sends that are over. One whose fate is unknown is known within its run only. */
  known(xUniqueId: string, address: string, run?: string): 'sent' | SendCleanError | undefined;
  /**
   * Waits for the sends that are in flight, until one went out or all are over; rejects when a signal is aborted
   * before.
   * @returns undefined when there are none.
   */
  inFlight(
    xUniqueId: string,
    address: string,
    signals: readonly (AbortSignal | undefined)[],
  ): Promise<End> | undefined;
}

/** What is in flight is never forgotten, what is over within bounds. */
export function createSentMemory(clock: Clock, bounds = sentMemoryBounds): SentMemory {
  const flights = createFlights();
  const over = createRecent<{ end: 'sent' | SendCleanError; run?: string | undefined }>(clock, bounds);
  const remember = (key: string, end: End, run?: string) => {
    // That it went out once stays true, whatever happened to another send.
    if (end === 'notSent' || (end !== 'sent' && over.get(key)?.end === 'sent')) return;
    over.set(key, { end, run });
  };
  const of = (account: string): Sends => {
    const keyOf = (...key: [xUniqueId: string, address: string]) => JSON.stringify([account, ...key]);
    return {
      begin(xUniqueId, address, run) {
        const key = keyOf(xUniqueId, address);
        const land = flights.begin(key);
        return (end) => {
          remember(key, end, run);
          land(end);
        };
      },
      known(xUniqueId, address, run) {
        const { end, run: own } = over.get(keyOf(xUniqueId, address)) ?? {};
        return end === 'sent' || (run !== undefined && run === own) ? end : undefined;
      },
      inFlight: (xUniqueId, address, signals) => flights.wait(keyOf(xUniqueId, address), signals),
    };
  };
  return { of };
}

/** The sends to one recipient that are in flight at the same time. */
interface Flights {
  count: number;
  unsure?: SendCleanError;
  waiting: Set<(end: End) => void>;
}

function createFlights() {
  const all = new Map<string, Flights>();
  const aborts = createAborts();
  const wake = ({ waiting }: Flights, end: End) => {
    for (const go of waiting) go(end);
  };
  return {
    begin(key: string): (end: End) => void {
      const own = all.get(key) ?? { count: 0, waiting: new Set() };
      own.count += 1;
      all.set(key, own);
      return (end) => {
        own.count -= 1;
        if (own.count === 0) all.delete(key);
        if (end !== 'sent' && end !== 'notSent') own.unsure = end;
        if (end === 'sent') wake(own, end);
        else if (own.count === 0) wake(own, own.unsure ?? end);
      };
    },
    wait(key: string, signals: readonly (AbortSignal | undefined)[]): Promise<End> | undefined {
      const { waiting } = all.get(key) ?? {};
      if (!waiting) return undefined;
      return new Promise((resolve, reject) => {
        const leave = () => {
          waiting.delete(go);
          for (const signal of signals) aborts.off(signal, abort);
        };
        const go = (end: End) => {
          leave();
          resolve(end);
        };
        const abort = () => {
          leave();
          reject(new Error('The wait was aborted'));
        };
        waiting.add(go);
        for (const signal of signals) aborts.on(signal, abort);
      });
    },
  };
}
