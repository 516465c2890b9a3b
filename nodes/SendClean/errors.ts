import {
  NodeApiError,
  NodeOperationError,
  type IExecuteFunctions,
  type INodeExecutionData,
} from 'n8n-workflow';
import { SendCleanError, joinProblems, mostNamed } from '../../shared/errors';
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
  const { message, advice, status, kind } = error;
  const details = { ...at, message, description: advice };
  if (kind === 'validation' && status === undefined) return new NodeOperationError(node, message, details);
  const httpCode = status === undefined ? {} : { httpCode: String(status) };
  return Object.assign(new NodeApiError(node, { message }, { ...details, ...httpCode }), { message });
}

/**
 * The item that stands for a failed one; `error` is what n8n sorts into the error output, and n8n gives the item
 * its message as `json.error`. Here that must not stand yet: n8n takes it, in the first item, for a reason to run
 * the node again for all items when Retry On Fail is on. Nothing else of the error reaches a flow, so an unknown
 * fate is told in the message.
 */
export function failedItem(
  nodeError: NodeApiError | NodeOperationError,
  error: unknown,
  itemIndex: number,
): INodeExecutionData {
  const isUnknown = error instanceof SendCleanError && error.fate === 'unknown';
  if (isUnknown) nodeError.message = `${nodeError.message}. ${error.advice}`;
  return { json: { message: nodeError.message }, error: nodeError, pairedItem: { item: itemIndex } };
}

/** An item that was not sent because something in it is wrong. */
export interface BadItem {
  itemIndex: number;
  error: SendCleanError;
}

/** Whether an error is about what an item holds. */
export function isInvalid(error: unknown): error is SendCleanError {
  return error instanceof SendCleanError && error.kind === 'validation';
}

/** One error for all items that are wrong, each with its number as n8n counts. */
export function toBadItemsError(context: IExecuteFunctions, bad: readonly BadItem[]) {
  const [first] = bad;
  if (first && bad.length === 1) return toNodeError(context, first.error, first.itemIndex);
  const itemsOf = new Map<string, number[]>();
  for (const { itemIndex, error } of bad) {
    const items = itemsOf.get(error.message) ?? [];
    items.push(itemIndex);
    itemsOf.set(error.message, items);
  }
  const sentences = [...itemsOf]
    .slice(0, mostNamed)
    .map(([sentence, items]) => `${sentence} [${counted(items)}]`);
  const message = joinProblems(sentences, itemsOf.size);
  const description = first?.error.advice ?? '';
  return new NodeOperationError(context.getNode(), message, { message, description });
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

/** `[1]` → `item 1`, `[1, 2, 3, 7]` → `items 1–3, 7`. */
function counted(items: readonly number[]): string {
  return `${items.length > 1 ? 'items' : 'item'} ${ranges(items)}`;
}

/** `[1, 2, 3, 7]` → `1–3, 7`. */
function ranges(numbers: readonly number[]): string {
  const starts = numbers.filter((number, index) => numbers[index - 1] !== number - 1);
  const ends = numbers.filter((number, index) => numbers[index + 1] !== number + 1);
  return starts.map((start, index) => (start === ends[index] ? start : `${start}–${ends[index]}`)).join(', ');
}
