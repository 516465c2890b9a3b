import type { Operation } from '../model';
import { valueAt, withValue } from '../paths';

/** A recipient as a request lists it. */
export interface Recipient {
  email?: unknown;
  type?: unknown;
}

/** The recipients of a request; undefined where the operation takes no list of them, or the request has none. */
export function recipientsOf({ fields }: Operation, request: object): readonly Recipient[] | undefined {
  const list = valueAt(request, recipientsPath(fields));
  return Array.isArray(list) ? (list as readonly Recipient[]) : undefined;
}

/** A copy of a request with other recipients; everything else in it is the same object as before. */
export function withRecipients<Request extends object>(
  { fields }: Operation,
  request: Request,
  recipients: readonly Recipient[],
): Request {
  return withValue(request, recipientsPath(fields), recipients);
}

/**
 * A valid request in which each address is one recipient, the first of those that it was given as: the service would
 * send it the email as often as it is there.
 */
export function withDistinctRecipients<Request extends object>(
  operation: Operation,
  request: Request,
): Request {
  const all = recipientsOf(operation, request) ?? [];
  const once = distinct(all);
  return once.length === all.length ? request : withRecipients(operation, request, once);
}

/** Recipients without those whose address is there before; mail servers do not tell addresses apart by case. */
export function distinct(recipients: readonly Recipient[]): Recipient[] {
  const known = new Set<string>();
  return recipients.filter((one) => {
    const address = addressOf(one);
    return address === '' || known.size < known.add(address).size;
  });
}

/** Where the recipients are in a request; an empty path where the operation takes no list of them. */
export function recipientsPath(fields: Operation['fields']): readonly string[] {
  return fields.find(({ kind }) => kind === 'recipients')?.path ?? [];
}

/** By what recipients, and the service's records about them, are compared: the address without case. */
export function addressOf(holder: unknown): string {
  const email = valueAt(holder, ['email']);
  return typeof email === 'string' ? email.toLowerCase() : '';
}
