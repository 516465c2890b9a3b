import { createAborts } from './aborts';

/** Limits what is in progress at the same time, in places or in bytes. */
export interface Semaphore {
  /**
   * Takes room, if there is some. Queues take turns, so one with many requests does not keep another waiting for all of
   * them.
   * @param weight places or bytes, in the unit of the semaphore's size.
   * @param queueKey names the queue in which it waits.
   * @returns the wait for room where there is none, which rejects with the signal's reason when aborted before.
   */
  acquire(weight: number, queueKey?: string, signal?: AbortSignal): Promise<void> | undefined;
  /** Gives room back that was acquired. */
  release(weight: number): void;
}

interface Waiting {
  weight: number;
  go: () => void;
  /** It waits no more, and is passed over when its turn comes. */
  isAborted?: true;
  next?: Waiting;
}

/** Those who wait, first come, first served, in a list: a set of thousands takes its time to find its first. */
interface Queue {
  first: Waiting | undefined;
  last: Waiting;
}

/** A semaphore of a size, unlimited by default. A larger weight is admitted alone. */
export function createSemaphore(size = Number.POSITIVE_INFINITY): Semaphore {
  let used = 0;
  const queues = new Map<string, Queue>();
  const aborts = createAborts();
  const fits = (weight: number) => used === 0 || used + weight <= size;
  const serve = () => {
    for (const [queueKey, queue] of queues) {
      while (queue.first?.isAborted) queue.first = queue.first.next;
      const { first } = queue;
      if (first && !fits(first.weight)) return;
      queues.delete(queueKey);
      if (!first) continue;
      queue.first = first.next;
      // Behind the others, because this queue had its turn.
      if (queue.first) queues.set(queueKey, queue);
      used += first.weight;
      first.go();
    }
  };
  return {
    acquire(weight, queueKey = '', signal) {
      signal?.throwIfAborted();
      if (queues.size > 0 || !fits(weight)) return turn(weight, queueKey, signal);
      used += weight;
      return undefined;
    },
    release(weight) {
      used -= weight;
      serve();
    },
  };

  function turn(weight: number, queueKey: string, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const one: Waiting = {
        weight,
        go: () => {
          aborts.off(signal, abort);
          resolve();
        },
      };
      const abort = () => {
        one.isAborted = true;
        reject(signal?.reason as Error);
        serve();
      };
      const queue = queues.get(queueKey);
      if (queue) queue.last = queue.last.next = one;
      else queues.set(queueKey, { first: one, last: one });
      aborts.on(signal, abort);
    });
  }
}
