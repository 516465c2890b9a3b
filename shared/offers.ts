import type { Client } from './client';
import type { OperationName } from './generated/types';
import type { ChoicesFrom } from './model';
import type { Clock } from './wire/transport';

/** A value that a form offers for a field. */
export interface Offer {
  value: string;
  /** What tells a person which one it is; the value where there is nothing else. */
  label: string;
}

/** What accounts have for the fields of forms, each list remembered for a minute. */
export interface Offers {
  /**
   * What an account has for a field.
   * @param account tells the account, with its token, from others; it is held in memory only.
   * @throws SendCleanError when the service cannot be asked.
   */
  of(account: string, client: Client, choices: ChoicesFrom): Promise<Offer[]>;
}

/** How long a list is remembered, in milliseconds. */
const freshness = 60_000;

/** How many lists are remembered. */
const most = 100;

interface Known {
  records: Promise<unknown>;
  until: number;
}

/** Remembers what accounts have; a list holds no secret, as the client takes them out. */
export function createOffers(clock: Clock): Offers {
  const lists = new Map<string, Known>();
  const listed = (account: string, client: Client, operation: OperationName) => {
    const key = JSON.stringify([account, operation]);
    const known = lists.get(key);
    if (known && clock.now() < known.until) return known.records;
    const records = client.run(client.prepare(operation, {}));
    lists.delete(key);
    lists.set(key, { records, until: clock.now() + freshness });
    for (const oldest of lists.keys()) if (lists.size > most) lists.delete(oldest);
    // What failed is asked for again.
    records.catch(() => lists.get(key)?.records === records && lists.delete(key));
    return records;
  };
  return {
    async of(account, client, { operation, value, label }) {
      const records = await listed(account, client, operation as OperationName);
      return [records].flat().flatMap((record) => offerOf(record, value, label));
    },
  };
}

function offerOf(record: unknown, value: string, label = value): Offer[] {
  const properties = new Map<string, unknown>(Object.entries(record as object));
  const given = properties.get(value);
  if (typeof given !== 'string' || given === '') return [];
  const more = properties.get(label);
  const isMore = label !== value && typeof more === 'string' && more !== '';
  return [{ value: given, label: isMore ? `${given} (${more})` : given }];
}

/** The offers that hold what a person typed, in the value or beside it. */
export function matching(offers: readonly Offer[], text: string): Offer[] {
  const wanted = text.trim().toLowerCase();
  return offers.filter(({ label }) => label.toLowerCase().includes(wanted));
}
