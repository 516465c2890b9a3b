import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { operations } from '../../shared/generated/operations';

/** A fault of the way to the service or of the service itself. */
export interface Fault {
  name: string;
  /** What the sandbox is told of the call; it lasts. */
  sandbox?: Record<string, unknown>;
  /** What it is told of the look-ups that follow a send. */
  lookUps?: Record<string, unknown>;
  /** Where the account points in place of the sandbox. */
  endpoint?: keyof Endpoints;
  /** Timeout of the account in seconds, where the fault needs a short one. */
  timeout?: number;
  /** Why a second email may go out. */
  mayRepeat?: string;
}

/** Where an account points to when its way leads elsewhere. */
export interface Endpoints {
  closed: string;
  unknown: string;
  tls: string;
  untrusted: string;
  endless: string;
}

const response = (body: string, more: object = {}) => ({ kind: 'reply', body, ...more });
const envelope = (name: string) =>
  response(JSON.stringify({ status: 'error', code: 1, name, message: 'The service says no' }));
const noRecords = response('{"status":"success","message_data":[]}');

/** Longer than any test takes; the sandbox ends it when it closes. */
const forEver = 600_000;

export const faults: readonly Fault[] = [
  { name: 'connection refused', endpoint: 'closed' },
  { name: 'unknown host name', endpoint: 'unknown' },
  { name: 'no TLS at the address', endpoint: 'tls' },
  { name: 'certificate not accepted', endpoint: 'untrusted' },
  { name: 'endless answer', endpoint: 'endless' },
  { name: 'connection breaks before the email is accepted', sandbox: { kind: 'resetBefore' } },
  { name: 'connection breaks after the email is accepted', sandbox: { kind: 'resetAfter' } },
  {
    name: 'the same, and the email is found too late',
    sandbox: { kind: 'resetAfter' },
    lookUps: noRecords,
    mayRepeat: 'looked up in vain',
  },
  { name: 'connection breaks in the middle of the answer', sandbox: { kind: 'cutBody' } },
  {
    name: 'no answer in time, email not accepted',
    sandbox: { kind: 'delay', delayMs: forEver, taken: false },
    timeout: 5,
  },
  { name: 'no answer in time, email accepted', sandbox: { kind: 'delay', delayMs: forEver }, timeout: 5 },
  ...[408, 500, 502, 503, 504].map((status) => ({
    name: `HTTP ${status}`,
    sandbox: response('{}', { status }),
  })),
  { name: 'HTTP 429', sandbox: response('{}', { status: 429 }) },
  {
    name: 'HTTP 429 with Retry-After',
    sandbox: response('{}', { status: 429, headers: { 'retry-after': '1' } }),
  },
  { name: 'web page of a proxy', sandbox: { kind: 'html' } },
  { name: 'web page with HTTP 200', sandbox: response('<html><body>Sign in</body></html>') },
  { name: 'broken JSON, email accepted', sandbox: response('{"status" "success"}', { taken: true }) },
  { name: 'truncated answer, email accepted', sandbox: { kind: 'brokenJson' } },
  { name: 'empty answer, email accepted', sandbox: { kind: 'empty' } },
  { name: 'answer of another service', sandbox: response('{"ok":true}') },
  { name: 'stray semicolon', sandbox: { kind: 'straySemicolon' } },
  { name: 'slow answer', sandbox: { kind: 'slowBody', delayMs: 300 } },
  {
    name: 'redirect to another host',
    sandbox: response('', { status: 302, headers: { location: 'http://127.0.0.1:9/' } }),
  },
  ...[
    'ValidationError',
    'AuthenticationError',
    'Invalid_Key',
    'GeneralError',
    'Invalid Request',
    'SendingError',
    'AnotherError',
  ].map((name) => ({ name: `error ${name}`, sandbox: envelope(name) })),
];

/** The read that look-ups make. */
export const lookUpPath = operations.getMessageInfo.path;

/** A service whose answers do not end. */
export async function startEndless(): Promise<{ url: string; stop(): void }> {
  const piece = Buffer.alloc(1_000_000, 'x');
  const pieces = function* () {
    for (;;) yield piece;
  };
  const server = createServer((_request, response) => {
    Readable.from(pieces()).pipe(response);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop };
}

/** Where an account points under a fault. */
export function endpointOf(
  { endpoint }: Fault,
  sandbox: string,
  others: Pick<Endpoints, 'untrusted' | 'endless'>,
): string {
  const places: Endpoints = {
    ...others,
    closed: 'http://127.0.0.1:1',
    unknown: 'https://nowhere.invalid',
    tls: sandbox.replace('http:', 'https:'),
  };
  return endpoint ? places[endpoint] : sandbox;
}
