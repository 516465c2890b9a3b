import type { Operation } from './model';
import { valueAt } from './validation';

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
export function withRecipients(
  { fields }: Operation,
  request: object,
  recipients: readonly Recipient[],
): object {
  return withValue(request, recipientsPath(fields), recipients);
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

/** A copy of an object with another value at a path. */
function withValue(holder: object, [key = '', ...rest]: readonly string[], value: unknown): object {
  const inner = rest.length ? withValue((holder as Record<string, object>)[key] ?? {}, rest, value) : value;
  return { ...holder, [key]: inner };
}
