import { requests } from '../../shared/generated/validators';
import type { OperationName } from '../../shared/generated/types';
import { fieldWith, kindOf, type Field, type Operation } from '../../shared/model';
import { account } from '../support/sandbox';
import { listOf, Looks } from './looks';
import { empty, stands, type Case, type Meaning } from './model';
import { readLine } from './reading';
import { setAt, takes } from './texts';

/** What must come of a case: nothing on the wire, or one request, which may be refused unless `sure`. */
export type Expected = { refused: true } | { refused: false; request: object; sure: boolean };

const nothing = { refused: true } as const;

/** The request that the values of a case make, put together by the manual's words rather than by the core. */
export function expectedOf(operation: Operation<OperationName>, entered: Case): Expected {
  const request = {};
  const unsure: [Field, Looks][] = [];
  if (Object.values(entered).some(({ meaning }) => meaning.is === 'refused')) return nothing;
  for (const field of operation.fields) {
    const meaning = meaningOf(field, operation.fields, entered);
    if (meaning.is === 'refused' || (meaning.is === 'empty' && field.required)) return nothing;
    if (meaning.is === 'value' && !put(request, field, meaning.value)) return nothing;
    // Beside what is not sure the schema is not asked, and no query can hold a value of another type.
    if (meaning.is === 'value' && operation.method === 'GET' && !takes(operation, field, meaning.value))
      return nothing;
    if (meaning.is === 'unsure') unsure.push([field, new Looks(meaning.fits)]);
  }
  if (isNobody(operation, entered)) return nothing;
  const isIdGiven = identify(operation, request);
  if (!isIdGiven && isOn(entered.skipSent?.entered)) return nothing;
  const sure = unsure.length === 0 && !Object.values(entered).some(({ meaning }) => meaning.is === 'unsure');
  if (sure && !(imagesFit(operation, entered) && requests[operation.name](request))) return nothing;
  oneEach(operation, request);
  for (const [field] of unsure)
    setAt(request, field.path, looksAt(field, valueAt(request, field.path), unsure));
  if (!isIdGiven && isIdentified(operation)) setAt(request, idPath(operation, request), new Looks(isMade));
  return { refused: false, request: operation.method === 'GET' ? inUrl(request) : request, sure };
}

function meaningOf({ name, account: setting }: Field, fields: readonly Field[], entered: Case): Meaning {
  const meaning = entered[name]?.meaning ?? empty;
  if (meaning.is !== 'empty') return meaning;
  if (setting) return stands(account[setting]);
  const address = fields.find(({ nameField }) => nameField === name);
  const beside = entered[address?.name ?? '']?.meaning ?? empty;
  // A text that may be an address may have a name as well.
  if (beside.is === 'unsure')
    return { is: 'unsure', fits: (found) => ['undefined', 'string'].includes(typeof found) };
  return beside.is === 'value' && beside.beside !== undefined ? readLine(beside.beside) : empty;
}

/** Whether nobody is in any of the fields of which one must be filled. */
function isNobody({ fields }: Operation, entered: Case): boolean {
  const together = fields.filter(({ isOneRequired }) => isOneRequired);
  const isEmpty = ({ name }: Field) => (entered[name]?.meaning.is ?? 'empty') === 'empty';
  return together.length > 0 && together.every(isEmpty);
}

/** Takes out the recipients whose address is there before, in whatever case. */
function oneEach({ fields }: Operation, request: object): void {
  const { path = [] } = fields.find(({ kind }) => kind === 'recipients') ?? {};
  const all = valueAt(request, path);
  if (!Array.isArray(all)) return;
  const emails = all.map(({ email }: { email?: unknown }) =>
    typeof email === 'string' ? email.toLowerCase() : {},
  );
  setAt(
    request,
    path,
    all.filter((_, index) => emails.indexOf(emails[index]!) === index),
  );
}

/** Adds a value to a request; false for what cannot stand beside what is there. */
function put(request: object, { kind, path }: Field, value: unknown): boolean {
  const there = valueAt(request, path);
  if (kindOf({ kind }).headers) {
    for (const [name, one] of Object.entries(value as object))
      setAt(request, [...path.slice(0, -1), name], one);
  } else if (Array.isArray(value))
    setAt(request, path, [...((there ?? []) as unknown[]), ...(value as unknown[])]);
  else if (kind !== 'pairs') setAt(request, path, value);
  else {
    const joined = { ...(there as object), ...(value as object) };
    const count = Object.keys(there ?? {}).length + Object.keys(value as object).length;
    // The names of headers have no case.
    const names = Object.keys(joined).map((name) => (path.at(-1) === 'headers' ? name.toLowerCase() : name));
    if (new Set(names).size < count) return false;
    if (count > 0) setAt(request, path, joined);
  }
  return true;
}

export function valueAt(holder: object, path: readonly string[]): unknown {
  return path.reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], holder);
}

/** Whether the email of an operation gets an ID. */
function isIdentified(operation: Operation): boolean {
  return operation.effect === 'send' && fieldWith(operation, 'uniqueId') !== undefined;
}

/** Gives a request an ID to be judged with, where it has none of its own. */
function identify(operation: Operation, request: object): boolean {
  if (!isIdentified(operation)) return false;
  const path = idPath(operation, request);
  const isGiven = Boolean(valueAt(request, path));
  if (!isGiven) setAt(request, path, 'sc-made');
  return isGiven;
}

/** Where the ID stands, by the spelling of the header that the person chose. */
function idPath(operation: Operation, request: object): string[] {
  const uniqueId = fieldWith(operation, 'uniqueId')?.path ?? [];
  const holder = uniqueId.slice(0, -1);
  const name = uniqueId.at(-1) ?? '';
  const spelt = Object.keys((valueAt(request, holder) ?? {}) as object).find(
    (one) => one.toLowerCase() === name.toLowerCase(),
  );
  return [...holder, spelt ?? name];
}

function isMade(id: unknown): boolean {
  return typeof id === 'string' && /^sc-[0-9a-z]{8,}-[0-9a-z]{20,}$/.test(id);
}

export function isOn(value: unknown): boolean {
  return value === true || value === 'yes';
}

/** The HTML must show each image, and each image that it shows must be there unless the person says otherwise. */
function imagesFit({ fields }: Operation, entered: Case): boolean {
  const [html, images] = ['html', 'images'].map((kind) => fields.find((field) => field.kind === kind)?.name);
  if (!html || !images) return true;
  const named = entered[images]?.meaning;
  const names = named?.is === 'value' ? (named.value as { name: unknown }[]).map(({ name }) => name) : [];
  const shows: readonly unknown[] = entered[html]?.shows ?? [];
  const mayMiss = entered.missingImages?.entered === 'send';
  return (
    names.every((name) => shows.includes(name)) && (mayMiss || shows.every((name) => names.includes(name)))
  );
}

/** What stands at the path of a field with a value that is not known for sure. */
function looksAt({ kind, path }: Field, there: unknown, unsure: readonly [Field, Looks][]): Looks {
  if (there instanceof Looks) return there;
  const ways = unsure.filter(([other]) => other.path.join() === path.join()).map(([, looks]) => looks);
  const isList = kind === 'recipients' || kind === 'attachments' || kind === 'images';
  return isList
    ? listOf((there ?? []) as unknown[], ways)
    : new Looks((found) => ways.every(({ fits }) => fits(found)));
}

/** Halves of surrogate pairs, which no URL can hold, become replacement characters. */
function inUrl(request: object): object {
  const whole = (text: unknown) =>
    typeof text === 'string' ? text.replace(/\p{Surrogate}/gu, '\ufffd') : text;
  const wholeIn = (holder: object): object =>
    Object.fromEntries(
      Object.entries(holder).map(([name, one]) => [
        whole(name),
        typeof one === 'object' && !(one instanceof Looks) ? wholeIn(one as object) : whole(one),
      ]),
    );
  return wholeIn(request);
}
