import { isIPv6 } from 'node:net';
import type { DatabaseSync } from 'node:sqlite';
import { Account, type AccountOptions } from './account';
import { admitOwn, isLoopback } from './admission';
import { addApi } from './api';
import { createApp } from './app';
import { addControl } from './control';
import { ControlToken, makeToken } from './controlToken';
import { openDatabase } from './database';
import { Faults } from './faults';
import { RateLimit } from './limits';
import { addLinks, Links } from './links';
import { addPage } from './page';
import { RequestLog } from './requestLog';
import { Settings } from './settings/settings';
import { Store } from './store';

export interface SandboxOptions extends AccountOptions {
  /** 8025 by default; 0 for any free one. */
  port?: number | undefined;
  /** Address to bind, 127.0.0.1 by default. */
  host?: string | undefined;
  /** Names by which other machines may call it, beside IP addresses, the machine's name and `host`. */
  allowHosts?: readonly string[] | undefined;
  /** What the control routes ask for; one is made where `host` is not loopback and none is given. */
  controlToken?: string | undefined;
  /** File to keep the messages in; in memory by default. */
  data?: string | undefined;
  /** Whether webhooks may be anywhere; only on this machine and private networks by default. */
  webhooksAnywhere?: boolean | undefined;
  /** Requests per minute and SMTP user, above which the answer is HTTP 429; any number by default. */
  rateLimit?: number | undefined;
}

export interface Sandbox {
  /** Where it listens, without a slash at the end, e.g. `http://127.0.0.1:8025`. */
  url: string;
  /** What the control routes ask for; undefined where they ask for nothing, as on loopback. */
  controlToken: string | undefined;
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
  const { port = 8025, host = '127.0.0.1', allowHosts = [], data, rateLimit } = options;
  const token = options.controlToken ?? (isLoopback(host) ? undefined : makeToken());
  const controlToken = token === undefined ? undefined : new ControlToken(token);
  const database = openData(data);
  const store = new Store(database);
  const closing = new AbortController();
  const app = createApp();
  const account = new Account(options);
  const settings = new Settings(database, {
    owner: account.owner,
    smtpUsers: account.smtpUsers,
    isAnywhere: options.webhooksAnywhere ?? false,
    closing: closing.signal,
  });
  store.onEvents((id, events) => {
    if (!events.some(({ event }) => settings.firing.isWanted(event))) return;
    const message = store.get(id);
    if (message) settings.firing.tell(message, events);
  });
  const context = {
    account,
    store,
    settings,
    faults: new Faults(),
    log: new RequestLog((reason) => account.redact(reason)),
    limit: new RateLimit(rateLimit),
    links: new Links(),
    controlToken,
    closing: closing.signal,
  };
  admitOwn(app, host, allowHosts);
  addApi(app, context);
  addControl(app, context);
  addPage(app, controlToken);
  addLinks(app, store, context.links);
  const end = async (): Promise<void> => {
    closing.abort();
    await app.close();
    database.close();
  };
  let ended: Promise<void> | undefined;
  const close = (): Promise<void> => (ended ??= end());
  try {
    await app.listen({ port, host });
  } catch (error) {
    await close();
    throw new SandboxError(listenFailure(error, port, host));
  }
  settings.firing.resume();
  const address = app.server.address();
  const bound = typeof address === 'object' && address ? address.port : port;
  return { url: `http://${isIPv6(host) ? `[${host}]` : host}:${bound}`, controlToken: token, close };
}

function openData(data: string | undefined): DatabaseSync {
  try {
    return openDatabase(data);
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
