import fc, { type Arbitrary } from 'fast-check';
import type { Field, Operation } from '../../shared/model';
import { stands, type Entry, type Host, type WritePairs } from './model';
import { lineOf } from './addresses';
import { address, addresses, links, messageIds, recipients } from './people';
import { pairsOf, priorityOf, readLine } from './reading';
import { takes, texts } from './texts';

/** What people mean to enter into a field, written in one of the ways that the manual names. */
export function proper(host: Host, operation: Operation, field: Field): Arbitrary<Entry> {
  switch (field.kind) {
    case 'recipients':
      return recipients(field);
    case 'address':
      return address(field);
    case 'addresses':
      return addresses();
    case 'messageIds':
      return messageIds();
    case 'priority':
      return fc
        .constantFrom('high', 'Low', ' normal ')
        .map((priority) => entry(priority, priorityOf(priority)));
    case 'unsubscribe':
      return links();
    case 'text':
      return fc.tuple(texts(operation, field), around).map(([text, [before, after]]) => {
        const entered = before + text + after;
        return { entered, meaning: readLine(entered) };
      });
    case 'pairs':
      return pairs(host, operation, field);
    case 'attachments':
    case 'images':
      return host.files(field);
    case 'switch':
      return fc.oneof(
        plain(choices(field)),
        fc.boolean().map((on) => entry(on, field.choices?.[on ? 0 : 1]?.value)),
      );
    case 'choice':
      return plain(choices(field));
    case 'boolean':
      return plain(fc.boolean());
    case 'number':
      return plain(fc.integer().filter((number) => takes(operation, field, number)));
    default:
      return plain(texts(operation, field));
  }
}

/** What a copy brings along before and after a text. */
const around = fc.constantFrom<[string, string][]>(
  ['', ''],
  ['', ''],
  [' ', '\n'],
  ['\u00a0\t', '\r\n \r\n'],
);

export function entry(entered: unknown, value: unknown): Entry {
  return { entered, meaning: stands(value) };
}

function plain(values: Arbitrary<unknown>): Arbitrary<Entry> {
  return values.map((value) => entry(value, value));
}

function choices(field: Field): Arbitrary<string> {
  return fc.constantFrom(...(field.choices ?? []).map(({ value }) => value));
}

/** Names and values as an object, as rows or as JSON text of either. */
function pairs(host: Host, operation: Operation, field: Field): Arbitrary<Entry> {
  const read = (value: string) => (field.role === 'headers' ? String(lineOf(value)) : value);
  const isTaken = ([key, one]: [string, string]) =>
    takes(operation, field, Object.fromEntries([[key, read(one)]]));
  const name = fc.oneof(
    fc.constantFrom(
      field.placeholder ?? 'NAME',
      'constructor',
      'prototype',
      'toString',
      'X-Order',
      'x-unique-id',
      'Reply-To',
      'In-Reply-To',
      'Cookie',
      'content-type',
      'X-Node-Red-Request-Node',
      'Bcc',
      'return-path',
    ),
    fc.string({ minLength: 1, maxLength: 20 }),
    fc.string({ unit: 'grapheme', maxLength: 10 }),
  );
  const value = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    fc.constantFrom('a\r\nb', ' a\r\n b\n', ' ', '\ud83d', '7'),
  );
  const list = fc.uniqueArray(
    fc
      .tuple(name, value)
      .filter((pair) => pair[0] !== '__proto__' && pair.some((part) => part !== '') && isTaken(pair)),
    {
      selector: ([key]) => key.toLowerCase(),
      maxLength: 4,
    },
  );
  return fc.tuple(list, fc.constantFrom(...host.pairs(field))).map(([given, write]) => {
    const asEntered = given.map(([key, one]): [string, unknown] => [key, one === '7' ? 7 : one]);
    return {
      entered: write(asEntered),
      meaning: pairsOf(given, field.role === 'headers'),
    };
  });
}

const asObject: WritePairs = (pairs) => Object.fromEntries(pairs);
const asRows: WritePairs = (pairs) => pairs.map(([name, value]) => ({ name, value }));

/** The ways to write names and values that both hosts know. */
export const pairForms: readonly WritePairs[] = [
  asObject,
  asRows,
  (pairs) => JSON.stringify(asObject(pairs)),
  (pairs) => JSON.stringify(asRows(pairs)),
];
