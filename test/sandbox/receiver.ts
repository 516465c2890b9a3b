import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { handshake } from '../../shared/events/readEvents';
import { until } from './client';

/** A POST request with events, as it came. */
export interface Received {
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** Something that webhooks post to. */
export interface Receiver {
  url: string;
  /** Methods of the requests that had no events. */
  handshakes: string[];
  posts: Received[];
  /** How a request is answered, instead of as the service wants it. */
  answer: ((request: { method: string; hasEvents: boolean }, response: ServerResponse) => void) | undefined;
  /** Waits for so many posts. */
  received(count: number): Promise<void>;
  close(): void;
}

/** Starts a receiver that answers as the service wants it until it is told otherwise. */
export async function startReceiver(host = '127.0.0.1'): Promise<Receiver> {
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request
      .on('data', (part: Buffer) => parts.push(part))
      .on('end', () => {
        const body = Buffer.concat(parts).toString();
        const { method = '', headers } = request;
        if (body) receiver.posts.push({ headers, body });
        else receiver.handshakes.push(method);
        if (receiver.answer) receiver.answer({ method, hasEvents: body !== '' }, response);
        else response.end(handshake);
      });
  });
  server.listen(0, host);
  await once(server, 'listening');
  const receiver: Receiver = {
    url: `http://${host}:${(server.address() as AddressInfo).port}/events?place=1`,
    handshakes: [],
    posts: [],
    answer: undefined,
    received: (count) =>
      until(`${count} posts arrive`, () => Promise.resolve(receiver.posts.length >= count)),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
  return receiver;
}
