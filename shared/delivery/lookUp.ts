import { prepare, type Call } from '../request/prepare';
import { operations } from '../generated/operations';
import type { OperationName } from '../generated/types';
import { fieldWith, type Operation } from '../model';
import { withValue } from '../paths';
import { addressOf } from '../request/recipientList';
import type { Clock } from '../wire/transport';

/**
 * How long an email is looked for, in milliseconds. After how long the service finds an email by its X-Unique-Id is not
 * published.
 */
export const lookUpWindow = 30_000;

/** The pauses before each look, which make up the window. */
const pauses = [5000, 10_000, 15_000];

/** Finds the records of the emails with an X-Unique-Id. */
export type Find = (xUniqueId: string) => Promise<unknown[]>;

/** The read that finds emails by their X-Unique-Id. */
const finder = Object.values<Operation<OperationName>>(operations).find(
  (operation) => operation.effect === 'read' && fieldWith(operation, 'uniqueId'),
);

/** The name that forms show for it. */
export const finderTitle = finder?.title ?? '';

/** The call that finds the emails with an X-Unique-Id. */
export function lookUp(xUniqueId: string, { clock }: { clock: Clock }): Call {
  const field = finder && fieldWith(finder, 'uniqueId');
  if (!field) throw new Error('No operation finds emails by their X-Unique-Id');
  return prepare(finder.name, withValue({}, field.path, xUniqueId), clock);
}

/** Those of some addresses, in lower case, to which the service has an email with an X-Unique-Id. */
export async function findSent(
  xUniqueId: string,
  addresses: readonly string[],
  find: Find,
): Promise<string[]> {
  const found = new Set((await find(xUniqueId)).map(addressOf));
  return addresses.filter((address) => found.has(address));
}

/** The same, looked for again and again until all are found or the window is over. */
export async function findSentSoon(
  xUniqueId: string,
  addresses: readonly string[],
  find: Find,
  clock: Clock,
  signal?: AbortSignal,
): Promise<string[]> {
  let found: string[] = [];
  for (const pause of pauses) {
    await clock.sleep(pause, signal);
    found = await findSent(xUniqueId, addresses, find);
    if (found.length === addresses.length && found.length > 0) break;
  }
  return found;
}
