import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { OperationName } from '../../shared/generated/types';
import { control, fault as setFault } from '../sandbox/client';

/** A fault of the way to the service or of the service itself: one of the sandbox, or another endpoint. */
export interface Fault {
  name: string;
  /** What the sandbox is told; it lasts. */
  sandbox?: Record<string, unknown>;
  /** Where the account points in place of the sandbox. */
  endpoint?: 'closed' | 'unknown' | 'tls' | 'endless';
}

const reply = (body: string) => ({ kind: 'reply', body });
const envelope = (name: string, status: number) => ({
  kind: 'reply',
  status,
  body: JSON.stringify({ status: 'error', code: 1, name, message: 'The service says no' }),
});

export const faults: readonly Fault[] = [
  { name: 'connection refused', endpoint: 'closed' },
  { name: 'unknown host name', endpoint: 'unknown' },
  { name: 'no TLS at the address', endpoint: 'tls' },
  { name: 'endless answer', endpoint: 'endless' },
  { name: 'connection breaks before the mail is taken', sandbox: { kind: 'resetBefore' } },
  { name: 'connection breaks after the mail is taken', sandbox: { kind: 'resetAfter' } },
  { name: 'connection breaks in the middle of the answer', sandbox: { kind: 'cutBody' } },
  { name: 'no answer in time, mail not taken', sandbox: { kind: 'delay', delayMs: 4000, taken: false } },
  { name: 'no answer in time, mail taken', sandbox: { kind: 'delay', delayMs: 4000 } },
  ...[408, 429, 500, 502, 503, 504].map((status) => ({
    name: `HTTP ${status}`,
    sandbox: { kind: 'reply', status, body: '{}', headers: { 'retry-after': '0' } },
  })),
  { name: 'web page of a proxy', sandbox: { kind: 'html' } },
  { name: 'web page with HTTP 200', sandbox: reply('<html><body>Sign in</body></html>') },
  { name: 'broken JSON, mail taken', sandbox: { kind: 'brokenJson' } },
  { name: 'empty answer, mail taken', sandbox: { kind: 'empty' } },
  { name: 'answer of another service', sandbox: reply('{"ok":true}') },
  { name: 'stray semicolon', sandbox: { kind: 'straySemicolon' } },
  { name: 'slow answer', sandbox: { kind: 'slowBody', delayMs: 300 } },
  {
    name: 'redirect to another host',
    sandbox: { kind: 'reply', status: 302, body: '', headers: { location: 'http://127.0.0.1:9/' } },
  },
  ...['ValidationError', 'AuthenticationError', 'Invalid_Key', 'GeneralError'].map((name) => ({
    name: `error ${name}`,
    sandbox: envelope(name, 200),
  })),
];

/** What became of a call under a fault. */
export interface Cell {
  /** How many requests the service got or, where none can arrive, were tried; `?` where a host does not tell. */
  requests: number | '?';
  /** How many mails the service took. */
  mails: number;
  /** `sent` or `read` for a call that went well. */
  fate: string;
  /** The sentence that a person reads. */
  told: string;
}

/**
 * Makes every call under every fault.
 * @returns the lines of the table in `docs/delivery.md`.
 * @throws AssertionError when sends differ from one another, a mail is taken twice, or is told not to be sent but is.
 */
export async function fillMatrix(
  cellOf: (name: OperationName, fault: Fault) => Promise<Cell>,
): Promise<string> {
  const columns = ['fault', 'requests of a send', 'mails taken', 'fate told', 'requests of a read', 'told'];
  const rows: (string | number)[][] = [];
  for (const fault of faults) {
    const send = await cellOf('sendMail', fault);
    for (const name of ['sendTemplate', 'sendTemplateGet'] as const)
      assert.deepEqual(await cellOf(name, fault), send, `${fault.name}, ${name}`);
    assert.ok(send.mails <= 1, `${fault.name}: ${send.mails} mails`);
    assert.ok(send.fate !== 'notSent' || send.mails === 0, fault.name);
    const read = await cellOf('getMessageInfo', fault);
    const told = send.told || read.told || '–';
    rows.push([fault.name, send.requests, send.mails, send.fate, read.requests, told]);
  }
  return [columns, columns.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

/** The part of a sentence that is the same on every machine: whether a name server answers is not. */
export function toldAnywhere(message: string): string {
  return message.replace('cannot be looked up now', 'is not known');
}

/** A service whose answers do not end. */
export async function startEndless(): Promise<{ url: string; stop(): void }> {
  const server = createServer((_request, response) => {
    const timer = setInterval(() => response.write('x'.repeat(1_000_000)), 20);
    response.on('close', () => clearInterval(timer));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop };
}

/** Where an account points under a fault. */
export function endpointOf({ endpoint }: Fault, sandbox: string, endless: string): string {
  const places = {
    closed: 'http://127.0.0.1:1',
    unknown: 'https://nowhere.invalid',
    tls: sandbox.replace('http:', 'https:'),
    endless,
  };
  return endpoint ? places[endpoint] : sandbox;
}

/** Readies the sandbox for a call under a fault. */
export async function prepareSandbox(url: string, fault: Fault): Promise<void> {
  for (const place of ['messages', 'faults', 'requests']) await control(url, place, undefined, 'DELETE');
  if (fault.sandbox) await setFault(url, { ...fault.sandbox, count: null });
}

const docs = join(import.meta.dirname, '../../docs/delivery.md');
const between = /(<!-- matrix -->\n)([^]*?)(\n<!-- end -->)/;

/** The table as the docs have it, in the form of `fillMatrix`. The environment variable MATRIX=1 writes it. */
export function documentedMatrix(lines: string): string {
  const text = readFileSync(docs, 'utf8');
  if (process.env.MATRIX === '1')
    writeFileSync(
      docs,
      text.replace(between, (_all, start: string, _old, end: string) => `${start}\n${lines}\n${end}`),
    );
  const [, , table = ''] = between.exec(readFileSync(docs, 'utf8')) ?? [];
  return table.trim().replace(/ +\|/g, ' |').replace(/-{3,}/g, '---');
}
