import { hasNames, isEmpty } from '../../shared/fieldValues';
import type { Field } from '../../shared/model';
import type { NodeMessage } from './red';

type Values = Record<string, unknown>;
type Entry = [name: string, value: unknown];

/**
 * Headers as Node-RED's e-mail node reads them: besides an object, a list of `{ key, value }`; values may be lists; and
 * other properties of the message make some as well, where the field is fed by `msg.headers`.
 */
export function sortHeaders(fields: readonly Field[], values: Values, msg: NodeMessage): void {
  const field = fields.find(({ kind, path }) => kind === 'pairs' && path.at(-1) === 'headers');
  if (!field) return;
  const given = values[field.name];
  const made = isEmpty(given) || given === msg.headers ? headersOf(msg) : [];
  const entries = isEmpty(given) ? [] : entriesOf(given);
  if (!entries || entries.length + made.length === 0) return;
  const names = new Set(made.map(([name]) => name.toLowerCase()));
  values[field.name] = [...entries.filter(([name]) => !names.has(name.toLowerCase())), ...made].map(
    ([name, value]) => ({ name, value: isTexts(value) ? value.join(', ') : value }),
  );
}

/**
 * Those that say how a body is written. HTTP nodes leave theirs in the message; the service writes the mail's own, and
 * a mail with others cannot be read.
 */
const ofBody =
  /^(content-(type|length|encoding|transfer-encoding|disposition)|transfer-encoding|mime-version)$/i;

/** Nothing for what is no headers; that is left to validation. */
function entriesOf(given: unknown): Entry[] | undefined {
  if (!hasNames(given)) return undefined;
  const pairs: (Entry | undefined)[] = Array.isArray(given) ? given.map(toEntry) : Object.entries(given);
  const known = pairs.filter((pair) => pair !== undefined);
  return known.length < pairs.length ? undefined : known.filter(([name]) => !ofBody.test(name));
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

const priorities: Record<string, [level: string, word: string]> = {
  high: ['1 (Highest)', 'High'],
  low: ['5 (Lowest)', 'Low'],
};

function headersOf(msg: NodeMessage): [name: string, value: string][] {
  const [level, word] = priorities[typeof msg.priority === 'string' ? msg.priority.toLowerCase() : ''] ?? [];
  const headers: [string, string | undefined][] = [
    ['In-Reply-To', messageIds(answeredId(msg) ?? msg.inReplyTo)],
    ['References', messageIds(msg.references)],
    ['X-Priority', level],
    ['X-MSMail-Priority', word],
    ['Importance', word],
  ];
  return headers.filter((header): header is [string, string] => header[1] !== undefined);
}

/** The Message-ID of the mail that an e-mail in node put into the message, which is thus answered. */
export function answeredId({ header }: NodeMessage): unknown {
  return typeof header === 'object' && header !== null && 'message-id' in header
    ? header['message-id']
    : undefined;
}

/** Message-IDs, each in angle brackets (RFC 5322), from text or a list. */
function messageIds(value: unknown): string | undefined {
  const ids = [value]
    .flat()
    .flatMap((one) => (typeof one === 'string' ? one.trim().split(/\s+/) : []))
    .filter((id) => id !== '');
  return ids.length > 0 ? ids.map((id) => `<${id.replace(/^<|>$/g, '')}>`).join(' ') : undefined;
}
