import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';

/** The ways in which a TLS handshake goes wrong before it is over, and what a server does for it. */
export const brokenHandshakes: Record<string, (socket: Socket) => void> = {
  'that the server closes at once': (socket) => socket.end(),
  'that the server closes in the middle': (socket) => socket.once('data', () => socket.end()),
  'that the server breaks off': (socket) => socket.once('data', () => socket.resetAndDestroy()),
  'that the server ends with an alert': (socket) =>
    socket.once('data', () => socket.end(Buffer.from([21, 3, 3, 0, 2, 2, 40]))),
  'that the server does not understand': (socket) =>
    socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')),
};

export interface TcpServer {
  url: string;
  /** How many connections it had. */
  connections(): number;
  stop(): Promise<void>;
}

/** A server that does something with every connection. */
export async function startTcp(answer: (socket: Socket) => void): Promise<TcpServer> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => undefined));
    answer(socket);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    connections: () => sockets.size,
    async stop() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
