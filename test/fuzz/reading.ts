import type { Field } from '../../shared/model';
import { empty, refused, stands, type Meaning } from './model';

/** What the manual says of a value that is odd for its field, where all hosts agree. */
export function read(field: Field, value: unknown): Meaning {
  if (isBlank(value)) return empty;
  switch (field.kind) {
    case 'recipients':
      return readRecipients(field, value);
    case 'pairs':
      return readPairs(value);
    case 'switch':
      return stands(typeof value === 'boolean' ? field.choices?.[value ? 0 : 1]?.value : value);
    case 'number':
      return stands(
        typeof value === 'string' && value.trim() !== '' && !Number.isNaN(+value) ? +value : value,
      );
    case 'boolean':
      return stands(value);
    default:
      return stands(asText(value));
  }
}

/** Whether a field that holds this is taken to be empty. */
export function isBlank(value: unknown): boolean {
  return value == null || value === '' || (Array.isArray(value) && value.length === 0);
}

/** Numbers and switches are written out; what is no text stays what it is, for the schema to refuse. */
function asText(value: unknown): unknown {
  return typeof value === 'number' || typeof value === 'boolean' ? `${value}` : value;
}

function readRecipients(field: Field, value: unknown): Meaning {
  const all = flat(value);
  const texts = all.filter((one) => typeof one === 'string');
  if (texts.length > 0) return { is: 'unsure', fits: (found) => stoodIn(all, found) };
  return stands(all.map((one) => recipient(field, one)));
}

/** The entries of lists in lists, of which a hole is one as well. */
function flat(value: unknown): unknown[] {
  return Array.isArray(value) ? Array.from(value as unknown[]).flatMap(flat) : [value];
}

function recipient({ recipientType: type }: Field, one: unknown): object {
  if (typeof one !== 'object' || one === null || !('email' in one)) return { type };
  const given = Object.entries(one).filter(([, part]) => !(part == null || part === ''));
  return { type, ...Object.fromEntries(given) };
}

/** Whether an address was really written by the person, in a text or as an object. */
function stoodIn(all: readonly unknown[], found: unknown): boolean {
  const { email } = found as { email: string };
  return all.some((one) =>
    typeof one === 'string' ? one.includes(email) : (one as { email?: unknown } | null)?.email === email,
  );
}

function readPairs(value: unknown): Meaning {
  const data = typeof value === 'string' ? parsed(value) : value;
  if (!isPlain(data)) return refused;
  const pairs = Array.isArray(data) ? Array.from(data, asPair) : Object.entries(data);
  return pairsOf(pairs);
}

/** Whether a value is a list or has names of its own; a Map, a Date or bytes have none. */
export function isPlain(value: unknown): value is object {
  return /^\[object (Object|Array)\]$/.test(Object.prototype.toString.call(value));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

type Pair = [name: unknown, value: unknown];

function asPair(row: unknown): Pair | undefined {
  const isPair = typeof row === 'object' && row !== null && 'name' in row && 'value' in row;
  return isPair ? [row.name, row.value] : undefined;
}

/** Names must be text that no object's prototype answers to, each of them once. */
export function pairsOf(pairs: readonly (Pair | undefined)[]): Meaning {
  const named = pairs.map((pair) => pair && ([asText(pair[0]), asText(pair[1] ?? '')] as const));
  const names = named.map((pair) => pair?.[0]);
  const isWrong = names.some((name, index) => {
    return typeof name !== 'string' || name === '__proto__' || names.indexOf(name) !== index;
  });
  if (isWrong) return refused;
  return pairs.length > 0 ? stands(Object.fromEntries(named as [string, unknown][])) : empty;
}
