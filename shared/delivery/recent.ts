import type { Clock } from '../wire/transport';

/** Bounds of what is remembered: a number of entries, and milliseconds. */
export interface Bounds {
  entries: number;
  time: number;
}

/** Values by keys, bounded in number and in time; the least recently used one goes first. */
export interface Recent<Value> {
  get(key: string): Value | undefined;
  set(key: string, value: Value): void;
}

export function createRecent<Value>(clock: Clock, { entries, time }: Bounds): Recent<Value> {
  // A map keeps the order in which its keys were added.
  const all = new Map<string, { value: Value; end: number }>();
  const isOver = ({ end }: { end: number }) => clock.now() > end;
  return {
    get(key) {
      const found = all.get(key);
      all.delete(key);
      if (!found || isOver(found)) return undefined;
      all.set(key, found);
      return found.value;
    },
    set(key, value) {
      all.delete(key);
      all.set(key, { value, end: clock.now() + time });
      for (const [oldest, one] of all) {
        if (all.size <= entries && !isOver(one)) return;
        all.delete(oldest);
      }
    },
  };
}
