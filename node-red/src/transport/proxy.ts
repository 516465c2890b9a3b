import { request as requestHttp, type ClientRequestArgs } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIPv6, type Socket } from 'node:net';

/** The error for a connection that is not made in time. */
export function lateError(): Error {
  return Object.assign(new Error('The connection took too long'), { code: 'ETIMEDOUT', syscall: 'connect' });
}

/**
 * Asks a proxy for a connection to a host, of which it sees name and port in clear, and nothing else.
 * @param ms how long it may take, in milliseconds.
 * @throws an error as Node.js has for its own tunnels: `ERR_PROXY_TUNNEL`, with the `statusCode` of a refusal.
 */
export async function openTunnel(
  proxy: string,
  { host, port }: ClientRequestArgs,
  ms: number,
  signal: AbortSignal,
): Promise<Socket> {
  let timer: NodeJS.Timeout | undefined;
  try {
    const url = new URL(proxy);
    const path = `${host && isIPv6(host) ? `[${host}]` : host}:${port}`;
    const headers = { host: path, ...authorization(url) };
    const options = { method: 'CONNECT', path, headers, auth: null, agent: false, signal };
    const request = url.protocol === 'https:' ? requestHttps(url, options) : requestHttp(url, options);
    timer = setTimeout(() => request.destroy(lateError()), ms);
    return await new Promise((resolve, reject) => {
      request.once('connect', ({ statusCode = 0 }, socket: Socket) => {
        if (statusCode >= 200 && statusCode < 300) return resolve(socket);
        socket.destroy();
        reject(Object.assign(new Error('The proxy refused the connection'), { statusCode }));
      });
      request.once('error', reject).end();
    });
  } catch (error) {
    throw noTunnelError(error as NodeJS.ErrnoException & { statusCode?: number });
  } finally {
    clearTimeout(timer);
  }
}

function authorization({ username, password }: URL): Record<string, string> {
  if (!username) return {};
  const login = [username, password].map(decodeURIComponent).join(':');
  return { 'proxy-authorization': `Basic ${Buffer.from(login).toString('base64')}` };
}

function noTunnelError(cause: NodeJS.ErrnoException & { statusCode?: number }): Error {
  if (cause.code === 'ETIMEDOUT') return cause;
  const { statusCode } = cause;
  return Object.assign(new Error('The proxy makes no connection', { cause }), {
    code: 'ERR_PROXY_TUNNEL',
    syscall: 'connect',
    statusCode,
  });
}
