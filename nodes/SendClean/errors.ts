import { NodeApiError, NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';
import { SendCleanError, joinProblems, mostNamed } from '../../shared/errors';
import { countItems } from './actions/callNames';
import { say } from '../../shared/phrase';

/**
 * An error in n8n's way: `NodeOperationError` for what the person must fix in the node, `NodeApiError` for what
 * the service or the network did. The message says what happened, the description what happened to the email.
 * What the HTTP client threw is left behind, because it holds the request with the token.
 */
export function toNodeError(
  context: Pick<IExecuteFunctions, 'getNode'>,
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
    .map(([sentence, items]) => `${sentence} [${countItems(items)}]`);
  const message = say(joinProblems(sentences, itemsOf.size));
  const description = first?.error.advice ?? '';
  return new NodeOperationError(context.getNode(), message, { message, description });
}
