import { handshake } from '../../../shared/events/readEvents';
import { exchange, reasonOf, type Sending } from './exchange';
import type { WebhookOptions } from './options';

/** What the service says when a URL does not answer as it should. */
export const unconfirmed = `Please confirm that your url is responding with message: ${handshake}`;

/**
 * Asks a URL for the text that every webhook has to answer.
 * @returns why it is not confirmed, for the list of calls; undefined if it is.
 */
export async function confirm(
  url: string,
  { handshake: methods, timeoutMs }: Pick<WebhookOptions, 'handshake' | 'timeoutMs'>,
  reach: Pick<Sending, 'isAnywhere' | 'closing'>,
): Promise<string | undefined> {
  const reasons: string[] = [];
  for (const method of methods) {
    const reason = await ask({ url, method, timeoutMs, ...reach });
    if (reason === undefined) return undefined;
    reasons.push(`${method}: ${reason}`);
  }
  return reasons.join('; ');
}

async function ask(sending: Sending): Promise<string | undefined> {
  try {
    const { status, text } = await exchange(sending);
    if (status !== 200) return `HTTP ${status}`;
    return text.trim() === handshake ? undefined : 'another text';
  } catch (error) {
    return reasonOf(error);
  }
}
