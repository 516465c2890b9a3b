import { sleep, type IExecuteFunctions, type IN8nHttpFullResponse } from 'n8n-workflow';
import { encodeQuery } from '../../shared/request';

import type { Clock, Transport } from '../../shared/transport';
import { aborted, within } from './deadline';

/**
 * The core's transport on n8n's HTTP helper. The credential's `authenticate` adds base URL, owner ID and token.
 * Status and redirects are left to the core, which reads the service's envelope at any status.
 */
export function createTransport(context: IExecuteFunctions): Transport {
  return {
    async send({ method, path, query, body, timeout, signal }) {
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
      const { httpRequestWithAuthentication } = context.helpers;
      const request = httpRequestWithAuthentication.call(context, 'sendCleanApi', options);
      const reply = (await within(timeout, request, signal)) as IN8nHttpFullResponse;
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
    await Promise.race([sleep(ms), ...(signal ? [aborted(signal)] : [])]);
  },
  random: () => Math.random(),
};
