import http, { type ClientRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import https from 'node:https';
import { finished, type Readable } from 'node:stream';
import axios, { AxiosHeaders, type InternalAxiosRequestConfig } from 'axios';
import { createAborts, type Aborts } from '../../../shared/delivery/aborts';
import { addressed, type Destination } from '../../../shared/wire/addressed';
import { defaultLimits } from '../../../shared/form/readSettings';
import { notStartedError } from '../../../shared/response/networkErrors';
import { bodyText, textHeaders } from '../../../shared/wire/responseBody';
import type { Transport, TransportRequest } from '../../../shared/wire/transport';
import { openConnections, type Connections } from './connections';
import { together } from './together';

export interface TransportOptions extends Destination {
  /** The time for connecting, in seconds. */
  connectTimeout?: number;
}

/** A transport that holds connections open until it is closed. */
export interface ClosableTransport extends Transport {
  close(): void;
}

/**
 * The part of axios that makes a request. Defaults and interceptors, which any other pack that shares this axios may
 * have changed, are left out; merging them took two fifths of the time that axios takes.
 */
const makeRequest = axios.getAdapter('http');

/** The core's transport on axios, with the account's owner ID and token in the body or the query. */
export function createTransport(options: TransportOptions): ClosableTransport {
  const { baseUrl, connectTimeout = defaultLimits.connectTimeout } = options;
  const { agent, dropIdle, close } = openConnections(baseUrl, connectTimeout * 1000);
  const aborts = createAborts();
  return {
    async send(request) {
      const sent = start(request, options, agent);
      dropIdle();
      const limit = limited(request, sent.abort, aborts);
      try {
        const response = await makeRequest(sent.config);
        const body = await textOf(response.data as Readable);
        return { status: response.status, headers: textHeaders(response.headers), body };
      } catch (error) {
        throw limit.reason() ?? error;
      } finally {
        limit.clear();
      }
    },
    close,
  };
}

type Body = string | Buffer;

/**
 * Status, redirects and JSON are the core's to read; a redirect must not carry the token elsewhere. The connections
 * know the way through a proxy themselves.
 */
const raw: Omit<InternalAxiosRequestConfig<Body>, 'headers'> = {
  proxy: false,
  maxRedirects: 0,
  maxBodyLength: Infinity,
  validateStatus: () => true,
  responseType: 'stream',
};

/** A request that is about to leave. */
interface Sent {
  config: InternalAxiosRequestConfig<Body>;
  /** Gives it up, wherever it is; lighter than a signal, for which axios listens at three places. */
  abort(): void;
}

function start(request: TransportRequest, destination: Destination, agent: Connections['agent']): Sent {
  try {
    const { body, headers, ...rest } = addressed(request, destination);
    // Of other bytes axios makes a copy.
    const data = typeof body === 'object' ? Buffer.from(body.buffer) : body;
    const client = destination.baseUrl.startsWith('https:') ? https : http;
    let made: ClientRequest | undefined;
    let isAborted = false;
    const transport = {
      request(options: RequestOptions, answer: (response: IncomingMessage) => void) {
        made = client.request(options, answer);
        if (isAborted) made.destroy();
        return made;
      },
    };
    const config = {
      ...rest,
      ...raw,
      headers: new AxiosHeaders({ ...headers }),
      transport,
      httpAgent: agent,
      httpsAgent: agent,
      ...(data !== undefined && { data }),
    };
    const abort = () => {
      isAborted = true;
      made?.destroy();
    };
    return { config, abort };
  } catch (error) {
    throw notStartedError(error);
  }
}

/** The body of a response as text; one that is too long ends its connection. */
function textOf(response: Readable): Promise<string> {
  return new Promise((resolve, reject) => {
    const text = bodyText();
    response.on('data', (piece: Buffer) => {
      try {
        text.add(piece);
      } catch (error) {
        response.destroy(error as Error);
      }
    });
    // Also of a response that is cut off without a word.
    finished(response, (error) => together(() => (error ? reject(error) : resolve(text.end()))));
  });
}

/** Gives a request up when its own signal says so, or its time is over; says which of them it was. */
function limited({ timeout, signal }: TransportRequest, abort: () => void, aborts: Aborts) {
  let reason: Error | undefined;
  const giveUp = (message: string, code: string) => {
    reason ??= Object.assign(new Error(message), { code });
    abort();
  };
  const timer = setTimeout(() => giveUp('The time is over', 'ETIMEDOUT'), timeout);
  const stop = () => giveUp('The request was aborted', 'ABORT_ERR');
  if (signal?.aborted) stop();
  aborts.on(signal, stop);
  const clear = () => {
    clearTimeout(timer);
    aborts.off(signal, stop);
  };
  return { reason: () => reason, clear };
}
