import { entriesOf } from './entries';
import parseAddresses from '../generated/libraries/addressParser';
import { toLine } from './lines';

/** A recipient as the request takes it; still to be validated. */
export interface RecipientInput {
  email: unknown;
  name?: unknown;
  type?: unknown;
}

/** An address alone, as most are: nothing in it needs a parser. */
const plainAddress = /^[\w.+-]+@[\w.-]+$/;

/**
 * Reads recipients from what people and flows write: text by RFC 5322 with commas or semicolons between several, an
 * object `{ email, name, type }` or `{ address, name }`, what mailparser makes of a header, a list of any of these, or
 * JSON text of one. Empty entries are skipped. What is no recipient is kept as it is, and an object without an address
 * has none, so that validation names it with its place.
 */
export function toRecipients(value: unknown, type: 'to' | 'cc' | 'bcc'): RecipientInput[] {
  if (typeof value === 'string' && plainAddress.test(value)) return [{ email: value, type }];
  return entriesOf(value, membersOf).flatMap((one) => toRecipient(one, type));
}

/** The recipients of a header as mailparser has them, `{ value, html, text }`, and of a group in it. */
function membersOf(value: object): unknown[] | undefined {
  if ('email' in value || ('address' in value && !isBlank(value.address))) return undefined;
  if ('group' in value && Array.isArray(value.group)) return value.group;
  return 'value' in value && Array.isArray(value.value) ? value.value : undefined;
}

function toRecipient(one: unknown, type: string): RecipientInput[] {
  if (typeof one === 'string') return parse(one).map((recipient) => ({ ...recipient, type }));
  if (typeof one !== 'object' || one === null) return [{ email: one, type }];
  if (!('email' in one || 'address' in one)) return [{ email: undefined, type }];
  const { email, ...rest } = 'email' in one ? one : withEmail(one);
  const given = Object.entries(rest).flatMap(([key, part]) => (isBlank(part) ? [] : [[key, line(part)]]));
  const isNobody = isBlank(email) && !given.some(([key]) => key === 'name');
  const address = typeof email === 'string' ? withAsciiDomain(toLine(email)) : email;
  return isNobody ? [] : [{ email: address, type, ...(Object.fromEntries(given) as object) }];
}

/** A recipient as email libraries have it; only what they know of one counts. */
function withEmail(one: { address: unknown; name?: unknown; type?: unknown }) {
  return { email: one.address, name: one.name, type: one.type };
}

function isBlank(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}

function line(value: unknown): unknown {
  return typeof value === 'string' ? toLine(value) : value;
}

/**
 * The beginning of a list or an object of JSON, also of one in single quotes. Text that reaches `parse` is not JSON as
 * a whole. What a local part may begin with, such as `{}` or `{'` (RFC 5322, atext), is none of it.
 */
const brokenJson = /^\s*(?:\[\s*["'[\]{]|\{\s*(?:["[\]]|'[^']*'\s*:))/;

function parse(text: string): RecipientInput[] {
  if (brokenJson.test(text)) return [{ email: text }];
  const parsed = parseAddresses(onOneLine(text), { flatten: true });
  // What follows an address without a comma would become its name, and one recipient would be lost.
  if (countSigns(text) > parsed.length) return [{ email: text }];
  return parsed.map(({ name, address }) =>
    address ? { email: withAsciiDomain(address), ...(name && { name }) } : { email: name },
  );
}

/**
 * A text without line breaks. One that folds a header between a name and its address becomes a blank, others a comma,
 * as in a column of a sheet.
 */
function onOneLine(text: string): string {
  if (!/[\r\n]/.test(text)) return text;
  const [first = '', ...others] = text.split(/[\r\n]+/);
  let joined = first;
  let isOpen = isNameOnly(first, true);
  for (const next of others) {
    joined += (isOpen && /^[ \t]/.test(next) ? '' : ',') + next;
    isOpen = isNameOnly(next, isOpen);
  }
  return joined;
}

/** Whether no address is in what follows the last comma of a line, or in the lines before it if it has no comma. */
function isNameOnly(text: string, before: boolean): boolean {
  const comma = Math.max(text.lastIndexOf(','), text.lastIndexOf(';'));
  return (comma >= 0 || before) && !text.includes('@', comma + 1);
}

/** How many “@” a text has outside of quotes; a quote that is never closed quotes nothing. */
function countSigns(text: string): number {
  let outside = 0;
  let inside = 0;
  let isQuoted = false;
  for (let index = 0; index < text.length; index += 1) {
    const sign = text[index];
    if (isQuoted && sign === '\\') index += 1;
    else if (sign === '"') [isQuoted, inside] = [!isQuoted, 0];
    else if (sign === '@' && isQuoted) inside += 1;
    else if (sign === '@') outside += 1;
  }
  return outside + inside;
}

/** An address whose domain is as mail servers know it, `xn--…` for one beyond ASCII (RFC 5891). */
function withAsciiDomain(address: string): string {
  const at = address.lastIndexOf('@') + 1;
  const domain = address.slice(at);
  // No domain is longer (RFC 1035); what it takes to write one in ASCII grows with the square of its length.
  if (domain.length > 253) return address;
  if (!/^[\p{L}\p{M}\p{N}.-]+$/u.test(domain) || /^[a-z0-9.-]*$/i.test(domain)) return address;
  const url = `http://${domain}`;
  return URL.canParse(url) ? address.slice(0, at) + new URL(url).hostname : address;
}
