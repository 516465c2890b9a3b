import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { after, before, describe, it } from 'node:test';
import { Worker } from 'node:worker_threads';
import { createTransport, type ClosableTransport } from '../../node-red/src/transport/transport';
import { noResponseError } from '../../shared/response/networkErrors';

const token = 'a"b/c +é';

/** A service in another thread, which closes a connection that is idle for five seconds. */
const closesIdle = `
  const { createServer } = require('node:http');
  const { parentPort } = require('node:worker_threads');
  const server = createServer((request, response) => {
    request.resume();
    response.end('{}', () => setTimeout(() => request.socket.destroy(), 5000));
  }).listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
`;

describe('the transport of the Node-RED pack', () => {
  let server: Server;
  let transport: ClosableTransport;
  /** What the next request is answered with, if at all. */
  let answer: ((request: IncomingMessage, body: string) => [number, string]) | undefined;
  const connections = new Set<object>();
  before(async () => {
    server = createServer((request, response) => {
      void text(request).then((body) => {
        connections.add(request.socket);
        if (!answer) return;
        const [status, content] = answer(request, body);
        response.writeHead(status, { location: '/elsewhere' }).end(content);
      });
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1.0/`;
    transport = createTransport({ baseUrl, ownerId: 'me & you', token });
  });
  after(() => {
    transport.close();
    server.closeAllConnections();
    server.close();
  });

  const post = { method: 'POST', path: 'a/b', body: { z: 1, a: 'ü' }, timeout: 60_000 } as const;
  const get = { method: 'GET', path: 'a/b', query: [['x[y]', 'ü & +']], timeout: 60_000 } as const;

  it('sends JSON with the credentials last', async () => {
    answer = (request, body) => [
      200,
      `${request.method} ${request.headers['content-type']} ${body.replace(/"token".*/, '')}`,
    ];
    const { body } = await transport.send(post);
    assert.equal(body, 'POST application/json {"z":1,"a":"ü","owner_id":"me & you",');
  });

  it('sends a query with the credentials last', async () => {
    answer = (request) => [200, request.url?.replace(/token=.*/, '') ?? ''];
    const { body } = await transport.send(get);
    assert.equal(body, '/v1.0/a/b?x%5By%5D=%C3%BC%20%26%20%2B&owner_id=me%20%26%20you&');
  });

  it('hands on every status, and follows no redirect', async () => {
    const seen: string[] = [];
    answer = (request) => {
      seen.push(request.url ?? '');
      return [307, 'moved'];
    };
    assert.partialDeepStrictEqual(await transport.send(post), { status: 307, body: 'moved' });
    assert.deepEqual(seen, ['/v1.0/a/b']);
  });

  it('uses a connection again', async () => {
    answer = () => [200, '{}'];
    await transport.send(post);
    const before = connections.size;
    for (let count = 0; count < 5; count += 1) await transport.send(post);
    assert.equal(connections.size, before);
  });

  it('leaves a connection that was idle for long while Node-RED was busy', async (context) => {
    const service = new Worker(closesIdle, { eval: true });
    context.after(() => service.terminate());
    const [port] = (await once(service, 'message')) as [number];
    const idle = createTransport({ baseUrl: `http://127.0.0.1:${port}/v1.0/`, ownerId: 'me', token });
    context.after(() => idle.close());
    await idle.send(post);
    const busy = new Int32Array(new SharedArrayBuffer(4));
    Atomics.wait(busy, 0, 0, 6000);
    assert.equal((await idle.send(post)).body, '{}');
  });

  it('gives up when the time is over', async () => {
    answer = undefined;
    const error = await transport
      .send({ ...post, timeout: 50 })
      .catch((thrown: unknown) => noResponseError(thrown).toJSON());
    assert.partialDeepStrictEqual(error, { kind: 'timeout', fate: 'unknown' });
  });

  it('ends at once when it is told to', async () => {
    answer = undefined;
    const stop = new AbortController();
    const sent = transport.send({ ...post, signal: stop.signal });
    stop.abort();
    const error = await sent.catch((thrown: unknown) => noResponseError(thrown).toJSON());
    assert.partialDeepStrictEqual(error, { kind: 'cancelled', fate: 'unknown' });
  });
});
