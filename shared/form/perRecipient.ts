import { invalid } from '../errors';
import type { Operation } from '../model';
import { distinct, recipientsOf, recipientsPath, withRecipients } from '../request/recipientList';
import { pathOf } from '../paths';
import { withUnsubscribeOf } from './unsubscribe';
import { phrase } from '../phrase';

/** A request to one recipient. */
export interface SingleRequest {
  request: object;
  /** Address of the recipient. */
  email: string;
}

/**
 * One request for each recipient of a request, so that none of them sees the others. An address that is listed
 * several times, also in another case, is one recipient.
 * @throws SendCleanError of kind `validation` when there are recipients of copies: they would get one each time.
 */
export function perRecipient(operation: Operation, request: object): SingleRequest[] {
  const all = recipientsOf(operation, request) ?? [];
  const copy = all.findIndex(({ type }) => type !== undefined && type !== 'to');
  if (copy >= 0) {
    const type = all[copy]?.type;
    const { title } = operation.fields.find(({ recipientType }) => recipientType === type) ?? {};
    const reason = phrase`must be empty, because each recipient gets an email of their own`;
    throw invalid(pathOf([...recipientsPath(operation.fields), String(copy), 'type']), reason, title);
  }
  return distinct(all).map((recipient) => {
    const email = typeof recipient.email === 'string' ? recipient.email : '';
    const single = withRecipients(operation, request, [recipient]);
    return { request: withUnsubscribeOf(operation, single, email), email };
  });
}
