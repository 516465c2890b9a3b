import { sleep, type IExecuteFunctions, type IN8nHttpFullResponse } from 'n8n-workflow';
import { encodeQuery } from '../../shared/request';
import type { Clock, Transport } from '../../shared/transport';

/**
 * The core's transport on n8n's HTTP helper. The credential's `authenticate` adds base URL, owner ID and token.
 * Status and redirects are left to the core, which reads the service's envelope at any status.
 */
export function createTransport(context: IExecuteFunctions): Transport {
  return {
    async send({ method, path, query, body, timeout }) {
      const options = {
        method,
        url: query ? `${path}?${encodeQuery(query)}` : path,
        ...(body && { body: { ...body } }),
        headers: { Accept: 'application/json' },
        timeout,
        encoding: 'text' as const,
        returnFullResponse: true,
        ignoreHttpStatusErrors: true,
        disableFollowRedirect: true,
      };
      const reply = (await context.helpers.httpRequestWithAuthentication.call(
        context,
        'sendCleanApi',
        options,
      )) as IN8nHttpFullResponse;
      const headers = Object.entries(reply.headers).map(([name, value]) => [
        name.toLowerCase(),
        String(value),
      ]);
      return {
        status: reply.statusCode,
        headers: Object.fromEntries(headers) as Record<string, string>,
        body: String(reply.body ?? ''),
      };
    },
  };
}

/** The core's clock on n8n's timer, which is the only one that its rules allow. */
export const clock: Clock = {
  now: () => Date.now(),
  sleep: async (ms, signal) => {
    signal?.throwIfAborted();
    await Promise.race([sleep(ms), ...(signal ? [aborted(signal)] : [])]);
  },
  random: () => Math.random(),
};

async function aborted(signal: AbortSignal): Promise<never> {
  return await new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}
