import { createAborts } from './aborts';

/** Limits what is in progress at the same time, in places or in bytes. */
export interface Semaphore {
  /**
   * Resolves when there is room; rejects with the signal's reason when aborted before. Queues take turns, so one with
   * many requests does not keep another waiting for all of them.
   * @param weight places or bytes, in the unit of the semaphore's size.
   * @param queueKey names the queue in which it waits.
   */
  acquire(weight: number, queueKey?: string, signal?: AbortSignal): Promise<void>;
  /** Gives room back that was acquired. */
  release(weight: number): void;
}

interface Waiting {
  weight: number;
  go: () => void;
}

/** A semaphore of a size, unlimited by default. A larger weight is admitted alone. */
export function createSemaphore(size = Number.POSITIVE_INFINITY): Semaphore {
  let used = 0;
  const queues = new Map<string, Set<Waiting>>();
  const aborts = createAborts();
  const fits = (weight: number) => used === 0 || used + weight <= size;
  const leave = (queueKey: string, one: Waiting) => {
    const others = queues.get(queueKey);
    others?.delete(one);
    queues.delete(queueKey);
    // Behind the others, because this queue had its turn.
    if (others?.size) queues.set(queueKey, others);
  };
  const serve = () => {
    for (;;) {
      const [queueKey, [next] = []] = first(queues);
      if (queueKey === undefined || !next || !fits(next.weight)) return;
      leave(queueKey, next);
      used += next.weight;
      next.go();
    }
  };
  return {
    async acquire(weight, queueKey = '', signal) {
      signal?.throwIfAborted();
      if (queues.size > 0 || !fits(weight)) await turn(weight, queueKey, signal);
      else used += weight;
    },
    release(weight) {
      used -= weight;
      serve();
    },
  };

  function turn(weight: number, queueKey: string, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const one = {
        weight,
        go: () => {
          aborts.off(signal, abort);
          resolve();
        },
      };
      const abort = () => {
        leave(queueKey, one);
        reject(signal?.reason as Error);
        serve();
      };
      const others = queues.get(queueKey) ?? new Set();
      queues.set(queueKey, others.add(one));
      aborts.on(signal, abort);
    });
  }
}

function first(queues: Map<string, Set<Waiting>>): [queueKey?: string, waiting?: Set<Waiting>] {
  const [entry = []] = queues;
  return entry;
}
