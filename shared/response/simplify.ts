import type { Operation, Simplification } from '../model';

/** A visit as flows can use it. */
interface Visit {
  /** ISO 8601. */
  time?: unknown;
  ip?: unknown;
  userAgent?: unknown;
}

/**
 * A record that is easier to use in a flow: what matters most first, times as ISO 8601, visits as a list in place
 * of three. What is not as documented stays as it is.
 * @param known what is known of the record without being in it, such as the X-Unique-Id by which it was found.
 */
export function simplify(
  { simplified = [] }: Operation,
  record: object,
  known: Record<string, unknown> = {},
): Record<string, unknown> {
  const given = new Map<string, unknown>(Object.entries({ ...known, ...record }));
  const rules = simplified.filter(({ property }) => given.has(property));
  const first = rules
    .filter(({ kind }) => kind !== 'raw')
    .map(({ property, name, kind }) => [name, simpler[kind](given.get(property))]);
  for (const { property } of rules) given.delete(property);
  return { ...(Object.fromEntries(first) as object), ...Object.fromEntries(given) };
}

const simpler: Record<Simplification['kind'], (value: unknown) => unknown> = {
  plain: (value) => value,
  raw: () => undefined,
  time: toIso,
  date: toIsoBySize,
  yesNo: toBoolean,
  visits: toVisits,
};

/** A value as a simplification of some kind shows it. */
export function simplified(kind: Simplification['kind'], value: unknown): unknown {
  return simpler[kind](value);
}

/**
 * Seconds, milliseconds or microseconds since 1970, told apart by their size, because the service's documents differ:
 * below 1e11 they are seconds (until the year 5138), below 1e14 milliseconds.
 */
function toIsoBySize(value: unknown): unknown {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number' || Number.isNaN(number)) return value;
  const size = Math.abs(number);
  const milliseconds = size < 1e11 ? number * 1000 : size < 1e14 ? number : number / 1000;
  const date = new Date(milliseconds);
  return Number.isNaN(date.getTime()) ? value : date.toISOString();
}

/** “Yes” and “No”, alone or as the `valid` of an object, without regard to case. */
function toBoolean(value: unknown): unknown {
  const said = typeof value === 'object' && value !== null && 'valid' in value ? value.valid : value;
  const word = typeof said === 'string' ? said.trim().toLowerCase() : said;
  return word === 'yes' ? true : word === 'no' ? false : value;
}

/** Milliseconds since 1970 come as numbers and as text (vendor's page, “getMessageInfo”). */
function toIso(value: unknown): unknown {
  const date = new Date(typeof value === 'string' && value.trim() !== '' ? Number(value) : (value as number));
  return typeof value === 'object' || Number.isNaN(date.getTime()) ? value : date.toISOString();
}

function toVisits(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const { ip, ua, time } = value as Record<string, unknown>;
  if (![ip, ua, time].every((list) => list === undefined || Array.isArray(list))) return value;
  const [ips, agents, times] = [ip, ua, time].map((list) => (list ?? []) as unknown[]) as [
    unknown[],
    unknown[],
    unknown[],
  ];
  const count = Math.max(ips.length, agents.length, times.length);
  return Array.from(
    { length: count },
    (_, index): Visit => ({
      time: toIso(times[index]),
      ip: ips[index],
      userAgent: agents[index],
    }),
  );
}
