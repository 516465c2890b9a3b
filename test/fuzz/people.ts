import fc, { type Arbitrary } from 'fast-check';
import type { Field } from '../../shared/model';
import { written as inHeader } from './addresses';
import { stands, type Entry } from './model';

interface Written {
  /** The address as it is written, and as mail servers know it. */
  email: readonly [string, string];
  name: string | undefined;
}

const written: Arbitrary<Written> = fc.record({
  email: fc.oneof(
    fc.constantFrom<Written['email'][]>(
      ["o'neil+x@example.com", "o'neil+x@example.com"],
      ["O'Neil+X@Example.com", "O'Neil+X@Example.com"],
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

/** The ways in which a person is written. */
const forms: ((one: Written) => unknown)[] = [
  textOf,
  ({ email, name }) => ({ email: email[0], ...(name && { name }) }),
  ({ email, name }) => ({ address: ` ${email[0]}\n`, name: name && `${name} ` }),
  ({ email, name }) => ({ value: [{ address: email[0], name: name ?? '' }], html: '<span>', text: 'x' }),
  ({ email, name }) => ({ value: [{ name: 'Team', group: [{ address: email[0], name }] }] }),
  ({ email, name }) => [null, [{ email: email[0], name: name ?? null }], ' '],
];

const form = fc.nat(forms.length - 1);

function textOf({ email, name }: Written): string {
  return name ? `"${name.replace(/["\\]/g, '\\$&')}" <${email[0]}>` : email[0];
}

function formOf([one, index]: [Written, number]): unknown {
  return forms[index]?.(one);
}

/** Several as one text, as a list, alone, or as JSON text. */
function writings(
  joins: readonly string[],
): Arbitrary<{ all: Written[]; entered: unknown; isText: boolean }> {
  const list = fc.array(fc.tuple(written, form), { minLength: 1, maxLength: 4 });
  return fc.tuple(list, fc.constantFrom(...joins, 'list', 'JSON')).map(([pairs, join]) => {
    const all = pairs.map(([one]) => one);
    const asList = pairs.map(formOf);
    if (join === 'list') return { all, entered: asList.length === 1 ? asList[0] : asList, isText: false };
    if (join === 'JSON') return { all, entered: ` ${JSON.stringify(asList)}\n`, isText: false };
    return { all, entered: all.map(textOf).join(join), isText: true };
  });
}

export function recipients({ recipientType: type = 'to' }: Field): Arbitrary<Entry> {
  return writings([', ', '; ', '\r\n', ',\r\n ']).map(({ all, entered }) => {
    const value = all.map(({ email, name }) => ({ email: email[1], ...(name && { name }), type }));
    return { entered, meaning: stands(value) };
  });
}

export function address({ nameField }: Field): Arbitrary<Entry> {
  return fc.tuple(written, form).map(([one, index]) => ({
    entered: formOf([one, index]),
    meaning: { is: 'value', value: one.email[1], ...(nameField && one.name && { beside: one.name }) },
  }));
}

/** Text goes on as it was written; alone in a list it does not. */
export function addresses(): Arbitrary<Entry> {
  return writings([', ', '; ']).map(({ all, entered, isText }) => {
    const value = all.map(({ email, name }) => inHeader({ email: email[1], name })).join(', ');
    return {
      entered,
      meaning: stands(isText || (typeof entered === 'string' && !entered.startsWith(' [')) ? entered : value),
    };
  });
}

/** Addresses and URLs by which recipients unsubscribe, none of which is another one for each of them. */
export function links(): Arbitrary<Entry> {
  const address = fc.constantFrom(
    'leave@example.com',
    'mailto:leave@example.com',
    '<mailto:leave@example.com>',
  );
  const url = fc.constantFrom('https://a.example/u?a=1,2', '<https://a.example/u?a=1,2>');
  const mailto = '<mailto:leave@example.com>';
  const post = { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' };
  const one = (header: string) => ({ 'List-Unsubscribe': header, ...(header.includes('https') && post) });
  const link = '<https://a.example/u?a=1,2>';
  return fc.oneof(
    address.map((entered) => ({ entered, meaning: stands(one(mailto)) })),
    url.map((entered) => ({ entered, meaning: stands(one(link)) })),
    fc.tuple(address, url, fc.constantFrom(', ', ' ', ',')).map(([first, second, between]) => ({
      entered: `${first}${between}${second}`,
      meaning: stands(one(`${mailto}, ${link}`)),
    })),
  );
}

const messageId = fc.constantFrom('<1042@example.com>', '1042@example.com', '<a>', '<é!#$%&@[127.0.0.1]>');

/** One or several, in brackets or without. */
export function messageIds(): Arbitrary<Entry> {
  const list = fc.array(messageId, { minLength: 1, maxLength: 3 });
  return fc.tuple(list, fc.constantFrom(' ', ', ', '\r\n ', 'list', 'JSON')).map(([ids, join]) => {
    const value = ids.map((id) => (id.startsWith('<') ? id : `<${id}>`)).join(' ');
    const entered = join === 'list' ? [null, ids] : join === 'JSON' ? JSON.stringify(ids) : ids.join(join);
    return { entered, meaning: stands(value) };
  });
}
