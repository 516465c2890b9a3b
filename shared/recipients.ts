import parseAddresses from './generated/libraries/addressParser';

/** A recipient as the request takes it; still to be validated. */
export interface RecipientInput {
  email: unknown;
  name?: unknown;
  type?: unknown;
}

/**
 * Reads recipients from what people write: a text by RFC 5322 with commas or semicolons between several, an
 * object `{ email, name, type }`, or a list of either. What is no recipient is kept as it is, so that validation
 * names it with its place.
 */
export function toRecipients(value: unknown, type: 'to' | 'cc' | 'bcc'): RecipientInput[] {
  if (Array.isArray(value)) return value.flatMap((one) => toRecipients(one, type));
  if (typeof value === 'string') return parse(value).map((one) => ({ ...one, type }));
  if (typeof value === 'object' && value !== null && 'email' in value) {
    const given = Object.entries(value).filter(([, one]) => one !== undefined && one !== null && one !== '');
    return [{ email: value.email, type, ...Object.fromEntries(given) }];
  }
  return [{ email: value, type }];
}

function parse(text: string): RecipientInput[] {
  return parseAddresses(text, { flatten: true }).map(({ name, address }) =>
    address ? { email: address, ...(name && { name }) } : { email: name },
  );
}
