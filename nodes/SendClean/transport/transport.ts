import {
  sleep,
  type ICredentialsDecrypted,
  type IExecuteFunctions,
  type IHookFunctions,
  type ILoadOptionsFunctions,
  type IWebhookFunctions,
} from 'n8n-workflow';
import { readBody, textHeaders } from '../../../shared/wire/responseBody';
import { encodeQuery } from '../../../shared/wire/query';
import type { Clock, Transport } from '../../../shared/wire/transport';
import { blockedError } from './blocked';
import { unlessAborted, within } from './deadline';

/** What every request asks of n8n's helper: status, redirects and body are the core's to read. */
const raw = {
  encoding: 'stream',
  returnFullResponse: true,
  ignoreHttpStatusErrors: true,
  disableFollowRedirect: true,
} as const;

/** A run of a node, a list that its form asks for, or a webhook that is registered or called. */
export type Context = IExecuteFunctions | ILoadOptionsFunctions | IHookFunctions | IWebhookFunctions;

/** A body that comes piece by piece. */
export type Body = AsyncIterable<Uint8Array> & { destroy(): void };

/** What n8n's helper answers to such a request. */
interface HttpResponse {
  statusCode: number;
  headers: object;
  body: Body;
}

/**
 * The core's transport on n8n's HTTP helper. The credential's `authenticate` adds base URL, owner ID and token.
 * @param credential as it was decrypted for the run; n8n would decrypt it for every request otherwise.
 */
export function createTransport(context: Context, credential: ICredentialsDecrypted): Transport {
  const { httpRequestWithAuthentication } = context.helpers;
  return {
    async send({ method, path, query, body, timeout, signal }) {
      const options = {
        ...raw,
        method,
        url: query ? `${path}?${encodeQuery(query)}` : path,
        ...(body && { body: { ...body } }),
        headers: { Accept: 'application/json' },
        timeout,
      };
      const attempt = async (over: AbortSignal) => {
        const response = (await httpRequestWithAuthentication
          .call(context, 'sendCleanApi', options, { credentialsDecrypted: credential })
          .catch(hostError)) as HttpResponse;
        const text = await readText(response.body, over);
        return { status: response.statusCode, headers: textHeaders(response.headers), body: text };
      };
      return await within(timeout, attempt, signal);
    },
  };
}

/** The body as text; its connection is closed when nobody waits for it any more. */
export async function readText(body: Body, over: AbortSignal): Promise<string> {
  const close = () => body.destroy();
  over.addEventListener('abort', close, { once: true });
  if (over.aborted) close();
  return await readBody(body);
}

/** What n8n's helpers threw: its own refusals are reported as such. */
export function hostError(thrown: unknown): never {
  throw blockedError(thrown) ?? thrown;
}

/** The core's clock on n8n's timer, which is the only one that its rules allow. */
export const clock: Clock = {
  now: () => Date.now(),
  sleep: async (ms, signal) => await unlessAborted(sleep(ms), signal),
  random: () => Math.random(),
};
