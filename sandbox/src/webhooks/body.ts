import { createHmac } from 'node:crypto';
import type { WebhookOptions } from './options';

/** What is posted to a webhook. */
export interface Posted {
  headers: Record<string, string>;
  body: string;
}

/**
 * Writes a batch and signs it as Mandrill does; what the service signs is not public.
 * @param events each as JSON text
 */
export function write(
  events: readonly string[],
  { url, key }: { url: string; key: string },
  { parameter, format }: Pick<WebhookOptions, 'parameter' | 'format'>,
): Posted {
  const value = `[${events.join(',')}]`;
  const signature = createHmac('sha1', key)
    .update(url + parameter + value)
    .digest('base64');
  const isForm = format === 'form';
  return {
    headers: {
      'content-type': isForm ? 'application/x-www-form-urlencoded' : 'application/json',
      'X-SendCleanTES-SIGNATURE': signature,
    },
    body: isForm
      ? new URLSearchParams({ [parameter]: value }).toString()
      : JSON.stringify({ [parameter]: value }),
  };
}
