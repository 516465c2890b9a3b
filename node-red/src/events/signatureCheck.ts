import { webcrypto } from 'node:crypto';
import { parametersOf } from '../../../shared/events/parameters';
import { isSignedNow, type HeldKey } from '../../../shared/events/signature';
import { findWebhook } from '../../../shared/webhooks';
import { clock } from '../clock';
import type { PublicWebhook } from './settings';

/** Says whether a body is signed with the key of the webhook. */
export type SignatureCheck = (content: unknown, signature: unknown) => Promise<boolean>;

/**
 * The check of a webhook's signatures, which reads its key from the service.
 * @returns a function that throws SendCleanError where there is no key, as the service cannot be asked.
 */
export function signatureCheck({ url, account }: PublicWebhook): SignatureCheck {
  const held: HeldKey = {};
  const readKey = async () => (await findWebhook(account.client, url))?.key;
  return async (content, signature) => {
    const signed = { url, parameters: parametersOf(content), signature };
    return await isSignedNow(webcrypto.subtle, signed, held, { now: clock.now(), readKey });
  };
}
