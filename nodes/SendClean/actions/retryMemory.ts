import { createHash, randomUUID } from 'crypto';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { SendCleanError } from '../../../shared/errors';
import type { ItemCall } from './input';

/** What happened to a call in an earlier try. */
type Outcome = { items: INodeExecutionData[] } | { error: Record<string, unknown> };

/** It is in the execution's own data. */
interface Memory {
  /** The execution; a later one that starts from this one's data is another decision of a person. */
  scope: string;
  run: string;
  outcomes: Record<string, Outcome>;
}

/**
 * Remembers, while n8n's Retry On Fail runs the node again, what must not be done twice: calls that went well, and
 * calls of which that is not known.
 */
export interface RetryMemory {
  /** Tells the run, with all its tries, from others. */
  readonly run: string;
  /**
   * Does a call, or gives what an earlier try had of it.
   * @throws the error of an earlier try again, if the fate of its email is unknown.
   */
  once(call: ItemCall, work: () => Promise<INodeExecutionData[]>): Promise<INodeExecutionData[]>;
  /** How an earlier try of a call ended that this one has not begun; to be asked once for each, in their order. */
  recall(call: ItemCall): { isDone: boolean; error?: SendCleanError };
  /** Forgets, once the run has ended well. */
  clear(): void;
}

/**
 * The memory of a run, in which n8n runs the node again for the same items: a call is known by its item, since its request
 * may differ from try to try where an expression holds the time. A tool that is set to continue is not tried again.
 */
export function openRetryMemory(context: IExecuteFunctions): RetryMemory {
  const run = randomUUID();
  // Older versions of n8n do not tell.
  const isTool = context.isToolExecution?.();
  const continues = context.continueOnFail();
  if (!context.getNode().retryOnFail || (continues && isTool)) {
    return {
      run,
      once: async (_call, work) => await work(),
      recall: () => ({ isDone: false }),
      clear: () => undefined,
    };
  }
  const data = context.getContext('node') as { sendClean?: Memory };
  const execution = context.getExecutionId();
  const runIndex = `${context.getWorkflowDataProxy(0).$runIndex}`;
  // A later run of a node that continues, as in a loop, is another matter.
  const scope = continues ? `${execution}-${runIndex}` : execution;
  const memory = data.sendClean?.scope === scope ? data.sendClean : { scope, run, outcomes: {} };
  data.sendClean = memory;
  const numbered = numbering();
  const keysOf = ({ itemIndex, more, request }: ItemCall) => [
    ...(isTool ? [] : [numbered(`${runIndex} ${itemIndex} ${more.email ?? ''}`)]),
    ...(continues ? [] : [numbered(hashOf(request))]),
  ];
  return {
    run: memory.run,
    once: async (call, work) => await remembered(memory.outcomes, call, keysOf(call), work),
    recall(call) {
      const known = find(memory.outcomes, keysOf(call));
      if (!known || 'items' in known) return { isDone: known !== undefined };
      return { isDone: false, error: restored(known.error, call) };
    },
    clear: () => delete data.sendClean,
  };
}

/** A tool's call is known by its request, as each of its tries is a run of its own. */
function hashOf(request: object): string {
  return createHash('sha256').update(JSON.stringify(request)).digest('hex');
}

/** Numbers keys that are the same, each of which is a call of its own. */
function numbering(): (key: string) => string {
  const counts = new Map<string, number>();
  return (key) => {
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return `${key} ${count}`;
  };
}

async function remembered(
  outcomes: Memory['outcomes'],
  call: ItemCall,
  keys: readonly string[],
  work: () => Promise<INodeExecutionData[]>,
): Promise<INodeExecutionData[]> {
  const known = find(outcomes, keys);
  if (known && 'items' in known) return known.items;
  if (known) throw restored(known.error, call);
  const keep = (outcome: Outcome) => keys.forEach((key) => (outcomes[key] = outcome));
  const items = await work().catch((thrown: unknown) => {
    if (thrown instanceof SendCleanError && thrown.fate === 'unknown') keep({ error: thrown.toJSON() });
    throw thrown;
  });
  keep({ items });
  return items;
}

function find(outcomes: Memory['outcomes'], keys: readonly string[]): Outcome | undefined {
  return keys.map((key) => outcomes[key]).find((outcome) => outcome !== undefined);
}

function restored(error: Record<string, unknown>, { effect }: ItemCall): SendCleanError {
  return SendCleanError.fromJSON(error).with({ effect });
}
