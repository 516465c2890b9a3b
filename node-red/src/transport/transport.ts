import axios, { type AxiosRequestConfig } from 'axios';
import { defaultLimits } from '../../../shared/form/readSettings';
import { jsonBody } from '../../../shared/wire/jsonBody';
import { notStartedError } from '../../../shared/response/networkErrors';
import { readBody, textHeaders } from '../../../shared/wire/responseBody';
import { encodeQuery } from '../../../shared/wire/query';
import type { Transport, TransportRequest } from '../../../shared/wire/transport';
import { openConnections } from './connections';

export interface TransportOptions {
  /** Base URL with a slash at its end. */
  baseUrl: string;
  ownerId: string;
  token: string;
  /** The time for connecting, in seconds. */
  connectTimeout?: number;
}

/** A transport that holds connections open until it is closed. */
export interface ClosableTransport extends Transport {
  close(): void;
}

const headers = { Accept: 'application/json', 'Content-Type': 'application/json' };

/** The core's transport on axios, with the account's owner ID and token in the body or the query. */
export function createTransport(options: TransportOptions): ClosableTransport {
  const { baseUrl, connectTimeout = defaultLimits.connectTimeout } = options;
  const { agent, dropIdle, close } = openConnections(baseUrl, connectTimeout * 1000);
  const configOf = (request: TransportRequest) => {
    try {
      return { ...addressed(request, options), ...raw, httpAgent: agent, httpsAgent: agent };
    } catch (error) {
      return notStarted(error);
    }
  };
  return {
    async send(request) {
      const config = configOf(request);
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

function notStarted(thrown: unknown): never {
  throw notStartedError(thrown);
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

function addressed(request: TransportRequest, options: TransportOptions): AxiosRequestConfig<Body> {
  const { method, path, query = [], body } = request;
  const { baseUrl, ownerId, token } = options;
  const url = baseUrl + path;
  if (method === 'POST') {
    const json = jsonBody({ ...body, owner_id: ownerId, token });
    // Of other bytes axios makes a copy.
    const data = typeof json === 'string' ? json : Buffer.from(json.buffer);
    return { method, url, headers, data };
  }
  const { Accept } = headers;
  const secrets = [['owner_id', ownerId] as const, ['token', token] as const];
  return { method, url: `${url}?${encodeQuery([...query, ...secrets])}`, headers: { Accept } };
}
