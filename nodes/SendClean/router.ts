import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { createClient } from '../../shared/client';
import { SendCleanError } from '../../shared/errors';
import { readLimit, type Limits } from '../../shared/limits';
import { createPacer } from '../../shared/pacing';
import { readAccount } from './account';
import { failedItem, toNodeError, toStopError, type Failure } from './errors';
import { readItem, type ItemCall, type Session } from './input';
import { parameterReader } from './parameters';
import { inPool } from './pool';
import { openRetryMemory } from './retryMemory';
import { clock, createTransport } from './transport';

export { testCredential } from './credentialTest';

/** What an item came to: calls ready to be made, or the output of its failure. */
type Step = ItemCall | INodeExecutionData;

/**
 * Runs the node for all its items. All are checked before the first is sent, so that a bad item does not leave half
 * of a run's mails gone. The output has the order of the items.
 * @throws NodeOperationError or NodeApiError for the first item that fails, unless the node is set to continue.
 */
export async function runItems(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
  const opening = openSession(context);
  const steps: Step[] = [];
  for (const itemIndex of context.getInputData().keys()) {
    try {
      steps.push(...(await readItem(context, itemIndex, await opening)));
    } catch (error) {
      steps.push(...failed(context, error, itemIndex));
    }
  }
  return [
    steps.some(isCall) ? await runSteps(context, steps, await opening) : (steps as INodeExecutionData[]),
  ];
}

async function runSteps(
  context: IExecuteFunctions,
  steps: readonly Step[],
  { atOnce, hold }: Session,
): Promise<INodeExecutionData[]> {
  const memory = openRetryMemory(context);
  const failures: Failure[] = [];
  const outputs = await inPool(steps, atOnce, hold.signal, async (step) => {
    if (!isCall(step)) return [step];
    try {
      return await memory.once(step, () => send(step));
    } catch (error) {
      if (context.continueOnFail()) return failed(context, error, step.itemIndex);
      failures.push({ call: step, error });
      hold.abort();
      return undefined;
    }
  });
  const [first] = failures;
  if (first) {
    const done = steps.filter((step, index) => isCall(step) && outputs[index]) as ItemCall[];
    throw toStopError(context, first, failures, done);
  }
  memory.clear();
  return outputs.flatMap((items) => items ?? []);
}

function isCall(step: Step): step is ItemCall {
  return 'run' in step;
}

async function openSession(context: IExecuteFunctions): Promise<Session> {
  const account = await readAccount(context);
  const read = parameterReader(context);
  const limits = read('options', 0, {}) as Limits;
  const hold = new AbortController();
  context.getExecutionCancelSignal()?.addEventListener('abort', () => hold.abort(), { once: true });
  const { redact, credential } = account;
  const transport = createTransport(context, credential);
  const pacer = createPacer(clock, limits);
  return {
    read,
    account,
    hold,
    atOnce: readLimit('atOnce', limits),
    client: createClient({ transport, clock, pacer, limits, redact }),
  };
}

async function send(item: ItemCall): Promise<INodeExecutionData[]> {
  const { itemIndex, run, more } = item;
  const result = await run().catch((error: unknown) => {
    throw error instanceof SendCleanError && more.email ? error.prefixed(`To ${more.email}`) : error;
  });
  return [result].flat().map((json) => ({
    json: { ...(json as IDataObject), ...more },
    pairedItem: { item: itemIndex },
  }));
}

/**
 * The output of a failed item where the node is set to continue.
 * @throws the error otherwise.
 */
function failed(context: IExecuteFunctions, error: unknown, itemIndex: number): INodeExecutionData[] {
  const nodeError = toNodeError(context, error, itemIndex);
  if (context.continueOnFail()) return [failedItem(nodeError, error, itemIndex)];
  throw nodeError;
}
