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
let open = 0;
const forget = () => {
  counts = { connections: 0, open: 0, requests: 0, atOnce: 0, bytes: 0 };
  sockets = new Set();
};
forget();

/** Counts a connection as long as it is open. */
function watch(socket: Socket): void {
  open += 1;
  counts.open = Math.max(counts.open, open);
  socket.once('close', () => (open -= 1));
}

/** Counts a request, and answers it after the latency. */
function take(socket: Socket | undefined, answer: () => void): void {
  if (socket) counts.connections = sockets.add(socket).size;
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

function reply(response: ServerResponse, text: string): void {
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
    if (!isRead) return take(request.socket, () => reply(response, queued));
    const { skip_page: index = 0 } = JSON.parse(body) as { skip_page?: number };
    take(request.socket, () => reply(response, page(index, settings.pages)));
  });
}

function control({ method }: IncomingMessage, response: ServerResponse, body: string): void {
  if (method === 'POST') {
    settings = { latency: 0, pages: 1, ...(JSON.parse(body) as Settings) };
    forget();
  }
  reply(response, JSON.stringify(counts));
}

/** What is used of smtp-server, see https://nodemailer.com/extras/smtp-server. */
interface SmtpServer {
  server: Server;
  listen(port: number, host: string): void;
}
type SmtpOptions = Record<'disabledCommands' | 'disableReverseLookup', unknown> & {
  onConnect(session: unknown, done: () => void): void;
  onData(stream: Readable, session: unknown, done: () => void): void;
};
const { SMTPServer } = createRequire(import.meta.url)('smtp-server') as {
  SMTPServer: new (options: SmtpOptions) => SmtpServer;
};

const smtp = new SMTPServer({
  disabledCommands: ['STARTTLS', 'AUTH'],
  disableReverseLookup: true,
  onConnect(_session, done) {
    counts.connections += 1;
    done();
  },
  onData(stream, _session, done) {
    stream.on('data', (chunk: Buffer) => (counts.bytes += chunk.length));
    stream.on('end', () => take(undefined, done));
  },
});

async function main(): Promise<void> {
  const server = createServer(handle).on('connection', watch);
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
