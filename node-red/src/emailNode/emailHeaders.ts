import { isEmpty } from '../../../shared/form/empty';
import { hasNames } from '../../../shared/form/fieldValues';
import { isLeftOut } from '../../../shared/form/headers';
import { readMessageIds } from '../../../shared/form/messageIds';
import { priorityHeaders } from '../../../shared/form/priority';
import { kindOf, type Field } from '../../../shared/model';
import { isFed, type Case } from './emailCase';
import { hasHttpHeaders } from '../httpHeaders';
import type { NodeMessage } from '../red';
import { phrase, term } from '../../../shared/phrase';

type Entry = [name: string, value: unknown];

/**
 * Headers as Node-RED's e-mail node reads them: besides an object, a list of `{ key, value }`; values may be lists; and
 * other properties of the message make some as well, where the field is fed by `msg.headers`. Those win over what
 * `msg.headers` has.
 */
export function mergeHeaders(given: Case): void {
  const { fields, values, msg } = given;
  const field = fields.find(({ role }) => role === 'headers');
  if (!field) return;
  const pairs = headersIn(field, given);
  const isOfMessage = isEmpty(pairs) || pairs === msg.headers;
  useThreadOfMessage(given, isOfMessage);
  const own = ownHeaders(given);
  // A priority that is chosen in the form wins.
  const isOpen = !fields.some(({ kind, name }) => kind === 'priority' && !isEmpty(values[name]));
  const made = isOfMessage && isOpen ? Object.entries(priorityHeaders(msg.priority) ?? {}) : [];
  const entries = isEmpty(pairs) ? [] : entriesOf(pairs);
  if (!entries) return;
  const names = new Set([...made.map(([name]) => name), ...(isOfMessage ? own : [])]);
  const known = new Set([...names].map((name) => name.toLowerCase()));
  const isOut = (name: string) => known.has(name.toLowerCase()) || (isOfMessage && isLeftOut(field, name));
  values[field.name] = [...entries.filter(([name]) => !isOut(name)), ...made].map(([name, value]) => ({
    name,
    value: isTexts(value) ? value.join(', ') : value,
  }));
}

/**
 * The headers that were entered, without those of an HTTP node: whoever wrote a page or calls a webhook must not write
 * the headers of the email.
 */
function headersIn(field: Field, { values, definition, msg, warnings }: Case): unknown {
  if (!isFed(field, definition) || !hasHttpHeaders(msg)) return values[field.name];
  warnings.push(
    phrase`${term(field.title)} leaves msg.headers out, because they are those of an HTTP node: name the headers of the email in the form (reported once per deploy)`,
  );
  values[field.name] = undefined;
  return undefined;
}

/**
 * The Message-IDs of a thread: an answer is to the email that an email in node left in the message. A stored node that
 * lacks their fields reads the same properties of the message, where its headers come from the message as well.
 */
function useThreadOfMessage({ fields, values, definition, msg }: Case, isOfMessage: boolean): void {
  for (const field of fields.filter(({ kind }) => kind === 'messageIds')) {
    const isOld = definition[field.name] === undefined;
    const answered = field.path.at(-1) === 'In-Reply-To' ? readable(answeredId(msg)) : undefined;
    const property = field.hosts?.nodeRed?.msg;
    const given = isOld && property !== undefined ? readable(msg[property]) : values[field.name];
    const isAnswer = isOld || isFed(field, definition);
    values[field.name] = isOld && !isOfMessage ? undefined : ((isAnswer ? answered : undefined) ?? given);
  }
}

/** What the person can do nothing about is left out where it holds no Message-ID. */
function readable(value: unknown): unknown {
  return readMessageIds(value)?.length ? value : undefined;
}

/** The headers of a thread, a priority and the like that fields of their own make. */
function ownHeaders({ fields, values }: Case): string[] {
  return fields.flatMap((field) => {
    if (isEmpty(values[field.name])) return [];
    return field.kind === 'messageIds' ? (field.path.at(-1) ?? '') : [...(kindOf(field).headers ?? [])];
  });
}

/** Nothing for what is no headers; that is left to validation. */
function entriesOf(given: unknown): Entry[] | undefined {
  if (!hasNames(given)) return undefined;
  const pairs: (Entry | undefined)[] = Array.isArray(given) ? given.map(toEntry) : Object.entries(given);
  const known = pairs.filter((pair) => pair !== undefined);
  return known.length < pairs.length ? undefined : known;
}

function toEntry(pair: unknown): Entry | undefined {
  if (typeof pair !== 'object' || pair === null || !('value' in pair)) return undefined;
  const name = 'key' in pair ? pair.key : 'name' in pair ? pair.name : undefined;
  return isText(name) ? [String(name), pair.value] : undefined;
}

function isText(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/** What else a list holds is left for validation to name. */
function isTexts(value: unknown): value is unknown[] {
  return Array.isArray(value) && value.every(isText);
}

/** The Message-ID of the email that an email in node put into the message, which is thus answered. */
export function answeredId({ header }: NodeMessage): unknown {
  return typeof header === 'object' && header !== null && 'message-id' in header
    ? header['message-id']
    : undefined;
}
