import { prepare, type Call } from './call';
import { operations } from './generated/operations';
import type { OperationName } from './generated/types';
import type { Operation } from './model';
import type { Clock } from './transport';
import { valueAt } from './validation';

/**
 * How long a mail is looked for, in milliseconds. After how long the service finds a mail by its X-Unique-Id is not
 * published.
 */
export const lookUpWindow = 30_000;

/** The pauses before each look, which make up the window. */
const pauses = [5000, 10_000, 15_000];

/** Finds the records of the mails with an X-Unique-Id. */
export type Find = (xUniqueId: string) => Promise<unknown[]>;

/** The read that finds mails by their X-Unique-Id. */
const finder = Object.values<Operation<OperationName>>(operations).find(
  ({ effect, fields }) => effect === 'read' && fields.some(({ name }) => name === 'xUniqueId'),
);

/** The call that finds the mails with an X-Unique-Id. */
export function lookUp(xUniqueId: string, { clock }: { clock: Clock }): Call {
  if (!finder) throw new Error('No operation finds mails by their X-Unique-Id');
  const { path = [] } = finder.fields.find(({ name }) => name === 'xUniqueId') ?? {};
  return prepare(finder.name, { [path.join('.')]: xUniqueId }, clock);
}

/** Whether the service has a mail with the X-Unique-Id of a call, for one of the call's recipients. */
export async function isSent(call: Call, find: Find): Promise<boolean> {
  if (call.xUniqueId === null) return false;
  const wanted = recipientsOf(call);
  const records = await find(call.xUniqueId);
  return records.some((record) => wanted.has(emailOf(record)));
}

/** The same, looked for again and again until the window is over. */
export async function isSentSoon(
  call: Call,
  find: Find,
  clock: Clock,
  signal?: AbortSignal,
): Promise<boolean> {
  for (const pause of pauses) {
    await clock.sleep(pause, signal);
    if (await isSent(call, find)) return true;
  }
  return false;
}

function recipientsOf({ operation, request }: Call): Set<string> {
  const { path = [] } = operation.fields.find(({ kind }) => kind === 'recipients') ?? {};
  const to = valueAt(request, path);
  return new Set(Array.isArray(to) ? to.map(emailOf) : []);
}

function emailOf(record: unknown): string {
  const email = valueAt(record, ['email']);
  return typeof email === 'string' ? email.toLowerCase() : '';
}
