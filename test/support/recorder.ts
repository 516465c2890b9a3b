import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it came over the wire. */
export interface Recorded {
  method: string;
  /** Path and query, as they were sent. */
  url: string;
  contentType: string | undefined;
  accept: string | undefined;
  body: Buffer;
}

export interface Recorder {
  url: string;
  /** The requests since the last time that this was asked. */
  take(): Recorded[];
  /** The most connections that were open at once. */
  mostConnections(): number;
  close(): Promise<void>;
}

/** Stands before a service, keeps every byte that is sent to it, and passes it on. */
export async function recordBefore(service: string): Promise<Recorder> {
  let recorded: Recorded[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      const one = await read(request);
      recorded.push(one);
      const upstream = await fetch(service + one.url, {
        method: one.method,
        ...(one.method === 'POST' && { body: new Uint8Array(one.body) }),
        headers: one.contentType ? { 'content-type': one.contentType } : {},
      });
      response.writeHead(upstream.status, { 'content-type': 'application/json' }).end(await upstream.text());
    })();
  });
  let open = 0;
  let most = 0;
  server.on('connection', (socket) => {
    open += 1;
    most = Math.max(most, open);
    socket.on('close', () => (open -= 1));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    take() {
      const taken = recorded;
      recorded = [];
      return taken;
    },
    mostConnections: () => most,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function read(request: IncomingMessage): Promise<Recorded> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { method = '', url = '', headers } = request;
  return {
    method,
    url,
    contentType: headers['content-type'],
    accept: headers.accept,
    body: Buffer.concat(chunks),
  };
}
