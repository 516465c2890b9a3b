import { fromJson } from './entries';
import { invalid } from '../errors';
import { expected } from '../generated/expected';
import { emailAddress } from '../generated/validators';
import { toLine } from './lines';
import type { Field } from '../model';
import { shown } from '../quote';
import { toRecipients, type RecipientInput } from './recipients';
import { pathOf } from '../paths';
import { phrase, term } from '../phrase';

/**
 * The one address of a field, with the name beside it, written in any way that a recipient may be; nothing for a field
 * that is empty.
 * @throws SendCleanError of kind `validation` for several, and for what is none.
 */
export function toAddress(field: Field, value: unknown): RecipientInput | undefined {
  const all = toRecipients(value, 'to');
  const [one] = all;
  if (all.length > 1) throw invalid(pathOf(field.path), phrase`must be one address, got ${all.length}`);
  if (one ? typeof one.email !== 'string' || one.email === '' : isText(value)) throw notAddress(field, value);
  return one;
}

/**
 * The addresses of a field as the text of a header. Text stays as it was written; lists and objects are written out by
 * RFC 5322.
 * @throws SendCleanError of kind `validation` for what is no address.
 */
export function toAddressList(field: Field, value: unknown): string | undefined {
  const all = toRecipients(value, 'to');
  const wrong = all.find(
    ({ email, name }) => !emailAddress(email) || !['undefined', 'string'].includes(typeof name),
  );
  if (wrong) throw notAddress(field, wrong.email ?? value);
  if (all.length === 0 && isText(value)) throw notAddress(field, value);
  if (typeof value === 'string' && !fromJson(value)) return toLine(value);
  return all.map(written).join(', ') || undefined;
}

function notAddress({ path }: Field, value: unknown): Error {
  return invalid(pathOf(path), phrase`must be ${term(expected.email ?? '')}, got ${shown(value)}`);
}

/** Whether a value is text that means something, if not an address; JSON is read before. */
function isText(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== '' && !fromJson(value);
}

/** A name of words stands as it is, any other in quotes. */
function written({ email, name }: RecipientInput): string {
  if (typeof name !== 'string') return String(email);
  const phrase = /^[\w ]+$/.test(name) ? name : `"${name.replace(/["\\]/g, '\\$&')}"`;
  return `${phrase} <${String(email)}>`;
}
