import { NodeApiError, NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';
import { SendCleanError } from '../../shared/errors';
import type { ItemCall } from './input';

/**
 * An error in n8n's way: `NodeOperationError` for what the person must mend in the node, `NodeApiError` for what
 * the service or the network did. The message says what happened, the description what became of the mail.
 * What the HTTP client threw is left behind, because it holds the request with the token.
 */
export function toNodeError(
  context: IExecuteFunctions,
  error: unknown,
  itemIndex?: number,
): NodeApiError | NodeOperationError {
  const node = context.getNode();
  const at = itemIndex === undefined ? {} : { itemIndex };
  if (!(error instanceof SendCleanError)) {
    const reason = error instanceof Error ? error : new Error(String(error));
    return reason instanceof NodeApiError ? reason : new NodeOperationError(node, reason, at);
  }
  const { message, advice, status, kind } = numbered(context, error, itemIndex);
  const details = { ...at, message, description: advice };
  if (kind === 'validation' && status === undefined) return new NodeOperationError(node, message, details);
  const httpCode = status === undefined ? {} : { httpCode: String(status) };
  return Object.assign(new NodeApiError(node, { message }, { ...details, ...httpCode }), { message });
}

/** A call that failed. */
export interface Failure {
  call: ItemCall;
  error: unknown;
}

/**
 * The error of a run that stops at its first failure. Others were under way, so that its description says which mails
 * went out, and of which that is not known.
 * @param done the calls that went well.
 */
export function toStopError(
  context: IExecuteFunctions,
  first: Failure,
  failures: readonly Failure[],
  done: readonly ItemCall[],
): NodeApiError | NodeOperationError {
  const nodeError = toNodeError(context, first.error, first.call.itemIndex);
  const unknown = failures.filter((one) => one !== first).flatMap(unknownFate);
  const sent = done.filter(({ isSend }) => isSend);
  const told = [
    nodeError.description,
    ...(unknown.length ? [`Nor is it known of ${unknown.join(', ')}.`] : []),
    ...(sent.length ? [`Sent before the run stopped: ${mails(sent)}.`] : []),
  ];
  nodeError.description = told.join(' ');
  return nodeError;
}

function unknownFate({ call, error }: Failure): string[] {
  if (!(error instanceof SendCleanError) || error.fate !== 'unknown') return [];
  const { email } = call.more;
  const id = error.xUniqueId ? ` (X-Unique-Id “${error.xUniqueId}”)` : '';
  return [`item ${call.itemIndex + 1}${email ? ` to ${email}` : ''}${id}`];
}

/** The items of mails, or the number of mails where an item has several. */
function mails(sent: readonly ItemCall[]): string {
  if (sent.some(({ more }) => more.email)) return `${sent.length} mails`;
  return `items ${ranges(sent.map(({ itemIndex }) => itemIndex + 1))}`;
}

/** `[1, 2, 3, 7]` → `1–3, 7`. */
function ranges(numbers: readonly number[]): string {
  const starts = numbers.filter((number, index) => numbers[index - 1] !== number - 1);
  const ends = numbers.filter((number, index) => numbers[index + 1] !== number + 1);
  return starts.map((start, index) => (start === ends[index] ? start : `${start}–${ends[index]}`)).join(', ');
}

/** With the item's number where there are several. */
function numbered(context: IExecuteFunctions, error: SendCleanError, itemIndex?: number): SendCleanError {
  const several = context.getInputData().length > 1;
  return several && itemIndex !== undefined ? error.forItem(itemIndex + 1) : error;
}
