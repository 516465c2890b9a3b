import { prepare, type Call } from './call';
import { deliver, type WhenUnsure } from './delivery';
import { SendCleanError } from './errors';
import { operations } from './generated/operations';
import type { OperationName, Operations } from './generated/types';
import { readLimit, type Limits } from './limits';
import { lookUp } from './lookUp';
import type { Operation } from './model';
import { noReplyError } from './network';
import type { Pacer } from './pacing';
import { pages } from './pages';
import type { Redact } from './redact';
import { readReply } from './reply';
import { toQuery } from './request';
import { withRetries } from './retry';
import type { Clock, Transport } from './transport';
import { valueAt } from './validation';

export interface ClientOptions {
  transport: Transport;
  clock: Clock;
  /** Takes the host's secrets out of what the service says. */
  redact?: Redact;
  /** Spaces the requests out, and bounds how many are under way; none is held back without it. */
  pacer?: Pacer;
  /** How long a request may take, and how often it is made again. */
  limits?: Limits;
}

export interface RunOptions {
  signal?: AbortSignal;
  /** The most records that a paged call reads; all unless told otherwise. */
  limit?: number;
  /** Told when a request is about to leave, after it had to wait for others. */
  onRequest?: () => void;
  /** Who asks: those whose requests wait for one another take turns. */
  party?: string;
  /** What to do when it is not known whether a mail went out; `report` unless told otherwise. */
  whenUnsure?: WhenUnsure;
  /** Whether to look a mail up by its X-Unique-Id first, and not to send it again. */
  skipSent?: boolean;
}

type Method<Name extends OperationName> = (
  request: Operations[Name]['request'],
  options?: RunOptions,
) => Promise<Operations[Name]['result']>;

/** A method for each operation, and the two steps that each of them takes. */
export type Client = { readonly [Name in OperationName]: Method<Name> } & {
  /** Validates a request, see `prepare` in `call.ts`. */
  prepare<Name extends OperationName>(name: Name, request: object): Call<Name>;
  /**
   * Makes a prepared call: once if it sends, page by page if it is paged.
   * @throws SendCleanError
   */
  run<Name extends OperationName>(
    call: Call<Name>,
    options?: RunOptions,
  ): Promise<Operations[Name]['result']>;
};

/** The client of the SendClean Email API, on a host's transport and clock. */
export function createClient(options: ClientOptions): Client {
  const steps = {
    prepare: <Name extends OperationName>(name: Name, request: object) =>
      prepare(name, request, options.clock),
    run: async <Name extends OperationName>(call: Call<Name>, runOptions?: RunOptions) =>
      (await run(call, options, runOptions).catch((thrown) =>
        failed(call, thrown),
      )) as Operations[Name]['result'],
  };
  const methods = Object.values(operations).map(({ name }) => [
    name,
    (request: object, runOptions?: RunOptions) => steps.run(steps.prepare(name, request), runOptions),
  ]);
  return { ...(Object.fromEntries(methods) as { [Name in OperationName]: Method<Name> }), ...steps };
}

/** What a call's validated replies come to: a send's outcome, a paged list's records, or the reply itself. */
async function run(call: Call, client: ClientOptions, options: RunOptions = {}): Promise<unknown> {
  const { operation, request } = call;
  const { paged } = operation;
  if (operation.effect === 'send') {
    const find = async (xUniqueId: string) => {
      const read = lookUp(xUniqueId, client);
      return (await run(read, client, options).catch((thrown) => failed(read, thrown))) as unknown[];
    };
    return await deliver(call, () => exchange(call, request, client, options), find, client.clock, options);
  }
  if (!paged) return await exchange(call, request, client, options);
  const records: unknown[] = [];
  const readPage = async (index: number) => {
    const page = index ? { ...request, [paged.parameter]: index } : request;
    const reply: Record<string, unknown> = { ...(await exchange(call, page, client, options)) };
    return reply[paged.records] as unknown[];
  };
  for await (const page of pages(paged, readPage, options.limit)) records.push(...page);
  return records;
}

/** One request and its reply, with further attempts where they do no harm. */
async function exchange(
  { operation }: Call,
  request: object,
  { transport, clock, limits = {}, pacer, redact }: ClientOptions,
  { signal, onRequest, party }: RunOptions,
): Promise<Operations[OperationName]['reply']> {
  const { method, path } = operation;
  const content = method === 'GET' ? { query: toQuery(request) } : { body: request };
  const timeout = readLimit('timeout', limits) * 1000;
  const smtpUser = smtpUserOf(operation, request);
  const bytes = sizeOf(request);
  const attempt = async () => {
    const over = await pacer?.next({ smtpUser, bytes, party, signal }).catch(cancelled);
    onRequest?.();
    const reply = await transport
      .send({ method, path, ...content, timeout, signal })
      .catch(noReply)
      .finally(over);
    return readReply(operation, reply, redact);
  };
  const pause = (ms: number) => pacer?.pause(smtpUser, ms);
  return await withRetries(operation, attempt, clock, limits, pause, signal);
}

/** Whose quota a request counts against, where it says so. */
function smtpUserOf({ fields }: Operation, request: object): string {
  const field = fields.find(({ account }) => account === 'smtpUser');
  return field ? String(valueAt(request, field.path) ?? '') : '';
}

/** About the bytes of a request: its texts, of which attachments are the most. */
function sizeOf(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 0;
  return Object.values(value).reduce<number>((sum, one) => sum + sizeOf(one), 0);
}

function cancelled(): never {
  throw new SendCleanError('cancelled', 'notSent', 'The run was cancelled before this request was made');
}

function noReply(thrown: unknown): never {
  throw thrown instanceof SendCleanError ? thrown : noReplyError(thrown);
}

/**
 * Completes an error with what only the call knows. A read sends nothing, however it ends. What is no error of the
 * core came after the request, as far as anyone knows.
 */
function failed({ operation, xUniqueId }: Call, thrown: unknown): never {
  const error = thrown instanceof SendCleanError ? thrown : unforeseen(thrown);
  throw new SendCleanError(error.kind, operation.effect === 'read' ? 'notSent' : error.fate, error.message, {
    ...error,
    xUniqueId: xUniqueId ?? undefined,
  });
}

function unforeseen(thrown: unknown): SendCleanError {
  const name = thrown instanceof Error ? thrown.name : typeof thrown;
  return new SendCleanError('unexpectedReply', 'unknown', `SendClean's reply cannot be read (${name})`);
}
