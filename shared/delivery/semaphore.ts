import { createAborts } from './aborts';

/** Room for what may be under way at once, in places or in bytes. */
export interface Slots {
  /**
   * Resolves when there is room; rejects with the signal's reason when aborted before. Parties that wait take turns,
   * so that one with many requests does not keep another waiting for all of them.
   */
  take(weight: number, party?: string, signal?: AbortSignal): Promise<void>;
  /** Gives room back. */
  give(weight: number): void;
}

interface Waiting {
  weight: number;
  go: () => void;
}

/** Room of a size, without bound when it is left out. What is larger than all of it goes alone. */
export function createSlots(size = Number.POSITIVE_INFINITY): Slots {
  let used = 0;
  const parties = new Map<string, Set<Waiting>>();
  const aborts = createAborts();
  const fits = (weight: number) => used === 0 || used + weight <= size;
  const leave = (party: string, one: Waiting) => {
    const others = parties.get(party);
    others?.delete(one);
    parties.delete(party);
    // Behind the others, as this party had its turn.
    if (others?.size) parties.set(party, others);
  };
  const serve = () => {
    for (;;) {
      const [party, [next] = []] = first(parties);
      if (party === undefined || !next || !fits(next.weight)) return;
      leave(party, next);
      used += next.weight;
      next.go();
    }
  };
  return {
    async take(weight, party = '', signal) {
      signal?.throwIfAborted();
      if (parties.size > 0 || !fits(weight)) await turn(weight, party, signal);
      else used += weight;
    },
    give(weight) {
      used -= weight;
      serve();
    },
  };

  function turn(weight: number, party: string, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const one = {
        weight,
        go: () => {
          aborts.off(signal, abort);
          resolve();
        },
      };
      const abort = () => {
        leave(party, one);
        reject(signal?.reason as Error);
        serve();
      };
      const others = parties.get(party) ?? new Set();
      parties.set(party, others.add(one));
      aborts.on(signal, abort);
    });
  }
}

function first(parties: Map<string, Set<Waiting>>): [party?: string, waiting?: Set<Waiting>] {
  const [entry = []] = parties;
  return entry;
}
