/** The bare service: HTTP and SMTP on loopback, as quick as they can be. Prints one line once it listens. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo, Server, Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { controlPath, type Counts, type Settings } from './control';
import { page } from './records';

const { port } = JSON.parse(process.argv[2] ?? '{}') as { port: number };

let settings: Required<Settings> = { latency: 0, pages: 1 };
let counts: Counts;
let sockets: Set<Socket>;
let waiting = 0;
const open = new Set<Socket>();
const forget = () => {
  counts = { connections: 0, open: 0, requests: 0, atOnce: 0, bytes: 0 };
  sockets = new Set();
};
forget();

/** Counts a connection from its first request until it is closed. */
function watch(socket: Socket): void {
  if (sockets.has(socket)) return;
  counts.connections = sockets.add(socket).size;
  open.add(socket);
  counts.open = Math.max(counts.open, open.size);
  socket.once('close', () => open.delete(socket));
}

/** Counts a request, and answers it after the latency. */
function take(socket: Socket | undefined, answer: () => void): void {
  if (socket) watch(socket);
  counts.requests += 1;
  waiting += 1;
  counts.atOnce = Math.max(counts.atOnce, waiting);
  const end = () => {
    waiting -= 1;
    answer();
  };
  if (settings.latency) setTimeout(end, settings.latency);
  else end();
}

const queued = '{"status":"success","message":"message have been Queued ... "}';

function respond(response: ServerResponse, text: string): void {
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) };
  response.writeHead(200, headers).end(text);
}

function handle(request: IncomingMessage, response: ServerResponse): void {
  const isRead = request.url?.endsWith('getMessageInfo') || request.url === controlPath;
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => {
    counts.bytes += chunk.length;
    if (isRead) chunks.push(chunk);
  });
  request.on('end', () => {
    const body = Buffer.concat(chunks).toString();
    if (request.url === controlPath) return control(request, response, body);
    const { skip_page: index = 0 } = isRead ? (JSON.parse(body) as { skip_page?: number }) : {};
    take(request.socket, () => {
      respond(response, isRead ? page(index, settings.pages) : queued);
      // Its client opens another one with this answer, before it is heard here that this one is closed.
      if (request.headers.connection === 'close') open.delete(request.socket);
    });
  });
}

function control({ method }: IncomingMessage, response: ServerResponse, body: string): void {
  if (method === 'POST') {
    settings = { latency: 0, pages: 1, ...(JSON.parse(body) as Settings) };
    forget();
  }
  respond(response, JSON.stringify(counts));
}

/** What is used of smtp-server, see https://nodemailer.com/extras/smtp-server. */
interface SmtpServer {
  server: Server;
  listen(port: number, host: string): void;
}
type SmtpOptions = Record<'disabledCommands' | 'disableReverseLookup', unknown> & {
  onData(stream: Readable, session: unknown, done: () => void): void;
};
const { SMTPServer } = createRequire(import.meta.url)('smtp-server') as {
  SMTPServer: new (options: SmtpOptions) => SmtpServer;
};

const smtp = new SMTPServer({
  disabledCommands: ['STARTTLS', 'AUTH'],
  disableReverseLookup: true,
  onData(stream, _session, done) {
    stream.on('data', (chunk: Buffer) => (counts.bytes += chunk.length));
    stream.on('end', () => take(undefined, done));
  },
});

async function main(): Promise<void> {
  const server = createServer(handle);
  // Each brings an email.
  smtp.server.on('connection', watch);
  const listening = Promise.all([once(server, 'listening'), once(smtp.server, 'listening')]);
  // As long as nginx keeps them, which many services stand behind.
  server.keepAliveTimeout = 75_000;
  // Some peers open a connection for every item at once.
  server.listen({ port, host: '127.0.0.1', backlog: 16_384 });
  smtp.listen(0, '127.0.0.1');
  await listening;
  const portOf = (one: Server) => (one.address() as AddressInfo).port;
  const url = `http://127.0.0.1:${portOf(server)}`;
  process.stdout.write(`${JSON.stringify({ url, smtpPort: portOf(smtp.server) })}\n`);
}

void main();
