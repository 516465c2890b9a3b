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
 * @throws an error with the code `ETIMEDOUT`, or the signal's reason; the work itself goes on, as n8n cannot stop it.
 */
export async function within<T>(ms: number, work: Promise<T>, signal?: AbortSignal): Promise<T> {
  const controller = new AbortController();
  const late = Object.assign(new Error('The answer took too long'), { code: 'ETIMEDOUT' });
  const mine = { end: Date.now() + ms, miss: () => controller.abort(late) };
  const cancel = () => controller.abort(signal?.reason);
  open.add(mine);
  signal?.addEventListener('abort', cancel, { once: true });
  void watch();
  try {
    signal?.throwIfAborted();
    return await Promise.race([work, aborted(controller.signal)]);
  } finally {
    open.delete(mine);
    signal?.removeEventListener('abort', cancel);
  }
}

/** Rejects with the reason of a signal. */
export async function aborted(signal: AbortSignal): Promise<never> {
  signal.throwIfAborted();
  return await new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
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
