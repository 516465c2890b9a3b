import axios, { type AxiosRequestConfig } from 'axios';
import { addressed, type Destination } from '../../../shared/wire/addressed';
import { defaultLimits } from '../../../shared/form/readSettings';
import { notStartedError } from '../../../shared/response/networkErrors';
import { readBody, textHeaders } from '../../../shared/wire/responseBody';
import type { Transport, TransportRequest } from '../../../shared/wire/transport';
import { openConnections, type Connections } from './connections';

export interface TransportOptions extends Destination {
  /** The time for connecting, in seconds. */
  connectTimeout?: number;
}

/** A transport that holds connections open until it is closed. */
export interface ClosableTransport extends Transport {
  close(): void;
}

/** The core's transport on axios, with the account's owner ID and token in the body or the query. */
export function createTransport(options: TransportOptions): ClosableTransport {
  const { baseUrl, connectTimeout = defaultLimits.connectTimeout } = options;
  const { agent, dropIdle, close } = openConnections(baseUrl, connectTimeout * 1000);
  const start = (request: TransportRequest) => {
    try {
      return configOf(request, options, agent);
    } catch (error) {
      throw notStartedError(error);
    }
  };
  return {
    async send(request) {
      const config = start(request);
      dropIdle();
      const limit = limited(request);
      try {
        const response = await axios.request<AsyncIterable<Uint8Array>>({ ...config, signal: limit.signal });
        const body = await readBody(response.data);
        return { status: response.status, headers: textHeaders(response.headers), body };
      } catch (error) {
        throw limit.isOver() ? overTime() : error;
      } finally {
        limit.clear();
      }
    },
    close,
  };
}

/** A signal for a request's own signal and its time; lighter than `AbortSignal.any`, and gone with the request. */
function limited({ timeout, signal }: TransportRequest) {
  const controller = new AbortController();
  let isOver = false;
  const abort = () => controller.abort();
  const timer = setTimeout(() => {
    isOver = true;
    abort();
  }, timeout);
  if (signal?.aborted) abort();
  signal?.addEventListener('abort', abort, { once: true });
  const clear = () => {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  };
  return { signal: controller.signal, isOver: () => isOver, clear };
}

function overTime(): Error {
  return Object.assign(new Error('The time is over'), { code: 'ETIMEDOUT' });
}

type Body = string | Buffer;

/**
 * Status, redirects and JSON are the core's to read; a redirect must not carry the token elsewhere. The connections
 * know the way through a proxy themselves.
 */
const raw: AxiosRequestConfig<Body> = {
  proxy: false,
  maxRedirects: 0,
  maxBodyLength: Infinity,
  validateStatus: () => true,
  responseType: 'stream',
  transformRequest: (data: Body) => data,
};

function configOf(
  request: TransportRequest,
  destination: Destination,
  agent: Connections['agent'],
): AxiosRequestConfig<Body> {
  const { body, ...rest } = addressed(request, destination);
  // Of other bytes axios makes a copy.
  const data = typeof body === 'object' ? Buffer.from(body.buffer) : body;
  return { ...rest, ...raw, ...(data !== undefined && { data }), httpAgent: agent, httpsAgent: agent };
}
