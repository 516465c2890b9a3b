import { STATUS_CODES } from 'node:http';
import Fastify, { type FastifyInstance } from 'fastify';
import { pageNotFound } from './answers';

/** As large as the largest request of the service. */
const bodyLimit = 64 * 1024 * 1024;

/** The server without its routes: how it reads requests, and how it refuses those that cannot be read. */
export function createApp(): FastifyInstance {
  return Fastify({
    bodyLimit,
    forceCloseConnections: true,
    // A HEAD request must never send an email, though one send is a GET.
    exposeHeadRoutes: false,
    // Such names are content as any other: nothing here merges what it reads into another object.
    onProtoPoisoning: 'ignore',
    onConstructorPoisoning: 'ignore',
    ajv: { customOptions: { removeAdditional: false, coerceTypes: true } },
    schemaErrorFormatter: ([first]) => {
      const path = first?.instancePath.slice(1).replaceAll('/', '.');
      const allowed = first?.params.allowedValues;
      const values = Array.isArray(allowed) ? `: ${allowed.join(', ')}` : '';
      const unknown = first?.params.additionalProperty;
      const name = typeof unknown === 'string' ? `: ${unknown}` : '';
      return new Error(`${path || 'The request'} ${first?.message ?? 'is not as expected'}${values}${name}`);
    },
    // Fastify's own answer to a malformed address repeats it, and the token may be in it.
    frameworkErrors: (_error, { url }, reply) => {
      const isApi = !url.startsWith('/_sandbox/');
      const { status, body } = isApi ? pageNotFound : malformedAddress;
      reply.hijack();
      reply.raw.writeHead(status, { 'content-type': json });
      reply.raw.end(JSON.stringify(body));
    },
    clientErrorHandler: ({ code }, socket) => {
      if (!socket.writable) return void socket.destroy();
      const [status, error] = unreadable[code] ?? [400, 'This is no request by HTTP'];
      const head = [
        `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
        `Content-Type: ${json}`,
        `Content-Length: ${Buffer.byteLength(JSON.stringify({ error }))}`,
        'Connection: close',
      ];
      socket.end(`${head.join('\r\n')}\r\n\r\n${JSON.stringify({ error })}`);
    },
  });
}

const json = 'application/json; charset=utf-8';
const malformedAddress = { status: 400, body: { error: 'The address is not encoded as an address must be' } };

/** What is wrong with a request of which Node.js could not read the headers, by its error code. */
const unreadable: Record<string, [status: number, sentence: string]> = {
  HPE_HEADER_OVERFLOW: [431, 'The headers are longer than 16 KB'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'The request did not arrive in time'],
};
