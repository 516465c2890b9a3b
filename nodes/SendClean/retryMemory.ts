import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { SendCleanError } from '../../shared/errors';

/** What became of a call in an earlier try of the same run. */
type Outcome = { items: INodeExecutionData[] } | { error: Record<string, unknown> };

/**
 * Remembers, while n8n's Retry On Fail runs the node again for all its items, what must not be done twice: calls
 * that went well, and calls of which that is not known.
 */
export interface RetryMemory {
  /**
   * Does a call, or gives what an earlier try had of it.
   * @param index number of the call in the run.
   * @throws the error of an earlier try again, if the fate of its mail is unknown.
   */
  once(index: number, work: () => Promise<INodeExecutionData[]>): Promise<INodeExecutionData[]>;
  /** Forgets, once the run has ended well. */
  clear(): void;
}

/** The memory of a run; it stands in the execution's own data, and only where n8n may run the node again. */
export function openRetryMemory(context: IExecuteFunctions): RetryMemory {
  if (!context.getNode().retryOnFail)
    return { once: async (_index, work) => await work(), clear: () => undefined };
  const all = context.getContext('node');
  const key = `run${context.getWorkflowDataProxy(0).$runIndex}`;
  const outcomes = (all[key] ??= {}) as Record<number, Outcome>;
  return {
    async once(index, work) {
      const known = outcomes[index];
      if (known) return recall(known);
      const items = await work().catch((thrown: unknown) => {
        if (isUnknown(thrown)) outcomes[index] = { error: thrown.toJSON() };
        throw thrown;
      });
      outcomes[index] = { items };
      return items;
    },
    clear: () => delete all[key],
  };
}

function recall(outcome: Outcome): INodeExecutionData[] {
  if ('items' in outcome) return outcome.items;
  throw SendCleanError.fromJSON(outcome.error);
}

function isUnknown(thrown: unknown): thrown is SendCleanError {
  return thrown instanceof SendCleanError && thrown.fate === 'unknown';
}
