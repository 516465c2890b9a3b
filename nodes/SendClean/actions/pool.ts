/**
 * Does work for every entry, some of them at once, each begun in its turn.
 * @param stop when it is aborted, no further work is begun; what has begun goes on to its end.
 * @returns what each entry came to, in the order of the entries; undefined for those that were not begun.
 */
export async function inPool<Entry, Result>(
  entries: readonly Entry[],
  atOnce: number,
  stop: AbortSignal,
  work: (entry: Entry) => Promise<Result>,
): Promise<(Result | undefined)[]> {
  const results = new Array<Result | undefined>(entries.length);
  const left = entries.entries();
  const worker = async () => {
    for (const [index, entry] of left) {
      if (stop.aborted) return;
      results[index] = await work(entry);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, entries.length) }, worker));
  return results;
}
