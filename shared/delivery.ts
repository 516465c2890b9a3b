import type { Call } from './call';
import { SendCleanError, invalid } from './errors';
import { isSent, isSentSoon, type Find } from './lookUp';
import type { Clock } from './transport';

/** What to do when it is not known whether a mail went out: say so, or find out and send it again if it did not. */
export type WhenUnsure = 'report' | 'lookUp';

/** How a send goes beyond its one request, see `RunOptions` of the client. */
export interface DeliveryOptions {
  whenUnsure?: WhenUnsure;
  skipSent?: boolean;
  signal?: AbortSignal;
}

/** What comes of a send. */
interface Outcome {
  status: string;
  message: string;
  xUniqueId: string | null;
  /** The mail is known to be sent although its request had no answer. */
  recovered?: true;
  /** The mail had been sent before. */
  skipped?: true;
}

/**
 * Sends a mail once. The service has no key by which it knows a request again, so that only its X-Unique-Id tells
 * whether it took a mail.
 * @param send makes the request.
 * @throws SendCleanError
 */
export async function deliver(
  call: Call,
  send: () => Promise<object>,
  find: Find,
  clock: Clock,
  { whenUnsure = 'report', skipSent = false, signal }: DeliveryOptions,
): Promise<Outcome> {
  const { xUniqueId } = call;
  const known = (message: string) => ({ status: 'success', message, xUniqueId });
  if (skipSent && (await wasSent(call, find))) return { ...known('The mail was sent before'), skipped: true };
  for (let isSecond = false; ; isSecond = true) {
    try {
      return { ...((await send()) as Outcome), xUniqueId };
    } catch (thrown) {
      // Whatever becomes of the second request, the first may have gone out all the same.
      const error = isSecond && thrown instanceof SendCleanError ? thrown.withFate('unknown') : thrown;
      const isUnsure = error instanceof SendCleanError && error.fate === 'unknown';
      if (!isUnsure || whenUnsure === 'report' || xUniqueId === null) throw error;
      const found = await isSentSoon(call, find, clock, signal).catch(() => undefined);
      if (found) return { ...known('The mail was found to be sent'), recovered: true };
      // A look-up that failed says nothing.
      if (found === undefined || isSecond) throw error;
    }
  }
}

/** @throws SendCleanError when the mail has no X-Unique-Id of its own, or the service cannot be asked. */
async function wasSent(call: Call, find: Find): Promise<boolean> {
  if (!call.isIdGiven)
    throw invalid('x_unique_id', 'is required to skip what was sent: give each mail its own');
  return await isSent(call, find).catch((thrown: unknown) => {
    throw thrown instanceof SendCleanError ? thrown.prefixed('The mail cannot be looked up') : thrown;
  });
}
