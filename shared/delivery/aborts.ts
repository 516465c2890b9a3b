/** Work to do when signals are aborted. */
export interface Aborts {
  on(signal: AbortSignal | undefined, work: () => void): void;
  off(signal: AbortSignal | undefined, work: () => void): void;
}

/**
 * One abort listener per signal instead of one per waiter: adding or removing a listener takes time in proportion to
 * those that are there, and thousands of requests may wait with the same signal.
 */
export function createAborts(): Aborts {
  const all = new Map<AbortSignal, Set<() => void>>();
  const abort = ({ target }: Event) => {
    const works = all.get(target as AbortSignal);
    all.delete(target as AbortSignal);
    works?.forEach((work) => work());
  };
  return {
    on(signal, work) {
      if (!signal) return;
      const works = all.get(signal) ?? new Set();
      if (works.size === 0) signal.addEventListener('abort', abort, { once: true });
      all.set(signal, works.add(work));
    },
    off(signal, work) {
      if (!signal) return;
      const works = all.get(signal);
      if (!works?.delete(work) || works.size > 0) return;
      all.delete(signal);
      signal.removeEventListener('abort', abort);
    },
  };
}
