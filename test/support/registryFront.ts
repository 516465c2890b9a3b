import { once } from 'node:events';
import { createServer as createProxy, request as forward } from 'node:http';
import { createServer } from 'node:https';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { pipeline, type Duplex } from 'node:stream';
import { readCertificates } from './certificates';

/** Makes a process that insists on npm's own registry reach one on loopback instead. */
export interface RegistryFront {
  /** Environment variables for the process and for the npm that it starts. */
  env: Record<string, string>;
  close(): void;
}

/** Puts a proxy and a TLS server in front of a registry on loopback, so that it answers as `https://registry.npmjs.org`. */
export async function startRegistryFront(registry: string): Promise<RegistryFront> {
  const sockets = new Set<Duplex>();
  const secure = createServer(readCertificates().good, (request, response) => {
    const { method, headers } = request;
    const upstream = forward(registry + (request.url ?? ''), { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      pipeline(answer, response, () => undefined);
    });
    pipeline(request, upstream, () => undefined);
  }).listen(0, '127.0.0.1');
  const proxy = createProxy().listen(0, '127.0.0.1');
  proxy.on('connection', (socket: Socket) => sockets.add(socket));
  await Promise.all([once(secure, 'listening'), once(proxy, 'listening')]);
  proxy.on('connect', (_request, client: Duplex) => {
    const target = connect((secure.address() as AddressInfo).port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      pipeline(client, target, client, () => undefined);
    });
  });
  const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  return {
    env: {
      HTTPS_PROXY: url,
      NO_PROXY: '127.0.0.1,localhost',
      // The certificate is one for localhost.
      NODE_TLS_REJECT_UNAUTHORIZED: '0',
      npm_config_https_proxy: url,
      npm_config_strict_ssl: 'false',
    },
    close() {
      for (const socket of sockets) socket.destroy();
      for (const server of [secure, proxy]) {
        server.closeAllConnections();
        server.close();
      }
    },
  };
}
