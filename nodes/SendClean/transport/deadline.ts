import { sleep } from 'n8n-workflow';

/** How often deadlines are looked at, in milliseconds. */
const step = 250;

interface Open {
  end: number;
  miss: () => void;
}

const open = new Set<Open>();

/**
 * Waits for work, but no longer than a time in milliseconds, and not beyond a signal. n8n's own `timeout` starts anew
 * with each piece of an answer, so that a slow one never ends; its timer cannot be stopped, so that all share one.
 * @param work told by its signal when nobody waits for it any more.
 * @throws an error with the code `ETIMEDOUT`, or the signal's reason.
 */
export async function within<T>(
  ms: number,
  work: (over: AbortSignal) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  const controller = new AbortController();
  const mine = { end: Date.now() + ms, miss: () => controller.abort(tooLate()) };
  const cancel = () => controller.abort(signal?.reason);
  open.add(mine);
  signal?.addEventListener('abort', cancel, { once: true });
  void watch();
  try {
    signal?.throwIfAborted();
    return await unlessAborted(work(controller.signal), controller.signal);
  } finally {
    open.delete(mine);
    signal?.removeEventListener('abort', cancel);
  }
}

function tooLate(): Error {
  return Object.assign(new Error('The answer took too long'), { code: 'ETIMEDOUT' });
}

/**
 * Waits for work, but not beyond a signal.
 * @throws the signal's reason.
 */
export async function unlessAborted<T>(work: Promise<T>, signal?: AbortSignal): Promise<T> {
  if (!signal) return await work;
  signal.throwIfAborted();
  let abort = () => {};
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(signal.reason as Error);
    signal.addEventListener('abort', abort, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

let isWatching = false;

async function watch(): Promise<void> {
  if (isWatching) return;
  isWatching = true;
  while (open.size > 0) {
    await sleep(step);
    for (const { end, miss } of open) if (Date.now() >= end) miss();
  }
  isWatching = false;
}
