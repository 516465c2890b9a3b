import { createHash, randomUUID } from 'crypto';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { SendCleanError } from '../../shared/errors';
import type { ItemCall } from './input';

/** What became of a call in an earlier try. */
type Outcome = { items: INodeExecutionData[] } | { error: Record<string, unknown> };

/** It stands in the execution's own data. */
interface Memory {
  /** A later execution that starts from this one's data is another decision of a person. */
  execution: string;
  run: string;
  outcomes: Record<string, Outcome>;
}

/**
 * Remembers, while n8n's Retry On Fail runs the node again, what must not be done twice: calls that went well, and
 * calls of which that is not known. A call is known again by its request, because a tool's tries are runs of their
 * own; of equal requests in one run, each is a call of its own.
 */
export interface RetryMemory {
  /** Tells the run, with all its tries, from others. */
  readonly run: string;
  /**
   * Does a call, or gives what an earlier try had of it.
   * @throws the error of an earlier try again, if the fate of its mail is unknown.
   */
  once(call: ItemCall, work: () => Promise<INodeExecutionData[]>): Promise<INodeExecutionData[]>;
  /** How an earlier try of a call ended that this one has not begun; to be asked once for each, in their order. */
  recall(call: ItemCall): { isDone: boolean; error?: SendCleanError };
  /** Forgets, once the run has ended well. */
  clear(): void;
}

/** The memory of a run. Where n8n does not run the node again, there is nothing to remember. */
export function openRetryMemory(context: IExecuteFunctions): RetryMemory {
  const run = randomUUID();
  if (!context.getNode().retryOnFail || context.continueOnFail()) {
    return {
      run,
      once: async (_call, work) => await work(),
      recall: () => ({ isDone: false }),
      clear: () => undefined,
    };
  }
  const data = context.getContext('node') as { sendClean?: Memory };
  const execution = context.getExecutionId();
  const memory = data.sendClean?.execution === execution ? data.sendClean : { execution, run, outcomes: {} };
  data.sendClean = memory;
  const counts = new Map<string, number>();
  const keyOf = ({ request }: ItemCall) => {
    const hash = createHash('sha256').update(JSON.stringify(request)).digest('hex');
    const count = (counts.get(hash) ?? 0) + 1;
    counts.set(hash, count);
    return `${hash}-${count}`;
  };
  return {
    run: memory.run,
    once: async (call, work) => await remembered(memory.outcomes, call, keyOf(call), work),
    recall(call) {
      const known = memory.outcomes[keyOf(call)];
      if (!known || 'items' in known) return { isDone: known !== undefined };
      return { isDone: false, error: restored(known.error, call) };
    },
    clear: () => delete data.sendClean,
  };
}

async function remembered(
  outcomes: Memory['outcomes'],
  call: ItemCall,
  key: string,
  work: () => Promise<INodeExecutionData[]>,
): Promise<INodeExecutionData[]> {
  const known = outcomes[key];
  if (known && 'items' in known) return known.items;
  if (known) throw restored(known.error, call);
  const items = await work().catch((thrown: unknown) => {
    if (thrown instanceof SendCleanError && thrown.fate === 'unknown')
      outcomes[key] = { error: thrown.toJSON() };
    throw thrown;
  });
  outcomes[key] = { items };
  return items;
}

function restored(error: Record<string, unknown>, { effect }: ItemCall): SendCleanError {
  return SendCleanError.fromJSON(error).with({ effect });
}
