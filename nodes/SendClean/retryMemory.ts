import { createHash } from 'crypto';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { SendCleanError } from '../../shared/errors';
import type { ItemCall } from './input';

/** What became of a call in an earlier try. */
type Outcome = { items: INodeExecutionData[] } | { error: Record<string, unknown> };

/** It stands in the execution's own data. */
interface Memory {
  /** The execution; a later one that starts from this one's data is another decision of a person. */
  scope: string;
  outcomes: Record<string, Outcome>;
}

/**
 * Remembers, while n8n's Retry On Fail runs the node again, what must not be done twice: calls that went well, and
 * calls of which that is not known.
 */
export interface RetryMemory {
  /**
   * Does a call, or gives what an earlier try had of it.
   * @throws the error of an earlier try again, if the fate of its mail is unknown.
   */
  once(call: ItemCall, work: () => Promise<INodeExecutionData[]>): Promise<INodeExecutionData[]>;
  /** Forgets, once the run has ended well. */
  clear(): void;
}

/**
 * The memory of a run, in which n8n runs the node again for the same items: a call is known by its item, since its request
 * may differ from try to try where an expression holds the time. A tool that is set to continue is not tried again.
 */
export function openRetryMemory(context: IExecuteFunctions): RetryMemory {
  // Older versions of n8n do not tell.
  const isTool = context.isToolExecution?.();
  const continues = context.continueOnFail();
  if (!context.getNode().retryOnFail || (continues && isTool))
    return { once: async (_call, work) => await work(), clear: () => undefined };
  const data = context.getContext('node') as { sendClean?: Memory };
  const execution = context.getExecutionId();
  const run = `${context.getWorkflowDataProxy(0).$runIndex}`;
  // A later run of a node that continues, as in a loop, is another matter.
  const scope = continues ? `${execution}-${run}` : execution;
  const memory = data.sendClean?.scope === scope ? data.sendClean : { scope, outcomes: {} };
  data.sendClean = memory;
  const numbered = numbering();
  return {
    async once(call, work) {
      const ofItem = isTool ? [] : [numbered(`${run} ${call.itemIndex} ${call.more.email ?? ''}`)];
      const ofRequest = continues ? [] : [numbered(hashOf(call.request))];
      return await remembered(memory.outcomes, [...ofItem, ...ofRequest], work);
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
  keys: readonly string[],
  work: () => Promise<INodeExecutionData[]>,
): Promise<INodeExecutionData[]> {
  const known = keys.map((key) => outcomes[key]).find((outcome) => outcome !== undefined);
  if (known && 'items' in known) return known.items;
  if (known) throw SendCleanError.fromJSON(known.error);
  const keep = (outcome: Outcome) => keys.forEach((key) => (outcomes[key] = outcome));
  const items = await work().catch((thrown: unknown) => {
    if (thrown instanceof SendCleanError && thrown.fate === 'unknown') keep({ error: thrown.toJSON() });
    throw thrown;
  });
  keep({ items });
  return items;
}
