import {
  NodeApiError,
  NodeOperationError,
  type IExecuteFunctions,
  type INodeExecutionData,
} from 'n8n-workflow';
import { SendCleanError } from '../../shared/errors';

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

/** With the item's number where there are several. */
function numbered(context: IExecuteFunctions, error: SendCleanError, itemIndex?: number): SendCleanError {
  const several = context.getInputData().length > 1;
  return several && itemIndex !== undefined ? error.forItem(itemIndex + 1) : error;
}
