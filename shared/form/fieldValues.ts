import { toAddress, toAddressList } from './addresses';
import { invalid } from '../errors';
import { toLine } from './lines';
import { toMessageIds } from './messageIds';
import type { Field, FieldKind } from '../model';
import { shown } from '../quote';
import { toPriority } from './priority';
import { toRecipients } from './recipients';
import { pathOf } from '../paths';
import { toUnsubscribe } from './unsubscribe';
import { phrase, type Words } from '../phrase';

/** A file as the request takes it. */
export interface FileInput {
  /** MIME type. */
  type: string;
  /** File name of an attachment, Content-ID of an image. */
  name: string;
  /** Base64. */
  content: string;
}

/** More files than any email has. */
export const mostFiles = 1000;

/**
 * The value of a form's field as the request takes it. What does not fit the field's kind is passed on as it
 * is, for validation to name it.
 * - `text`: text, see `toLine`; numbers and booleans are written out, but for those that may have lost digits
 * - `multiline`, `html`, `choice`: the same, with blanks and line breaks as they are
 * - `choices`: a list of texts, or text with commas between them
 * - `number`: a number, or text that is one
 * - `switch`: true or false, or one of its two choices
 * - `address`, `addresses`: see `toAddress`, `toAddressList`
 * - `messageIds`: see `toMessageIds`
 * - `priority`, `unsubscribe`: an object of headers, see `toPriority`, `toUnsubscribe`
 * - `recipients`: see `toRecipients`
 * - `attachments`, `images`: a list of `FileInput`
 * - `pairs`: an object, a list of `{ name, value }`, or JSON text of either
 * @throws SendCleanError of kind `validation`.
 */
export function toRequestValue(field: Field, value: unknown): unknown {
  return readers[field.kind](value, field);
}

const asItIs = (value: unknown) => value;

/** How the value of each kind of field is read. */
const readers: Record<FieldKind, (value: unknown, field: Field) => unknown> = {
  text: (value) => (hasLostDigits(value) ? value : lineOf(toText(value))),
  multiline: toText,
  html: toText,
  choice: toText,
  choices: toChoices,
  number: toNumber,
  boolean: asItIs,
  switch: (value, { choices }) => (typeof value === 'boolean' ? choices?.[value ? 0 : 1]?.value : value),
  address: (value, field) => toAddress(field, value)?.email,
  addresses: (value, field) => toAddressList(field, value),
  messageIds: (value, field) => toMessageIds(field, value),
  priority: (value, field) => toPriority(field, value),
  unsubscribe: (value, field) => toUnsubscribe(field, value),
  recipients: (value, { recipientType = 'to' }) => toRecipients(value, recipientType),
  attachments: asItIs,
  images: asItIs,
  pairs: (value, field) => toObject(field, value),
};

/** Whether a number may have been another one before it came here, such as an ID of many digits. */
function hasLostDigits(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value);
}

function toNumber(value: unknown): unknown {
  const isNumber = typeof value === 'string' && value.trim() !== '' && !Number.isNaN(Number(value));
  return isNumber ? Number(value) : value;
}

function toText(value: unknown): unknown {
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
}

/** Several choices as the service takes them: text with commas between them. */
function toChoices(value: unknown): unknown {
  const all: unknown[] = typeof value === 'string' ? value.split(',') : [value].flat();
  const texts = all.map((one) => lineOf(toText(one)));
  return texts.every((one) => typeof one === 'string') ? texts.filter(Boolean).join(',') : value;
}

function lineOf(value: unknown): unknown {
  return typeof value === 'string' ? toLine(value) : value;
}

function toObject(field: Field, value: unknown): Record<string, unknown> {
  const data = typeof value === 'string' ? parse(field, value) : value;
  if (!hasNames(data)) throw notPairs(field);
  const entries = Array.isArray(data) ? Array.from(data, (pair) => entry(field, pair)) : Object.entries(data);
  if (entries.some(([name]) => name === '__proto__'))
    throw invalid(pathOf(field.path), phrase`must not hold the name __proto__`);
  const names = new Set<string>();
  const twice = entries.find(([name]) => names.size === names.add(name).size);
  if (twice) throw invalid(pathOf(field.path), phrase`holds the name ${shown(twice[0])} twice`);
  const read = field.role === 'headers' ? (one: unknown) => lineOf(toText(one)) : toText;
  return Object.fromEntries(entries.map(([name, one]) => [name, read(one ?? '')]));
}

/** Whether a value is a list or an object with names of its own; bytes, dates and maps are none. */
export function hasNames(value: unknown): value is object {
  return ['[object Object]', '[object Array]'].includes(Object.prototype.toString.call(value));
}

function entry(field: Field, pair: unknown): [string, unknown] {
  const isPair = typeof pair === 'object' && pair !== null && 'name' in pair && 'value' in pair;
  const name = isPair ? toText(pair.name) : undefined;
  if (!isPair || typeof name !== 'string') throw notPairs(field);
  return [name, pair.value];
}

function parse(field: Field, text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw invalid(pathOf(field.path), phrase`must be JSON such as {"NAME": "Jane"}${placeOf(error)}`);
  }
}

/** Where JSON is broken. The rest of what the parser says quotes what was entered, which belongs to an email. */
function placeOf(error: unknown): Words {
  const [, position, line, column] =
    /at position (\d+)(?: \(line (\d+) column (\d+)\))?/.exec(String(error)) ?? [];
  if (position === undefined) return '';
  return line !== undefined && column !== undefined
    ? phrase`, it is broken at position ${position} (line ${line} column ${column})`
    : phrase`, it is broken at position ${position}`;
}

function notPairs(field: Field): Error {
  return invalid(pathOf(field.path), phrase`must be an object of names and values, such as {"NAME": "Jane"}`);
}
