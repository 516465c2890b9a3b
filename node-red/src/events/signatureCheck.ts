import { webcrypto } from 'node:crypto';
import { parametersOf } from '../../../shared/events/parameters';
import { isSigned } from '../../../shared/events/signature';
import { findWebhook } from '../../../shared/webhooks';
import { clock } from '../clock';
import type { PublicWebhook } from './settings';

/** How long a key counts before a signature that does not fit has it read again, in milliseconds. */
const keyAge = 60_000;

/** Says whether a body is signed with the key of the webhook. */
export type SignatureCheck = (content: unknown, signature: unknown) => Promise<boolean>;

/**
 * The check of a webhook's signatures, which reads its key from the service: anew where a signature does not fit, as
 * the key can be reset, but not for each request that somebody makes up.
 * @returns a function that throws SendCleanError where there is no key, as the service cannot be asked.
 */
export function signatureCheck({ url, account }: PublicWebhook): SignatureCheck {
  let reading: Promise<string> | undefined;
  let readAt = 0;
  const readKey = async () => (await findWebhook(account.client, url))?.key ?? '';
  return async (content, signature) => {
    if (signature === undefined) return false;
    const parameters = parametersOf(content);
    const fits = async (key: string) => await isSigned(webcrypto.subtle, { url, parameters, key, signature });
    if (reading && clock.now() - readAt < keyAge) return await fits(await reading);
    const known = await reading?.catch(() => undefined);
    if (known !== undefined && (await fits(known))) return true;
    readAt = clock.now();
    reading = readKey();
    return await fits(await reading);
  };
}
