/** What is closed when a request has been answered, or nobody waits for the answer any more. */
interface Response {
  readonly closed: boolean;
  once(event: 'close', listener: () => void): unknown;
}

/** The end of the last request of each trigger. */
const lasts = new Map<string, Promise<void>>();

/**
 * Does something for a request when those before it have been answered, so that a batch that comes twice at once is
 * known the second time.
 * @param trigger whose requests wait for one another.
 */
export async function inTurn<T>(trigger: string, response: Response, work: () => Promise<T>): Promise<T> {
  const closed = new Promise<void>((resolve) => {
    if (response.closed) resolve();
    else response.once('close', resolve);
  });
  const before = lasts.get(trigger);
  const last = Promise.all([before, closed]).then(() => {
    if (lasts.get(trigger) === last) lasts.delete(trigger);
  });
  lasts.set(trigger, last);
  await before;
  return await work();
}
