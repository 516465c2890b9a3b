import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inPool } from '../../nodes/SendClean/actions/pool';
import type { Sandbox } from '../../sandbox/src/server';
import { operations } from '../../shared/generated/operations';
import type { OperationName } from '../../shared/generated/types';
import { clear, control, fault as setFault, messages } from '../sandbox/client';
import { readCertificates } from './certificates';
import { endpointOf, faults, lookUpPath, startEndless, type Fault } from './faults';
import { startSandbox } from './sandbox';
import { startSecure } from './secureServer';

/** The options of a send: none, If Delivery Is Unclear to look it up, or Skip Already Sent. */
export type Mode = 'none' | 'lookUp' | 'skip';

/** One call under a fault, with a sandbox of its own. */
export interface Case {
  /** Unique among the cases. */
  key: string;
  name: OperationName;
  mode: Mode;
  fault: Fault;
  sandbox: Sandbox;
  /** Where the account points. */
  endpoint: string;
}

/** What a host reports of a call. */
export interface Told {
  /** `sent`, `recovered`, `skipped` or `read` for a call that went well. */
  fate: string;
  /** The sentence that a person reads. */
  message: string;
  /** How many requests were made, where the host reports it. */
  attempts?: number;
}

/** Makes the call of a case once, or again with an account that points to the sandbox. */
export type Caller = (one: Case, again: boolean) => Promise<Told>;

/** What happened to a case. */
interface Cell {
  requests: number | '?';
  mails: number;
  told: Told;
  /** Emails after the same call was made again without the fault. */
  mailsAfterAll?: number;
}

const sends = ['sendMail', 'sendTemplate', 'sendTemplateGet'] as const;
const modes: readonly [OperationName, Mode][] = [
  ...(['sendMail', 'sendTemplate'] as const).flatMap((name): [OperationName, Mode][] => [
    [name, 'lookUp'],
    [name, 'skip'],
  ]),
  ...sends.map((name): [OperationName, Mode] => [name, 'none']),
  ['getMessageInfo', 'none'],
];

/** As many as are worked on at once; most of them wait for their look-ups. */
const atOnce = 100;

/** What happened to all cases. */
export interface Matrix {
  /**
   * The line of a fault in the table of `docs/delivery.md`.
   * @throws AssertionError when an email was taken twice without a reason, or was reported as not sent but was.
   */
  lineOf(fault: Fault): string;
}

/**
 * Makes every call under every fault, with every option.
 * @param open readies the host for the cases.
 */
export async function fillMatrix(open: (cases: readonly Case[]) => Promise<Caller>): Promise<Matrix> {
  const endless = await startEndless();
  const untrusted = await startSecure(readCertificates().selfSigned, endless.url);
  const others = { endless: endless.url, untrusted: untrusted.url };
  const cases: Case[] = [];
  try {
    for (const fault of faults) {
      for (const [name, mode] of modes) {
        const sandbox = await startSandbox();
        const endpoint = endpointOf(fault, sandbox.url, others);
        cases.push({ key: `${cases.length}`, name, mode, fault, sandbox, endpoint });
      }
    }
    const call = await open(cases);
    const cells = await inPool(cases, atOnce, new AbortController().signal, (one) =>
      cellOf(one, call).catch((error: unknown) => ({ error })),
    );
    const cell = (fault: Fault, name: OperationName, mode: Mode): Cell => {
      const index = cases.findIndex((one) => one.fault === fault && one.name === name && one.mode === mode);
      const found = cells[index] ?? assert.fail(`${fault.name}, ${name}, ${mode} was not run`);
      if ('error' in found) throw found.error;
      return found;
    };
    return { lineOf: (fault) => toLine(rowOf(fault, (name, mode) => cell(fault, name, mode))) };
  } finally {
    endless.stop();
    await untrusted.stop();
    await Promise.all(cases.map(({ sandbox }) => sandbox.close()));
  }
}

async function cellOf(one: Case, call: Caller): Promise<Cell> {
  const { fault, name, mode, sandbox } = one;
  const { path, effect } = operations[name];
  if (fault.sandbox) await setFault(sandbox.url, { ...fault.sandbox, path, count: null });
  if (fault.lookUps && mode === 'lookUp')
    await setFault(sandbox.url, { ...fault.lookUps, path: lookUpPath, count: null });
  const told = await call(one, false);
  const mails = (await messages(sandbox.url)).length;
  const requests = fault.endpoint ? (told.attempts ?? '?') : await requestsTo(sandbox, path);
  if (effect === 'send') assertKept(one, told, mails);
  if (mode !== 'skip') return { requests, mails, told };
  await clear(sandbox.url, 'faults');
  await call(one, true);
  return { requests, mails, told, mailsAfterAll: (await messages(sandbox.url)).length };
}

/** What every send keeps to. */
function assertKept({ fault, name, mode }: Case, { fate }: Told, mails: number): void {
  const where = `${fault.name}, ${name}, ${mode}`;
  const isLookedUpInVain = mode === 'lookUp' && fault.mayRepeat !== undefined;
  assert.ok(mails <= (isLookedUpInVain ? 2 : 1), `${where}: ${mails} mails`);
  if (fate === 'notSent') assert.equal(mails, 0, where);
  if (['sent', 'recovered'].includes(fate)) assert.equal(mails, 1, where);
}

async function requestsTo({ url }: Sandbox, path: string): Promise<number> {
  const log = (await (await control(url, 'requests')).json()) as { requests: { path: string }[] };
  return log.requests.filter((entry) => entry.path.endsWith(path)).length;
}

function toLine(cells: readonly (string | number)[]): string {
  return `| ${cells.join(' | ')} |`;
}

const columns = [
  'fault',
  'requests of a send',
  'emails accepted',
  'fate',
  'If Delivery Is Unclear: requests',
  'emails',
  'fate',
  'Skip Already Sent: fate',
  'emails after a second run',
  'requests of a read',
  'message',
];

/** The line of a fault; the sends that have an option must not differ in it. */
function rowOf(fault: Fault, cell: (name: OperationName, mode: Mode) => Cell): (string | number)[] {
  const same = (mode: Mode, names: readonly OperationName[]) => {
    const [first, ...others] = names.map((name) => cell(name, mode));
    for (const other of others) assert.deepEqual(other, first, `${fault.name}, ${mode}`);
    return first ?? assert.fail('there are sends');
  };
  const none = same('none', sends);
  const lookUp = same('lookUp', ['sendMail', 'sendTemplate']);
  const skip = same('skip', ['sendMail', 'sendTemplate']);
  assert.equal(skip.mailsAfterAll, 1, fault.name);
  const read = cell('getMessageInfo', 'none');
  const why = lookUp.mails > 1 ? `${lookUp.mails}: ${fault.mayRepeat}` : lookUp.mails;
  return [
    fault.name,
    ...[none.requests, none.mails, none.told.fate],
    ...[lookUp.requests, why, lookUp.told.fate],
    ...[skip.told.fate, skip.mailsAfterAll],
    read.requests,
    none.told.message || read.told.message || '–',
  ];
}

/** The part of a sentence that is the same on every machine: whether a name server answers is not. */
export function toldAnywhere(message: string): string {
  return message.replace('cannot be looked up now', 'is not known');
}

const docs = join(import.meta.dirname, '../../docs/delivery.md');
const between = /(<!-- matrix -->\n)([^]*?)(\n<!-- end -->)/;

/** Writes the table into the docs where the environment variable MATRIX is 1. */
export function documentMatrix(matrix: Matrix): void {
  if (process.env.MATRIX !== '1') return;
  const head = [toLine(columns), toLine(columns.map(() => '---'))];
  const table = [...head, ...faults.map((fault) => matrix.lineOf(fault))].join('\n');
  const text = readFileSync(docs, 'utf8');
  writeFileSync(
    docs,
    text.replace(
      between,
      (_all: string, start: string, _old: string, end: string) => `${start}\n${table}\n${end}`,
    ),
  );
}

/** The lines of the faults as the docs have them, in the form of `lineOf`. */
export function documentedLines(): string[] {
  const [, , table = ''] = between.exec(readFileSync(docs, 'utf8')) ?? [];
  const [, , ...lines] = table
    .trim()
    .replace(/(?<! ) +\|/g, ' |')
    .split('\n');
  return lines;
}

/** The line of a fault as the docs have it. */
export function documentedLine({ name }: Fault): string {
  return (
    documentedLines().find((line) => line.startsWith(`| ${name} |`)) ??
    assert.fail(`docs/delivery.md has no line for ${name}`)
  );
}
