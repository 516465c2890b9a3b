import { once } from 'node:events';
import { createServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A service behind TLS, which passes on what comes to it. */
export interface SecureServer {
  /** By the name that its certificates have: `https://localhost:PORT`. */
  url: string;
  port: number;
  /** Methods and paths of the requests that came through. */
  requests: string[];
  stop(): Promise<void>;
}

/** Stands before a service with a certificate, and what else TLS is to ask for. */
export async function startSecure(tls: ServerOptions, service: string): Promise<SecureServer> {
  const requests: string[] = [];
  const server = createServer(tls, (request, response) => {
    requests.push(`${request.method} ${request.url?.split('?')[0]}`);
    void (async () => {
      const { method = '', headers } = request;
      const body = await text(request);
      const upstream = await fetch(service + request.url, {
        method,
        headers: { 'content-type': headers['content-type'] ?? '' },
        ...(body && { body }),
      });
      response.writeHead(upstream.status, { 'content-type': 'application/json' }).end(await upstream.text());
    })();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `https://localhost:${port}`,
    port,
    requests,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
