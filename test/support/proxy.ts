import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { connect, type AddressInfo, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Certificate } from './certificates';

/** What a proxy answers instead of making the connection; `hang` is no answer. */
export type ProxyFault = number | 'hang';

/** A proxy between this machine's hosts, which keeps every byte that goes through it. */
export interface Proxy {
  url: string;
  /** Each request as `METHOD target`. */
  requests: string[];
  /** The header of the last one that holds user and password. */
  authorization(): string | undefined;
  /** All that clients have sent through it, headers and tunnels together. */
  seen(): string;
  /** How it goes wrong from now on; not at all without a fault. */
  fail(fault?: ProxyFault): void;
  /** How many connections of clients are open. */
  open(): number;
  stop(): Promise<void>;
}

/** Starts an HTTP proxy that makes tunnels, and passes plain HTTP on; with a certificate it is itself behind TLS. */
export async function startProxy(certificate?: Certificate): Promise<Proxy> {
  const requests: string[] = [];
  const bytes: Buffer[] = [];
  const sockets = new Set<Duplex>();
  let authorization: string | undefined;
  let fault: ProxyFault | undefined;
  const keep = (request: IncomingMessage) => {
    requests.push(`${request.method} ${request.url}`);
    bytes.push(Buffer.from([request.url, ...request.rawHeaders].join('\n')));
    authorization = request.headers['proxy-authorization'];
  };
  const onRequest = (request: IncomingMessage, response: ServerResponse) => {
    keep(request);
    void pass(request, response, bytes);
  };
  const server: Server = certificate ? createSecureServer(certificate, onRequest) : createServer(onRequest);
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
  });
  server.on('connect', (request, client: Duplex) => {
    keep(request);
    // Read, so that the end of the connection is noticed.
    if (fault === 'hang') return void client.resume().on('end', () => client.end());
    if (fault) return void client.end(`HTTP/1.1 ${fault} Refused\r\nproxy-authenticate: Basic\r\n\r\n`);
    const { hostname, port } = new URL(`tcp://${request.url}`);
    const target = connect(Number(port), hostname, () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      client.on('data', (chunk: Buffer) => bytes.push(chunk));
      client.pipe(target).pipe(client);
    });
    for (const [one, other] of [
      [client, target],
      [target, client],
    ] as const) {
      one.on('error', () => undefined);
      one.on('close', () => other.destroy());
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `${certificate ? 'https' : 'http'}://localhost:${(server.address() as AddressInfo).port}`,
    requests,
    authorization: () => authorization,
    seen: () => Buffer.concat(bytes).toString('latin1'),
    fail: (next) => (fault = next),
    open: () => sockets.size,
    async stop() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** A request in plain HTTP, whose target is a whole address. */
async function pass(request: IncomingMessage, response: ServerResponse, bytes: Buffer[]): Promise<void> {
  const body: Buffer[] = [];
  for await (const chunk of request) body.push(chunk as Buffer);
  bytes.push(...body);
  const { method = '', headers } = request;
  const upstream = await fetch(request.url ?? '', {
    method,
    headers: { 'content-type': headers['content-type'] ?? '' },
    ...(method === 'POST' && { body: new Uint8Array(Buffer.concat(body)) }),
  });
  response.writeHead(upstream.status, { 'content-type': 'application/json' }).end(await upstream.text());
}

const variables = ['http_proxy', 'https_proxy', 'all_proxy', 'no_proxy'];

/** Sets the variables that name proxies, and no other; without any there is no proxy. */
export function setProxies(
  named: Partial<Record<'HTTP_PROXY' | 'HTTPS_PROXY' | 'NO_PROXY', string>> = {},
): void {
  for (const name of variables)
    for (const one of [name, name.toUpperCase()]) Reflect.deleteProperty(process.env, one);
  Object.assign(process.env, named);
}
