/** Places for what may be under way at once. */
export interface Slots {
  /** Resolves when a place is free, in the order of asking; rejects with the signal's reason when aborted before. */
  take(signal?: AbortSignal): Promise<void>;
  /** Frees a place. */
  give(): void;
}

/** A number of places; as many as are asked for when it is left out. */
export function createSlots(count = Number.POSITIVE_INFINITY): Slots {
  let free = count;
  const waiting = new Set<() => void>();
  return {
    async take(signal) {
      signal?.throwIfAborted();
      if (free > 0) free -= 1;
      else await turn(waiting, signal);
    },
    give() {
      const [next] = waiting;
      if (next) next();
      else free += 1;
    },
  };
}

function turn(waiting: Set<() => void>, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const leave = () => {
      waiting.delete(go);
      signal?.removeEventListener('abort', abort);
    };
    const go = () => {
      leave();
      resolve();
    };
    const abort = () => {
      leave();
      reject(signal?.reason as Error);
    };
    waiting.add(go);
    signal?.addEventListener('abort', abort);
  });
}
