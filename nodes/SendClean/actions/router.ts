import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { createClient } from '../../../shared/client';
import { SendCleanError } from '../../../shared/errors';
import { nameFields } from '../../../shared/form/labels';
import { readLimits } from '../../../shared/form/readSettings';
import type { Effect } from '../../../shared/model';
import { createRateLimiter } from '../../../shared/delivery/rateLimiter';
import { createSentMemory } from '../../../shared/delivery/sentMemory';
import { readAccount } from '../transport/account';
import { isInvalid, toBadItemsError, toNodeError, type BadItem } from '../errors';
import { failedItem } from './failedItem';
import { showHints, type Hint } from './hints';
import { readItem, readOperation, type ItemCall, type Session } from './input';
import { parameterReader, readOptions, type ReadParameter } from './parameters';
import { inPool } from './pool';
import { openRetryMemory, type RetryMemory } from './retryMemory';
import { toStopError, type EndedCall, type Failure } from './stopError';
import { readAsking, sendAndWait } from '../sendAndWait/send';
import { clock, createTransport } from '../transport/transport';
import { phrase } from '../../../shared/phrase';

export { answerQuestion } from '../sendAndWait/webhook';
export { receiveEvents } from '../../SendCleanTrigger/receiveEvents';
export { register, unregister } from '../../SendCleanTrigger/registration';
export { authenticate } from '../transport/authenticate';
export { testCredential } from '../transport/credentialTest';
export { searchList } from '../transport/listSearch';

/** What the executions of this process are sending, and what they have sent. */
const sentMemory = createSentMemory(clock);

/** A call that failed, or an item of which no call could be made. */
type Failing = Pick<ItemCall, 'itemIndex' | 'more'> & { effect: Effect | undefined };

/** What an item came to: calls ready to be made, or the output of its failure. */
type Step = ItemCall | INodeExecutionData;

/**
 * Runs the node for all its items. All are checked before the first is sent, so that a bad item does not leave half
 * of a run's emails gone. The output has the order of the items.
 * @throws NodeOperationError for the items that are wrong, or the error of the first call that fails, unless the node
 * is set to continue.
 */
export async function runItems(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
  const memory = openRetryMemory(context);
  const read = parameterReader(context);
  if (read('operation', 0) === sendAndWait) return await askAndWait(context, read, memory);
  const opening = openSession(context, read, memory).catch((error: unknown) => {
    throw nameFields(error, { operation: readOperation(read, 0) });
  });
  await opening.catch((error: unknown) => {
    if (!context.continueOnFail()) throw toNodeError(context, error);
  });
  const steps: Step[] = [];
  const bad: BadItem[] = [];
  for (const itemIndex of context.getInputData().keys()) {
    try {
      steps.push(...(await readItem(context, itemIndex, await opening)));
    } catch (error) {
      if (!context.continueOnFail() && isInvalid(error)) bad.push({ itemIndex, error });
      else steps.push(...failed(context, error, { itemIndex, effect: effectAt(read, itemIndex), more: {} }));
    }
  }
  if (bad.length > 0) throw toBadItemsError(context, bad);
  return [
    steps.some(isCall)
      ? await runSteps(context, steps, memory, await opening)
      : (steps as INodeExecutionData[]),
  ];
}

async function runSteps(
  context: IExecuteFunctions,
  steps: readonly Step[],
  memory: RetryMemory,
  { atOnce, stop }: Session,
): Promise<INodeExecutionData[]> {
  showHints(context, hintsOf(steps), context.getInputData().length);
  const failures: Failure[] = [];
  const outputs = await inPool(steps, atOnce, stop.signal, async (step) => {
    if (!isCall(step)) return [step];
    try {
      return await memory.once(step, () => send(step));
    } catch (error) {
      if (context.continueOnFail()) return failed(context, error, step);
      failures.push({ call: step, error });
      stop.abort();
      return undefined;
    }
  });
  const [first] = failures;
  if (first) throw toStopError(context, first, endsOf(steps.filter(isCall), outputs, failures, memory));
  const items = outputs.flatMap((one) => one ?? []);
  // n8n takes this in the first item for a reason to run the node again when Retry On Fail is on.
  if (items[0]?.json.error === undefined) memory.clear();
  return items;
}

/**
 * Sends an email that asks something, and has the execution wait for the answer, which `webhook.ts` takes.
 * @returns what came in, which goes on when the wait ends without an answer.
 */
async function askAndWait(
  context: IExecuteFunctions,
  read: ReadParameter,
  memory: RetryMemory,
): Promise<INodeExecutionData[][]> {
  try {
    const { call, until } = readAsking(context, await openSession(context, read, memory));
    await memory.once(call, () => send(call));
    memory.clear();
    await context.putExecutionToWait(until);
    return [context.getInputData()];
  } catch (error) {
    return [failed(context, error, { itemIndex: 0, effect: 'send', more: {} })];
  }
}

/** The hints of all items, each with the items that it is about. */
function hintsOf(steps: readonly Step[]): Map<Hint, number[]> {
  const hints = new Map<Hint, Set<number>>();
  for (const { itemIndex, hints: own } of steps.filter(isCall))
    for (const hint of own) hints.set(hint, (hints.get(hint) ?? new Set()).add(itemIndex));
  return new Map([...hints].map(([hint, items]) => [hint, [...items]]));
}

/** How the calls of a run that stops ended. What this try did not begin, an earlier one may have. */
function endsOf(
  calls: readonly ItemCall[],
  outputs: readonly unknown[],
  failures: readonly Failure[],
  memory: RetryMemory,
): EndedCall[] {
  const errors = new Map(failures.map(({ call, error }) => [call, error]));
  return calls.map((call, index) => {
    if (outputs[index]) return { call, isDone: true };
    if (errors.has(call)) return { call, isDone: false, error: errors.get(call) };
    return { call, ...memory.recall(call) };
  });
}

function isCall(step: Step): step is ItemCall {
  return 'run' in step;
}

async function openSession(
  context: IExecuteFunctions,
  read: ReadParameter,
  { run }: RetryMemory,
): Promise<Session> {
  const account = await readAccount(context);
  const limits = readLimits(readOptions(read, 0));
  const stop = new AbortController();
  context.getExecutionCancelSignal()?.addEventListener('abort', () => stop.abort(), { once: true });
  const { redact, credential, key } = account;
  const transport = createTransport(context, credential);
  const rateLimiter = createRateLimiter(clock, limits);
  return {
    read,
    account,
    stop,
    run,
    atOnce: limits.atOnce,
    client: createClient({ transport, clock, rateLimiter, limits, redact, sends: sentMemory.of(key) }),
  };
}

async function send(item: ItemCall): Promise<INodeExecutionData[]> {
  const { itemIndex, run, more } = item;
  const { result, binary } = await run().catch((error: unknown) => {
    throw error instanceof SendCleanError && more.email ? error.prefixed(phrase`To ${more.email}`) : error;
  });
  return [result].flat().map((json) => ({
    json: { ...(json as IDataObject), ...more },
    ...(binary && { binary }),
    pairedItem: { item: itemIndex },
  }));
}

/**
 * The output of a failed item where the node is set to continue. Others of the run may have gone out, so that its
 * advice is about this one only.
 * @throws the error otherwise.
 */
function failed(
  context: IExecuteFunctions,
  thrown: unknown,
  { itemIndex, effect, more: { email } }: Failing,
): INodeExecutionData[] {
  const nodeError = toNodeError(context, thrown, itemIndex);
  if (!context.continueOnFail()) throw nodeError;
  // What is no error of the core came up while the form was read, such as one of n8n's expressions.
  const known =
    thrown instanceof SendCleanError
      ? thrown
      : new SendCleanError('validation', 'notSent', nodeError.message, { effect });
  const subject = email ? `The email to ${email}` : `Item ${itemIndex}`;
  const isOneOfSeveral = email !== undefined || context.getInputData().length > 1;
  const error = isOneOfSeveral ? known.with({ subject }) : known;
  return [failedItem(context, toNodeError(context, error, itemIndex), error, itemIndex, email)];
}

/** What an item's operation does; undefined where that cannot be read either. */
function effectAt(read: ReadParameter, itemIndex: number): Effect | undefined {
  try {
    return readOperation(read, itemIndex).effect;
  } catch {
    return undefined;
  }
}
