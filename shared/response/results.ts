import { SendCleanError } from '../errors';
import type { Operation } from '../model';
import { phrase, type Words } from '../phrase';

/**
 * What a validated response comes to: the records of a list, an object within it, or the response itself.
 * @throws SendCleanError when the response holds no such list or object.
 */
export function resultOf({ list, part }: Operation, response: object): object | readonly object[] {
  const properties = new Map<string, unknown>(Object.entries(response));
  if (list !== undefined) return recordsOf(list, properties);
  if (part === undefined) return response;
  const found = properties.get(part);
  if (isRecord(found)) return found;
  throw unreadable(phrase`${part} must be an object`);
}

/** The list of a response; under another name, it is known by being the only one. */
function recordsOf(list: string, properties: ReadonlyMap<string, unknown>): readonly object[] {
  const lists = [...properties.values()].filter((value) => Array.isArray(value));
  const found = properties.get(list) ?? (lists.length === 1 ? lists[0] : undefined);
  if (!Array.isArray(found)) throw unreadable(phrase`${list} must be a list`);
  const records: readonly unknown[] = found;
  if (records.every(isRecord)) return records;
  throw unreadable(phrase`each entry of ${list} must be an object`);
}

function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function unreadable(reason: Words): SendCleanError {
  const message = phrase`SendClean's response cannot be read: ${reason}`;
  return new SendCleanError('unexpectedResponse', 'unknown', message, { status: 200 });
}

/** A result without its passwords and keys, unless its call is made to get one. */
export function withoutSecrets<Result extends object>(
  { secrets = [], givesSecret }: Operation,
  result: Result,
): Result {
  if (givesSecret || secrets.length === 0) return result;
  const kept = Object.entries(result).filter(([name]) => !secrets.includes(name));
  return Object.fromEntries(kept) as Result;
}

const blackedOut = '***';

/** A response with its passwords and keys blacked out at any depth, for an error to quote. */
export function hideSecrets(secrets: readonly string[], json: unknown): unknown {
  if (secrets.length === 0 || typeof json !== 'object' || json === null) return json;
  if (Array.isArray(json)) return json.map((one) => hideSecrets(secrets, one));
  const entries = Object.entries(json).map(([name, value]) => [
    name,
    secrets.includes(name) ? blackedOut : hideSecrets(secrets, value),
  ]);
  return Object.fromEntries(entries) as object;
}
