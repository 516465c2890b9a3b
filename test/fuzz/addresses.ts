import { emailAddress } from '../../shared/generated/validators';
import type { Field } from '../../shared/model';
import { empty, refused, stands, type Meaning } from './model';

/** Blanks and line breaks at the ends mean nothing, and a line break before a blank is a blank. */
export function lineOf(value: unknown): unknown {
  return typeof value === 'string' ? value.trim().replace(/(\r\n|\n)[ \t]+/g, ' ') : value;
}

/** Whether there is nothing in a value, or in text only what cannot be seen. */
function isVoid(value: unknown): boolean {
  return value == null || (typeof value === 'string' && value.trim() === '');
}

/** What is in lists in lists, or in JSON text of them; places without anything are none. */
function flat(value: unknown, inside: (object: object) => unknown): unknown[] {
  if (isVoid(value)) return [];
  const data = typeof value === 'string' && /^\s*[[{]/.test(value) ? (parsed(value) ?? value) : value;
  if (Array.isArray(data)) return (data as unknown[]).flatMap((one) => flat(one, inside));
  const list = typeof data === 'object' && data !== null ? inside(data) : undefined;
  return Array.isArray(list) ? flat(list, inside) : [data];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The list of people that a header of mailparser, or a group in it, has. */
function people(object: object): unknown {
  const { email, address, group, value } = object as Record<string, unknown>;
  if (email !== undefined || 'email' in object || !isVoid(address)) return undefined;
  return Array.isArray(group) ? group : value;
}

/** A person as the request has them: nobody where a row has neither name nor address. */
function person(type: string, one: unknown): Record<string, unknown>[] {
  if (typeof one !== 'object' || one === null || !('email' in one || 'address' in one)) return [{ type }];
  const known = one as Record<string, unknown>;
  const { email, ...rest } =
    'email' in known ? known : { email: known.address, name: known.name, type: known.type };
  const given = Object.entries(rest).filter(([, part]) => !isVoid(part));
  if (isVoid(email) && isVoid(rest.name)) return [];
  const lines = given.map(([key, part]) => [key, lineOf(part)]);
  return [{ type, ...Object.fromEntries(lines), email: lineOf(email) }];
}

export function readRecipients({ recipientType = 'to' }: Field, value: unknown): Meaning {
  const all = flat(value, people);
  if (all.some(isText)) return { is: 'unsure', fits: (found) => stoodIn(all, found) };
  const everyone = all.flatMap((one) => person(recipientType, one));
  return everyone.length > 0 ? stands(everyone) : empty;
}

export function isText(value: unknown): value is string {
  return typeof value === 'string';
}

/** Whether an address was really written by the person, in a text or as an object. */
function stoodIn(all: readonly unknown[], found: unknown): boolean {
  const { email } = found as { email: string };
  return all.some((one) =>
    isText(one) ? one.includes(email) : person('to', one).some((other) => other.email === email),
  );
}

export function readAddress(field: Field, value: unknown): Meaning {
  const all = flat(value, people);
  if (all.some(isText)) return { is: 'unsure', fits: (found) => stoodIn(all, { email: found }) };
  const everyone = all.flatMap((one) => person('to', one));
  const [one] = everyone;
  if (!one) return empty;
  if (everyone.length > 1 || !isText(one.email) || one.email === '') return refused;
  return { is: 'value', value: one.email, ...(field.nameField && { beside: one.name }) };
}

export function readAddresses(value: unknown): Meaning {
  const all = flat(value, people);
  if (all.length === 1 && all[0] === value) {
    if (isText(value)) return { is: 'unsure', fits: (found) => found === lineOf(value) };
  }
  if (all.some(isText)) return { is: 'unsure', fits: isText };
  const everyone = all.flatMap((one) => person('to', one));
  const isRight = everyone.every(({ email, name }) => emailAddress(email) && (isText(name) || name == null));
  if (!isRight) return refused;
  return everyone.length > 0 ? stands(everyone.map(written).join(', ')) : empty;
}

/** An address after the name, which is in quotes unless it consists of words. */
export function written({ email, name }: { email?: unknown; name?: unknown }): string {
  if (!isText(name) || name === '') return String(email);
  const isPlain = [...name].every((sign) => /[a-z0-9_ ]/i.test(sign));
  return `${isPlain ? name : `"${name.replaceAll(/[\\"]/g, (sign) => `\\${sign}`)}"`} <${String(email)}>`;
}

export function readMessageIds(value: unknown): Meaning {
  const all = flat(value, () => undefined);
  if (!all.every(isText)) return refused;
  if (all.length === 0) return empty;
  return { is: 'unsure', fits: (found) => isText(found) && idsIn(found, all) };
}

/** Whether a header has IDs in brackets and nothing else, all of which the person wrote. */
function idsIn(header: string, all: readonly string[]): boolean {
  return header
    .split(' ')
    .every((id) => /^<[^\s<>]+>$/.test(id) && all.some((text) => text.includes(id.slice(1, -1))));
}
