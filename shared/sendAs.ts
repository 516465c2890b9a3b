import { invalid } from './errors';
import type { Operation } from './model';
import { pathOf, valueAt } from './validation';

/** A request to one recipient. */
export interface SingleRequest {
  request: object;
  /** Address of the recipient. */
  email: string;
}

/**
 * One request for each recipient of a request, so that none of them sees the others.
 * @throws SendCleanError of kind `validation` when there are recipients of copies: they would get one each time.
 */
export function perRecipient(operation: Operation, request: object): SingleRequest[] {
  const path = operation.fields.find(({ kind }) => kind === 'recipients')?.path ?? [];
  const all = valueAt(request, path);
  if (!Array.isArray(all)) return [];
  const copy = all.findIndex(({ type }: { type?: unknown }) => type !== undefined && type !== 'to');
  if (copy >= 0) {
    const { type } = all[copy] as { type: unknown };
    const { title } = operation.fields.find(({ recipientType }) => recipientType === type) ?? {};
    const reason = 'must be empty, because each recipient gets an email of their own';
    throw invalid(pathOf([...path, String(copy), 'type']), reason, title);
  }
  return all.map((recipient: { email: unknown }) => ({
    request: withValue(request, path, [recipient]),
    email: typeof recipient.email === 'string' ? recipient.email : '',
  }));
}

/** A copy of an object with another value at a path. */
function withValue(holder: object, [key = '', ...rest]: readonly string[], value: unknown): object {
  const inner = rest.length ? withValue((holder as Record<string, object>)[key] ?? {}, rest, value) : value;
  return { ...holder, [key]: inner };
}
