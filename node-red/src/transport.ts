import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { AxiosRequestConfig } from 'axios';
import { readLimit, type Limits } from '../../shared/limits';
import { readBody } from '../../shared/replyBody';
import { encodeQuery } from '../../shared/request';
import type { Transport, TransportRequest } from '../../shared/transport';
import { jsonBytes } from './body';

export interface TransportOptions {
  /** Base URL with a slash at its end. */
  baseUrl: string;
  ownerId: string;
  token: string;
  /** Of which the transport keeps the time for connecting. */
  limits?: Limits;
}

/** A transport that holds connections open until it is closed. */
export interface ClosableTransport extends Transport {
  close(): void;
}

/**
 * An idle connection is closed before servers do so, of which many wait 5 seconds: a mail that is written to a
 * connection which the server just closed would end with an unknown fate.
 */
const agentOptions = { keepAlive: true, timeout: 4000 };

const headers = { Accept: 'application/json', 'Content-Type': 'application/json' };

/** Loaded when the first mail is sent, so that Node-RED starts without it. */
let loading: Promise<typeof import('axios')> | undefined;

/** The core's transport on axios, with the account's owner ID and token in the body or the query. */
export function createTransport(options: TransportOptions): ClosableTransport {
  const late = readLimit('connectTimeout', options.limits ?? {}) * 1000;
  const httpAgent = timedToConnect(new HttpAgent(agentOptions), 'connect', late);
  const httpsAgent = timedToConnect(new HttpsAgent(agentOptions), 'secureConnect', late);
  // Plain http is for loopback and private addresses only, so no proxy may see what goes there.
  const proxy = options.baseUrl.startsWith('http:') ? { proxy: false as const } : {};
  return {
    async send(request) {
      const { default: axios } = await (loading ??= import('axios'));
      const limit = limited(request);
      const config = { ...addressed(request, options), ...raw, ...proxy, httpAgent, httpsAgent };
      try {
        const reply = await axios.request<AsyncIterable<Uint8Array>>({ ...config, signal: limit.signal });
        const body = await readBody(reply.data);
        return { status: reply.status, headers: textHeaders(reply.headers), body };
      } catch (error) {
        throw limit.isOver() ? overTime() : error;
      } finally {
        limit.clear();
      }
    },
    close() {
      httpAgent.destroy();
      httpsAgent.destroy();
    },
  };
}

/** An agent that gives up a connection which takes too long, before a request has left. */
function timedToConnect<A extends HttpAgent>(
  agent: A,
  connected: 'connect' | 'secureConnect',
  ms: number,
): A {
  const connect = agent.createConnection.bind(agent);
  agent.createConnection = (...args) => {
    const socket = connect(...args);
    const late = Object.assign(new Error('The connection took too long'), lateConnect);
    const timer = setTimeout(() => socket?.destroy(late), ms);
    for (const event of [connected, 'close']) socket?.once(event, () => clearTimeout(timer));
    return socket;
  };
  return agent;
}

const lateConnect = { code: 'ETIMEDOUT', syscall: 'connect' };

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

/** Status, redirects and JSON are the core's to read; a redirect must not carry the token elsewhere. */
const raw: AxiosRequestConfig<Buffer> = {
  maxRedirects: 0,
  maxBodyLength: Infinity,
  validateStatus: () => true,
  responseType: 'stream',
  transformRequest: (data: Buffer) => data,
};

function addressed(request: TransportRequest, options: TransportOptions): AxiosRequestConfig<Buffer> {
  const { method, path, query = [], body } = request;
  const { baseUrl, ownerId, token } = options;
  const url = baseUrl + path;
  if (method === 'POST') {
    return { method, url, headers, data: jsonBytes({ ...body, owner_id: ownerId, token }) };
  }
  const { Accept } = headers;
  const secrets = [['owner_id', ownerId] as const, ['token', token] as const];
  return { method, url: `${url}?${encodeQuery([...query, ...secrets])}`, headers: { Accept } };
}

function textHeaders(given: object): Record<string, string> {
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
}
