import type {
  IDataObject,
  IExecuteFunctions,
  INodeExecutionData,
  NodeApiError,
  NodeOperationError,
} from 'n8n-workflow';
import type { SendCleanError } from '../../../shared/errors';

/**
 * The item that stands for a failed one: what came in, the sentence as `error`, as n8n's own nodes have it, and the
 * error's data as `sendclean` for flows to branch on, which is its name in Node-RED too. A sentence that is all that
 * somebody passes on says of itself when it is not known whether an email went out.
 * @param email the recipient, where each has an email of its own.
 */
export function failedItem(
  context: IExecuteFunctions,
  nodeError: NodeApiError | NodeOperationError,
  error: SendCleanError,
  itemIndex: number,
  email?: string,
): INodeExecutionData {
  const { json = {}, binary } = context.getInputData()[itemIndex] ?? {};
  if (error.fate === 'unknown') nodeError.message = `${nodeError.message}. ${error.advice}`;
  const sendclean = present({ ...error.toJSON(), email });
  const item = {
    json: { ...json, error: nodeError.message, sendclean },
    ...(binary && { binary }),
    pairedItem: { item: itemIndex },
  };
  return context.getNode().onError === 'continueErrorOutput' ? sorted(item, nodeError) : item;
}

/**
 * Lets n8n sort an item into the error output, and keep its json. n8n looks for `error` beside `json`, copies the item,
 * and then puts nothing but the message in place of the json of an item that has an `error`: the copy must not.
 */
function sorted(item: INodeExecutionData, error: NodeApiError | NodeOperationError): INodeExecutionData {
  // Some versions of n8n take it away themselves, so that it must be writable.
  return Object.defineProperty(item, 'error', { value: error, enumerable: false, writable: true });
}

function present(details: object): IDataObject {
  return Object.fromEntries(
    Object.entries(details).filter(([, value]) => value !== undefined),
  ) as IDataObject;
}
