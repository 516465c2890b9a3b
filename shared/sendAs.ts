import { invalid } from './errors';
import type { Operation } from './model';
import { pathOf, valueAt } from './validation';

/** A request to one recipient. */
export interface SingleRequest {
  request: object;
  /** Address of the recipient. */
  email: string;
}

interface Recipient {
  email?: unknown;
  type?: unknown;
}

/**
 * One request for each recipient of a request, so that none of them sees the others.
 * @throws SendCleanError of kind `validation` when there are recipients of copies: they would get one each time.
 */
export function perRecipient(operation: Operation, request: object): SingleRequest[] {
  const path = recipientsPath(operation);
  const all = valueAt(request, path);
  if (!Array.isArray(all)) return [];
  const copy = all.findIndex(({ type }: Recipient) => type !== undefined && type !== 'to');
  if (copy >= 0) {
    const reason = 'must be to, because each recipient gets a mail of their own: leave CC and BCC empty';
    throw invalid(pathOf([...path, String(copy), 'type']), reason);
  }
  return distinct(all as Recipient[]).map((recipient) => ({
    request: withValue(request, path, [recipient]),
    email: typeof recipient.email === 'string' ? recipient.email : '',
  }));
}

/**
 * A valid request in which each address is one recipient, the first of those that it was given as: the service would
 * send it the email as often as it is there.
 */
export function withDistinctRecipients<Request extends object>(
  operation: Operation,
  request: Request,
): Request {
  const path = recipientsPath(operation);
  const all = valueAt(request, path);
  if (!Array.isArray(all)) return request;
  const once = distinct(all as Recipient[]);
  return once.length === all.length ? request : withValue(request, path, once);
}

function recipientsPath({ fields }: Operation): readonly string[] {
  return fields.find(({ kind }) => kind === 'recipients')?.path ?? [];
}

/** Mail servers do not tell addresses apart by case. */
function distinct(recipients: readonly Recipient[]): Recipient[] {
  const known = new Set<string>();
  return recipients.filter(
    ({ email }) => typeof email !== 'string' || known.size < known.add(email.toLowerCase()).size,
  );
}

/** A copy of an object with another value at a path. */
function withValue<Holder extends object>(
  holder: Holder,
  [key = '', ...rest]: readonly string[],
  value: unknown,
): Holder {
  const inner = rest.length ? withValue((holder as Record<string, object>)[key] ?? {}, rest, value) : value;
  return { ...holder, [key]: inner };
}
