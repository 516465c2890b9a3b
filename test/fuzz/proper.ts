import fc, { type Arbitrary } from 'fast-check';
import type { Field, Operation } from '../../shared/model';
import { empty, stands, type Entry, type Host, type WritePairs } from './model';
import { takes, texts } from './texts';

/** What people mean to enter into a field, written in one of the ways that the manual names. */
export function proper(host: Host, operation: Operation, field: Field): Arbitrary<Entry> {
  switch (field.kind) {
    case 'recipients':
      return recipients(host, field);
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

export function entry(entered: unknown, value: unknown): Entry {
  return { entered, meaning: stands(value) };
}

function plain(values: Arbitrary<unknown>): Arbitrary<Entry> {
  return values.map((value) => entry(value, value));
}

function choices(field: Field): Arbitrary<string> {
  return fc.constantFrom(...(field.choices ?? []).map(({ value }) => value));
}

interface Written {
  /** The address as it is written, and as mail servers know it. */
  email: readonly [string, string];
  name: string | undefined;
}

const written: Arbitrary<Written> = fc.record({
  email: fc.oneof(
    fc.constantFrom<Written['email'][]>(
      ["o'neil+x@example.com", "o'neil+x@example.com"],
      ['jane@exämple.de', 'jane@xn--exmple-cua.de'],
    ),
    fc.emailAddress({ size: 'small' }).map((address) => [address, address] as const),
  ),
  name: fc.option(
    fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 20 }).map((text) => text.trim()),
      fc.constantFrom('Doe, John', 'a@b.example', '“Jane” "J" \\ Roe', 'Team: <all>; (x)', 'O’Neil'),
    ),
    { nil: undefined },
  ),
});

/** Recipients as one text, as a list of texts and objects, or alone as an object. */
function recipients(host: Host, { recipientType: type = 'to' }: Field): Arbitrary<Entry> {
  const list = fc.array(fc.tuple(written, fc.nat()), { minLength: 1, maxLength: 4 });
  return fc.tuple(list, fc.constantFrom(', ', '; ', '\r\n', 'list')).map(([all, join]) => {
    const asText = all.map(([one]) => textOf(one));
    const forms = [
      textOf,
      ...host.recipients.map(
        (form) =>
          ({ email, name }: Written) =>
            form({ email: email[0], ...(name && { name }) }),
      ),
    ];
    const asList = all.map(([one, form]) => forms[form % forms.length]?.(one));
    const value = all.map(([{ email, name }]) => ({ email: email[1], ...(name && { name }), type }));
    const alone = asList.length === 1 ? asList[0] : asList;
    return entry(join === 'list' ? alone : asText.join(join), value);
  });
}

function textOf({ email, name }: Written): string {
  return name ? `"${name.replace(/["\\]/g, '\\$&')}" <${email[0]}>` : email[0];
}

/** Names and values as an object, as rows or as JSON text of either. */
function pairs(host: Host, operation: Operation, field: Field): Arbitrary<Entry> {
  const isTaken = (pair: [string, string]) => takes(operation, field, Object.fromEntries([pair]));
  const name = fc.oneof(
    fc.constantFrom(
      field.placeholder ?? 'NAME',
      'constructor',
      'prototype',
      'toString',
      'X-Order',
      'x-unique-id',
      'Reply-To',
    ),
    fc.string({ minLength: 1, maxLength: 20 }),
    fc.string({ unit: 'grapheme', maxLength: 10 }),
  );
  const value = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    fc.constantFrom('a\r\nb', '\ud83d', '7'),
  );
  const list = fc.uniqueArray(
    fc.tuple(name, value).filter((pair) => pair[0] !== '__proto__' && isTaken(pair)),
    {
      selector: ([key]) => key.toLowerCase(),
      maxLength: 4,
    },
  );
  return fc.tuple(list, fc.constantFrom(...host.pairs(field))).map(([given, write]) => {
    const asEntered = given.map(([key, one]): [string, unknown] => [key, one === '7' ? 7 : one]);
    return {
      entered: write(asEntered),
      meaning: given.length > 0 ? stands(Object.fromEntries(given)) : empty,
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
