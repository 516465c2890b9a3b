import type { Field } from '../../shared/model';
import { lineOf, readAddress, readAddresses, readMessageIds, readRecipients } from './addresses';
import { empty, refused, stands, type Meaning } from './model';

/** What the manual says of a value that is odd for its field, where all hosts agree. */
export function read(field: Field, value: unknown): Meaning {
  if (isBlank(value)) return empty;
  switch (field.kind) {
    case 'recipients':
      return readRecipients(field, value);
    case 'pairs':
      return readPairs(field, value);
    case 'address':
      return readAddress(field, value);
    case 'addresses':
      return readAddresses(value);
    case 'priority':
      return priorityOf(value) ? stands(priorityOf(value)) : refused;
    case 'unsubscribe':
      return readLinks(value);
    case 'messageIds':
      return readMessageIds(value);
    case 'text':
      // A number that cannot be told from its neighbours may have been another one.
      return Number.isInteger(value) && !Number.isSafeInteger(value) ? refused : readLine(value);
    case 'choices':
      return readChoices(value);
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

/** Texts, or text with commas between them; nothing between two commas counts for nothing. */
function readChoices(value: unknown): Meaning {
  const all: unknown[] = typeof value === 'string' ? value.split(',') : [value].flat();
  const lines = all.map((one) => lineOf(asText(one)));
  if (lines.some((line) => typeof line !== 'string')) return stands(value);
  const kept = lines.filter((line) => line !== '');
  return kept.length > 0 ? stands(kept.join(',')) : empty;
}

/** The headers that the manual names for a priority. */
export function priorityOf(value: unknown): object | undefined {
  const name = typeof value === 'string' ? value.trim().toLowerCase() : '';
  if (name === 'normal') return {};
  const levels = new Map([
    ['high', ['1 (Highest)', 'High']],
    ['low', ['5 (Lowest)', 'Low']],
  ]);
  const [level, word] = levels.get(name) ?? [];
  return level ? { 'X-Priority': level, 'X-MSMail-Priority': word, Importance: word } : undefined;
}

/** What is odd may be a list or JSON of links, or of nothing; text without a link is none. */
function readLinks(value: unknown): Meaning {
  if (typeof value === 'string' && value.trim() === '') return empty;
  const isPlainText = typeof value === 'string' && !/^\s*[[{]/.test(value);
  if (isPlainText && !/@|https:/i.test(value)) return /[^\s,;<>]/.test(value) ? refused : unsureLinks;
  return typeof value === 'string' || typeof value === 'object' ? unsureLinks : refused;
}

const unsureLinks: Meaning = {
  is: 'unsure',
  fits: (found) =>
    found === undefined || (typeof found === 'string' && /^<(mailto|https):[^<>]*>/i.test(found)),
};

/** Whether a field that holds this is taken to be empty. */
export function isBlank(value: unknown): boolean {
  return value == null || value === '' || (Array.isArray(value) && value.length === 0);
}

/** Numbers and switches are written out; what is no text stays what it is, for the schema to refuse. */
function asText(value: unknown): unknown {
  return typeof value === 'number' || typeof value === 'boolean' ? `${value}` : value;
}

function readPairs(field: Field, value: unknown): Meaning {
  const data = typeof value === 'string' ? parsed(value) : value;
  if (!isPlain(data)) return refused;
  const pairs = Array.isArray(data) ? Array.from(data, asPair) : Object.entries(data);
  return pairsOf(pairs, field.role === 'headers');
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

/** A text of which nothing is left is as good as none; a control character belongs in no line. */
export function readLine(value: unknown): Meaning {
  const line = lineOf(asText(value));
  if (typeof line === 'string' && /[\0-\x1f\x7f-\x9f\u2028\u2029]/.test(line)) return refused;
  return line === '' ? empty : stands(line);
}

/** Headers that have a field of their own, and are refused beside it. */
const withField = new Set(['to', 'cc', 'bcc', 'from', 'subject', 'return-path']);

/** Headers of a connection, a body or an account, which belong in no email. */
const foreign =
  /^(set-)?cookie2?$|^authorization$|^www-authenticate$|^authentication-info$|^proxy-.*|^connection$|^keep-alive$|^te$|^trailer$|^upgrade$|^transfer-encoding$|^content-(type|length|encoding|transfer-encoding|disposition)$|^mime-version$|^x-node-red-/i;

/** Names must be text that no object's prototype answers to, each of them once. */
export function pairsOf(pairs: readonly (Pair | undefined)[], areHeaders: boolean): Meaning {
  const read = (value: unknown) => (areHeaders ? lineOf(asText(value ?? '')) : asText(value ?? ''));
  const named = pairs.map((pair) => pair && ([asText(pair[0]), read(pair[1])] as const));
  const names = named.map((pair) => pair?.[0]);
  const isWrong = names.some((name, index) => {
    return typeof name !== 'string' || name === '__proto__' || names.indexOf(name) !== index;
  });
  if (isWrong) return refused;
  const kept = (named as [string, unknown][]).filter(([name]) => !(areHeaders && foreign.test(name)));
  if (areHeaders && kept.some(([name]) => withField.has(name.toLowerCase()))) return refused;
  return kept.length > 0 ? stands(Object.fromEntries(kept)) : empty;
}
