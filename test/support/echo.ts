import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

interface Answer {
  status: number;
  headers?: Record<string, string>;
  body: string;
}

const json = (status: number, envelope: object): Answer => ({ status, body: JSON.stringify(envelope) });
const failed = (said: string) => ({ status: 'error', code: -1, name: 'ValidationError', message: said });
const page = (said: string) => `<!doctype html><html><body>Blocked: ${said}</body></html>`;

/** The ways in which services and proxies repeat what they were sent. */
const answers = {
  error: (said: string) => json(200, failed(said)),
  'error with HTTP 400': (said: string) => json(400, failed(said)),
  'rate limit': (said: string) => ({ ...json(429, failed(said)), headers: { 'retry-after': '0' } }),
  'name of the error': (said: string) => json(200, { ...failed('No'), name: said }),
  'code of the error': (said: string) => json(200, { ...failed('No'), code: said }),
  'unknown status': (said: string) => json(200, { status: said }),
  success: (said: string) => json(200, { status: 'success', message: said, message_data: [] }),
  'web page': (said: string) => ({ status: 200, body: page(said) }),
  'web page with HTTP 502': (said: string) => ({ status: 502, body: page(said) }),
  'broken JSON': (said: string) => ({ status: 200, body: JSON.stringify(failed(said)).slice(0, -2) }),
  'text with HTTP 500': (said: string) => ({ status: 500, body: said }),
  redirect: (said: string) => ({
    status: 302,
    headers: { location: `http://127.0.0.1:9/?said=${encodeURIComponent(said)}` },
    body: '',
  }),
} satisfies Record<string, (said: string) => Answer>;

export type EchoWay = keyof typeof answers;

export const echoWays = Object.keys(answers) as EchoWay[];

export interface Echo {
  url: string;
  /** In which way it answers from now on, and what it says in place of what it is sent. */
  answer(way: EchoWay, said?: string): void;
  stop(): void;
}

/** A service that says every text it is sent, the last one first; base64 as it is and decoded. */
export async function startEcho(): Promise<Echo> {
  let way: EchoWay = 'error';
  let fixed: string | undefined;
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const query = new URL(request.url ?? '', 'http://127.0.0.1').searchParams;
      const sent = body ? texts(JSON.parse(body)) : [...query.values()];
      const answer: Answer = answers[way](fixed ?? sent.reverse().flatMap(decoded).join(' '));
      response.writeHead(answer.status, answer.headers).end(answer.body);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answer(next, said) {
      way = next;
      fixed = said;
    },
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}

function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : [];
}

function decoded(said: string): string[] {
  const isBase64 = said.length > 20 && /^[a-z0-9+/]+=*$/i.test(said);
  return isBase64 ? [said, Buffer.from(said, 'base64').toString()] : [said];
}
