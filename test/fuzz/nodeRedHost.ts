import fc, { type Arbitrary } from 'fast-check';
import type { Field, FieldKind } from '../../shared/model';
import type { Runtime } from '../support/nodeRed';
import { deliveryEntries, numberEntry } from './extras';
import { asRequest, fileParts, type FilePart } from './fileParts';
import { empty, refused, stands, type Entry, type Host, type Meaning } from './model';
import { sendMessages } from './nodeRedRun';
import { pairForms } from './proper';
import { isBlank, isPlain, pairsOf, read } from './reading';
import { settleAsEmail } from './nodeRedRules';
import { oddAnything } from './values';

/** The Node-RED nodes in a real Node-RED, every field fed by the message. */
export function nodeRedHost(runtime: Runtime, endpoint: string): Host {
  return {
    odd: () => oddAnything,
    files,
    pairs: (field) => [...pairForms, ...(field.role === 'headers' ? [asKeys] : [])],
    read: readValue,
    settle: settleAsEmail,
    extras: (operation) => ({
      ...deliveryEntries(operation, oddAnything),
      ...(operation.paged && { limit: numberEntry(oddAnything, isLimit, empty) }),
    }),
    run: (name, cases) => sendMessages(runtime, endpoint, name, cases),
  };
}

const isLimit = (number: number) => Number.isInteger(number) && number > 0;

const asKeys = (pairs: [name: string, value: unknown][]) => pairs.map(([key, value]) => ({ key, value }));

/** Kinds of field whose empty entries are skipped. */
const people: readonly FieldKind[] = ['recipients', 'address', 'addresses', 'messageIds', 'unsubscribe'];

/** What the e-mail node reads otherwise than both hosts do. */
function readValue(field: Field, value: unknown): Meaning {
  const isSparse = Array.isArray(value) && Object.keys(value).length < value.length;
  if (isSparse && !people.includes(field.kind)) return refused;
  if (field.kind === 'attachments' || field.kind === 'images') return readFiles(value);
  if (field.role === 'headers' && typeof value === 'object' && !isBlank(value))
    return readHeaders(value as object);
  return read(field, value);
}

/** No file, or one that may be read; which of them, the tests of files say. */
function readFiles(value: unknown): Meaning {
  if (isBlank(value)) return empty;
  return typeof value === 'object' || typeof value === 'string'
    ? { is: 'unsure', fits: () => true }
    : refused;
}

/** Headers may be rows of `{ key, value }` and lists of texts. */
function readHeaders(value: object): Meaning {
  const pairs = Array.isArray(value) ? Array.from(value as unknown[], asPair) : Object.entries(value);
  return isPlain(value)
    ? pairsOf(
        pairs.map((pair) => pair && [pair[0], joined(pair[1])]),
        true,
      )
    : refused;
}

function asPair(row: unknown): [name: unknown, value: unknown] | undefined {
  if (typeof row !== 'object' || row === null || !('value' in row)) return undefined;
  if ('key' in row) return [row.key, row.value];
  return 'name' in row ? [row.name, row.value] : undefined;
}

function joined(value: unknown): unknown {
  const isText = (one: unknown) => ['string', 'number', 'boolean'].includes(typeof one);
  return Array.isArray(value) && value.every(isText) ? value.join(', ') : value;
}

/** Files in the shapes that flows hold them in, one alone or several in a list. */
function files(field: Field): Arbitrary<Entry> {
  const shape = fc.constantFrom(...shapes);
  const parts = fc.tuple(fileParts(field), fc.array(shape, { minLength: 3, maxLength: 3 }), fc.boolean());
  return parts.map(([given, chosen, isAlone]) => {
    const list = given.map((part, index) => chosen[index]?.(part, field.kind === 'images'));
    const entered = isAlone && list.length === 1 ? list[0] : list;
    return { entered, meaning: stands(asRequest(given)) };
  });
}

const shapes: ((part: FilePart, isImage: boolean) => object)[] = [
  ({ name, type, bytes }) => ({ filename: name, contentType: type, content: Buffer.from(bytes) }),
  ({ name, type, bytes }) => ({ filename: name, contentType: type, content: bytes }),
  ({ name, type, bytes }) => ({ filename: name, contentType: type, content: Buffer.from(bytes).toJSON() }),
  ({ name, type, bytes }) => ({
    filename: name,
    contentType: type,
    content: inBase64(bytes),
    encoding: 'base64',
  }),
  ({ name, type, bytes }) => ({ name, type, content: inBase64(bytes) }),
  ({ name, type, bytes }) => ({
    filename: name,
    contentType: type,
    content: `data:;base64,${inBase64(bytes)}`,
  }),
  ({ name, type, bytes }, isImage) => ({
    ...(isImage ? { cid: name, filename: 'picture.png' } : { filename: name }),
    contentType: type,
    content: Buffer.from(bytes),
  }),
];

function inBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
