import { SendCleanError } from '../errors';
import { isEmpty } from './empty';
import { kindOf, type Field, type Operation, type FormValues } from '../model';
import { phrase, term, type Phrase, type Words } from '../phrase';
import { inSentence } from '../quote';
import { pathOf, valueAt } from '../paths';

/** What is known of a request that has an error. */
interface Context {
  operation: Operation;
  /** The request, where it was made. */
  request?: object;
  /** What the form held, where there is one. */
  values?: FormValues;
}

/**
 * An error that names fields by the labels of the form, and knows what its call does. What is no error about a field is given back as it is.
 * @param thrown whatever reading, checking or making a request threw.
 */
export function nameFields(thrown: unknown, { operation, request, values }: Context): unknown {
  if (!(thrown instanceof SendCleanError) || thrown.kind !== 'validation') return thrown;
  const error = thrown.with({ effect: operation.effect });
  if (error.status !== undefined && error.path === undefined) return nameReported(error, operation, values);
  return error.labelled((path) => labelOf(operation, path, request));
}

/** `to[0].email` → `To, first recipient`, `html or text` → `HTML or Text`; undefined for what is no field. */
export function labelOf({ fields }: Operation, path: string, request: object = {}): Words | undefined {
  const labels = path.split(' or ').map((one): Words | undefined => {
    const known = fields.filter((field) => startsWith(one, pathOf(field.path)));
    const [field] = known.sort((a, b) => b.path.length - a.path.length);
    if (field) return nameOf(field, one.slice(pathOf(field.path).length), known, request);
    const own = fields.find(({ name }) => name === one);
    return own && term(own.title);
  });
  return labels.reduce((start, next) => start && next && phrase`${start} or ${next}`);
}

function startsWith(path: string, start: string): boolean {
  return path.startsWith(start) && ['', '.', '['].includes(path.charAt(start.length));
}

/**
 * @param rest of the path, behind that of the field.
 * @param siblings other fields of the same place, such as To, CC and BCC.
 */
function nameOf(field: Field, rest: string, siblings: readonly Field[], request: object): Phrase {
  const title = term(field.title);
  const { entry } = kindOf(field);
  const [, index, property] = /^\[(\d+)\]\.?(\w*)/.exec(rest) ?? [];
  if (!entry || index === undefined) return rest ? phrase`${title}, ${inSentence(rest.slice(1))}` : title;
  const place = placeOf(Number(index), field, siblings, request);
  const parts = [term(place.title), ordinal(place.number), term(entry.noun), place.number];
  const isValue = !property || property === entry.value;
  // English needs no more than the ordinal; other languages may write the number behind the noun.
  return isValue
    ? { template: '{0}, {1} {2}', parts }
    : { template: '{0}, {4} of the {1} {2}', parts: [...parts, property] };
}

/** The form's field that an entry of a list came from, and its number there from 1. */
function placeOf(index: number, field: Field, siblings: readonly Field[], request: object) {
  const list = valueAt(request, field.path);
  const types = Array.isArray(list) ? list.slice(0, index + 1).map((one) => valueAt(one, ['type'])) : [];
  const own = siblings.find(({ recipientType }) => recipientType && recipientType === types[index]);
  if (!own) return { title: field.title, number: index + 1 };
  return { title: own.title, number: types.filter((type) => type === own.recipientType).length };
}

const ordinals = 'first second third fourth fifth sixth seventh eighth ninth tenth'.split(' ');

function ordinal(number: number): string {
  const word = ordinals[number - 1];
  if (word) return word;
  const isTeen = number % 100 > 10 && number % 100 < 14;
  const ending = isTeen ? 'th' : (['th', 'st', 'nd', 'rd'][number % 10] ?? 'th');
  return `${number}${ending}`;
}

/** What the service says of fields, led by their labels and where their values came from. */
function nameReported(error: SendCleanError, { fields }: Operation, values: FormValues = {}): SendCleanError {
  const mentioned = fieldsIn(error.message, fields);
  const [first] = mentioned;
  if (!first) return error;
  const labels = mentioned.map(({ title, account, name }) => {
    const origin = isEmpty(values[name]) ? phrase`from the account` : phrase`from this node`;
    return account ? phrase`${term(title)} (${origin})` : term(title);
  });
  const all = labels.reduce((start, next) => phrase`${start}, ${next}`);
  return error.prefixed(all).with({ path: pathOf(first.path) });
}

/** The fields that a sentence is about: those outside quotes, where values stand, or else those that stand in them. */
function fieldsIn(sentence: string, fields: readonly Field[]): Field[] {
  const outside = mentionedIn(sentence.replace(/"(?:[^"\\]|\\.?)*(?:"|$)/gs, ' '), fields);
  return outside.length > 0 ? outside : mentionedIn(sentence, fields);
}

/** The fields that a text names, in the order of the form; of those that it may mean, the ones with the longest name. */
function mentionedIn(text: string, fields: readonly Field[]): Field[] {
  const names = fields.flatMap((field) => wordsFor(field).map((words) => ({ field, words })));
  const mentioned = new Set<Field>();
  let left = ` ${wordsOf(text)} `;
  for (const { field, words } of names.sort((a, b) => b.words.length - a.words.length)) {
    if (!left.includes(` ${words} `)) continue;
    mentioned.add(field);
    left = left.replace(` ${words} `, ' | ');
  }
  return fields.filter((field) => mentioned.has(field));
}

/** The ways in which the service writes a field: `smtp_user_name` is “smtp user” to it as well. */
function wordsFor(field: Field): string[] {
  const own = wordsOf(field.path.at(-1) ?? '');
  const short = own.replace(/ name$/, '');
  const noun = kindOf(field).entry?.noun;
  return [own, ...(short.includes(' ') ? [short] : []), ...(noun === 'recipient' ? [noun] : [])];
}

function wordsOf(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]+/g, ' ');
}
