import type { FastifyInstance } from 'fastify';
import { Account, type AccountOptions } from './account';
import { addApi } from './api';
import { createApp } from './app';
import { addControl } from './control';
import { Faults } from './faults';
import { RateLimit } from './limits';
import { addPage } from './page';
import { RequestLog } from './requestLog';
import { Store } from './store';

export interface SandboxOptions extends AccountOptions {
  /** 8025 by default; 0 for any free one. */
  port?: number | undefined;
  /** Address to bind, 127.0.0.1 by default. */
  host?: string | undefined;
  /** File to keep the messages in; in memory by default. */
  data?: string | undefined;
  /** Requests per minute and SMTP user, above which the answer is HTTP 429; any number by default. */
  rateLimit?: number | undefined;
}

export interface Sandbox {
  /** Where it listens, without a slash at the end, e.g. `http://127.0.0.1:8025`. */
  url: string;
  /** Ends it, with all its connections; it may be called again. */
  close(): Promise<void>;
}

/** A sandbox that cannot start; its message is one sentence for the person who started it. */
export class SandboxError extends Error {}

/**
 * Starts the local SendClean service.
 * @returns once it accepts requests.
 * @throws SandboxError when the port is busy, or the data file cannot be used.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { port = 8025, host = '127.0.0.1', data, rateLimit } = options;
  const store = openStore(data);
  const closing = new AbortController();
  const app = createApp();
  const context = {
    account: new Account(options),
    store,
    faults: new Faults(),
    log: new RequestLog(),
    limit: new RateLimit(rateLimit),
    closing: closing.signal,
  };
  if (isLoopback(host)) admitLoopbackOnly(app);
  addApi(app, context);
  addControl(app, context);
  addPage(app);
  const end = async (): Promise<void> => {
    closing.abort();
    await app.close();
    store.close();
  };
  let ended: Promise<void> | undefined;
  const close = (): Promise<void> => (ended ??= end());
  try {
    await app.listen({ port, host });
  } catch (error) {
    await close();
    throw new SandboxError(listenFailure(error, port, host));
  }
  const address = app.server.address();
  const bound = typeof address === 'object' && address ? address.port : port;
  return { url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}`, close };
}

function openStore(data: string | undefined): Store {
  try {
    return new Store(data);
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unknown reason';
    throw new SandboxError(`The data file ${data} cannot be used: ${reason}.`);
  }
}

function listenFailure(error: unknown, port: number, host: string): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
  if (code === 'EADDRINUSE') {
    return `Port ${port} is in use already; choose another with --port ${port + 1}, or any free one with --port 0.`;
  }
  return `The sandbox cannot listen on ${host} port ${port} (${code}); choose others with --host and --port.`;
}

function isLoopback(host: string): boolean {
  return /^(127(\.\d{1,3}){3}|::1|\[::1\]|localhost|.*\.localhost)$/i.test(host);
}

/** Refuses requests by other host names and from other sites, by which a web page could read the inbox. */
function admitLoopbackOnly(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    const { 'sec-fetch-site': site = 'none', 'sec-fetch-dest': destination } = request.headers;
    const isLink = destination === 'document' && request.url === '/';
    const isOwn = site === 'same-origin' || site === 'none' || isLink;
    if (isOwn && isLoopback(request.hostname)) return undefined;
    return reply.code(403).send({ error: 'The sandbox answers only to its own loopback address' });
  });
}
