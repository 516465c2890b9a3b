import { Agent as HttpAgent, type ClientRequestArgs } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Duplex } from 'node:stream';
import { getProxyForUrl } from 'proxy-from-env';
import { lateError, openTunnel } from './proxy';

/**
 * How long a connection may be idle, in milliseconds. It is closed before servers do so, of which many wait 5 seconds:
 * an email that is written to a connection which the server just closed would end with an unknown fate.
 */
const longestIdle = 4000;

/** After how many milliseconds TCP asks whether the other side is there: axios sets this, and agents set it back. */
const keepAliveMsecs = 60_000;

const options = { keepAlive: true, keepAliveMsecs, timeout: longestIdle };

/** The connections of an account. */
export interface Connections {
  agent: HttpAgent;
  /** Ends those that are idle for too long; while Node-RED was busy, no timer could do that. */
  dropIdle(): void;
  /** Ends them, and those that are being made. */
  close(): void;
}

/** Told the connection that a request asked for. */
type Done = (error: Error | null, socket?: Duplex) => void;

/**
 * Connections to the address of an account, through the proxy that the environment names for it. Plain http is for
 * loopback and private addresses only, so no proxy may see what goes there.
 * @param ms how long it may take to connect, in milliseconds.
 */
export function openConnections(baseUrl: string, ms: number): Connections {
  const isSecure = baseUrl.startsWith('https:');
  const ready = isSecure ? 'secureConnect' : 'connect';
  const agent = isSecure ? new HttpsAgent(options) : new HttpAgent(options);
  const proxy = isSecure ? getProxyForUrl(baseUrl) : '';
  const closing = new AbortController();
  const idleSince = new WeakMap<Duplex, number>();
  agent.on('free', (socket: Duplex) => idleSince.set(socket, Date.now()));
  const connect = agent.createConnection.bind(agent) as (to: object) => Duplex;
  const throughProxy = async (to: ClientRequestArgs) => {
    const end = Date.now() + ms;
    const socket = await openTunnel(proxy, to, ms, closing.signal);
    return untilReady(connect({ ...to, socket }), ready, end - Date.now());
  };
  const later = (to: ClientRequestArgs, done: Done) =>
    void throughProxy(to).then((socket) => done(null, socket), done);
  agent.createConnection = proxy ? later : (to) => untilReady(connect(to), ready, ms);
  return {
    agent,
    dropIdle() {
      const oldest = Date.now() - longestIdle;
      for (const socket of Object.values(agent.freeSockets).flatMap((sockets) => sockets ?? []))
        if ((idleSince.get(socket) ?? 0) < oldest) socket.destroy();
    },
    close() {
      closing.abort();
      agent.destroy();
    },
  };
}

/**
 * Gives a connection up that takes too long. Until it is ready no byte of a request leaves it, so whatever breaks it
 * before is reported as a connection that was not made.
 */
function untilReady(socket: Duplex, ready: string, ms: number): Duplex {
  const timer = setTimeout(() => socket.destroy(lateError()), ms);
  const notMade = (error: Error) => Object.assign(error, { syscall: 'connect' });
  socket.once('error', notMade);
  socket.once(ready, () => socket.off('error', notMade));
  for (const event of [ready, 'close']) socket.once(event, () => clearTimeout(timer));
  return socket;
}
