import parseAddresses from './generated/libraries/addressParser';

/** A recipient as the request takes it; still to be validated. */
export interface RecipientInput {
  email: unknown;
  name?: unknown;
  type?: unknown;
}

/**
 * Reads recipients from what people write: a text by RFC 5322 with commas or semicolons between several, an
 * object `{ email, name, type }`, or a list of either. What is no recipient is kept as it is, and an object without
 * `email` has none, so that validation names it with its place.
 */
export function toRecipients(value: unknown, type: 'to' | 'cc' | 'bcc'): RecipientInput[] {
  // Not `flatMap` alone, which passes over holes.
  if (Array.isArray(value)) return Array.from(value).flatMap((one) => toRecipients(one, type));
  if (typeof value === 'string') return parse(value).map((one) => ({ ...one, type }));
  if (typeof value === 'object' && value !== null && 'email' in value) {
    const { email, ...rest } = value;
    const given = Object.entries(rest).filter(([, one]) => one !== undefined && one !== null && one !== '');
    const address = typeof email === 'string' ? withAsciiDomain(email) : email;
    return [{ email: address, type, ...Object.fromEntries(given) }];
  }
  return [{ email: typeof value === 'object' ? undefined : value, type }];
}

function parse(text: string): RecipientInput[] {
  const parsed = parseAddresses(text.replace(/[\r\n]+/g, ','), { flatten: true });
  // What stands behind an address without a comma would become its name, and one recipient would be lost.
  const unquoted = text.replace(/"[^"\\]*(?:\\.[^"\\]*)*"/g, '');
  if (unquoted.split('@').length - 1 > parsed.length) return [{ email: text }];
  return parsed.map(({ name, address }) =>
    address ? { email: withAsciiDomain(address), ...(name && { name }) } : { email: name },
  );
}

/** An address whose domain is as mail servers know it, `xn--…` for one beyond ASCII (RFC 5891). */
function withAsciiDomain(address: string): string {
  const at = address.lastIndexOf('@') + 1;
  const domain = address.slice(at);
  if (!/^[\p{L}\p{M}\p{N}.-]+$/u.test(domain) || /^[a-z0-9.-]*$/i.test(domain)) return address;
  const url = `http://${domain}`;
  return URL.canParse(url) ? address.slice(0, at) + new URL(url).hostname : address;
}
