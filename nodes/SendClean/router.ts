import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { createClient } from '../../shared/client';
import { SendCleanError } from '../../shared/errors';
import type { Limits } from '../../shared/limits';
import { createPacer } from '../../shared/pacing';
import { readAccount } from './account';
import { failedItem, toNodeError } from './errors';
import { withFiles } from './files';
import { openRetryMemory } from './retryMemory';
import { readItem, type ItemCall, type Session } from './input';
import { clock, createTransport } from './transport';

/** What an item came to: calls ready to be made, or the output of its failure. */
type Step = ItemCall | INodeExecutionData;

/**
 * Runs the node for all its items, in their order. All are checked before the first is sent, so that a bad item
 * does not leave half of a run's mails gone.
 * @throws NodeOperationError or NodeApiError for the first item that fails, unless the node is set to continue.
 */
export async function runItems(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
  const session = openSession(context);
  const steps: Step[] = [];
  for (const itemIndex of context.getInputData().keys()) {
    steps.push(
      ...(await attempt(context, itemIndex, async () => readItem(context, itemIndex, await session))),
    );
  }
  const output: INodeExecutionData[] = [];
  const memory = openRetryMemory(context);
  for (const step of steps) {
    if (!isCall(step)) output.push(step);
    else
      output.push(
        ...(await attempt(context, step.itemIndex, () => memory.once(step, () => send(context, step)))),
      );
  }
  memory.clear();
  return [output];
}

function isCall(step: Step): step is ItemCall {
  return 'run' in step;
}

async function openSession(context: IExecuteFunctions): Promise<Session> {
  const account = await readAccount(context);
  const limits = context.getNodeParameter('options', 0, {}) as Limits;
  const pacer = createPacer(clock, limits);
  return {
    account,
    client: createClient({
      transport: createTransport(context),
      clock,
      pacer,
      limits,
      redact: account.redact,
    }),
  };
}

async function send(context: IExecuteFunctions, item: ItemCall): Promise<INodeExecutionData[]> {
  const { itemIndex, run, files, more } = item;
  const result = await withFiles(context, itemIndex, files, run).catch((error: unknown) => {
    throw error instanceof SendCleanError && more.email ? error.prefixed(`To ${more.email}`) : error;
  });
  return [result].flat().map((json) => ({
    json: { ...(json as IDataObject), ...more },
    pairedItem: { item: itemIndex },
  }));
}

/** Does one item's work; its failure is its output where the node is set to continue. */
async function attempt<T>(
  context: IExecuteFunctions,
  itemIndex: number,
  work: () => Promise<T>,
): Promise<T | INodeExecutionData[]> {
  try {
    return await work();
  } catch (error) {
    const nodeError = toNodeError(context, error, itemIndex);
    if (context.continueOnFail()) return [failedItem(nodeError, error, itemIndex)];
    throw nodeError;
  }
}
