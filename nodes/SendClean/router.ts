import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { createClient, type Client } from '../../shared/client';
import { readAccount } from './account';
import { failedItem, toNodeError } from './errors';
import { withFiles } from './files';
import { readItem, type ItemCall } from './input';
import { clock, createTransport } from './transport';

/** What an item came to: ready to be sent, or its output. */
type Step = ItemCall | INodeExecutionData[];

/**
 * Runs the node for all its items, in their order. All are checked before the first is sent, so that a bad item
 * does not leave half of a run's mails gone.
 * @throws NodeOperationError or NodeApiError for the first item that fails, unless the node is set to continue.
 */
export async function runItems(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
  const account = await readAccount(context).catch((error: unknown) => {
    throw toNodeError(context, error);
  });
  const client = createClient({ transport: createTransport(context, account), clock });
  const steps: Step[] = [];
  for (const itemIndex of context.getInputData().keys()) {
    steps.push(await attempt(context, itemIndex, () => readItem(context, itemIndex, client, account)));
  }
  const output: INodeExecutionData[] = [];
  for (const step of steps) output.push(...(Array.isArray(step) ? step : await send(context, client, step)));
  return [output];
}

async function send(
  context: IExecuteFunctions,
  client: Client,
  item: ItemCall,
): Promise<INodeExecutionData[]> {
  const { itemIndex, call, files, limit } = item;
  return await attempt(context, itemIndex, async () => {
    const signal = context.getExecutionCancelSignal();
    const run = () => client.run(call, { ...(limit && { limit }), ...(signal && { signal }) });
    const result = await withFiles(context, itemIndex, files, run);
    return [result].flat().map((json) => ({ json: json as IDataObject, pairedItem: { item: itemIndex } }));
  });
}

/** Does one item's work; its failure is its output where the node is set to continue. */
async function attempt<T>(
  context: IExecuteFunctions,
  itemIndex: number,
  work: () => T | Promise<T>,
): Promise<T | INodeExecutionData[]> {
  try {
    return await work();
  } catch (error) {
    const nodeError = toNodeError(context, error, itemIndex);
    if (context.continueOnFail()) return [failedItem(nodeError, itemIndex)];
    throw nodeError;
  }
}
