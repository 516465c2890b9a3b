import { prepare, type Call, type PrepareOptions } from './request/prepare';
import { deliver } from './delivery/deliver';
import { SendCleanError, toSendCleanError } from './errors';
import { makeAttempts } from './delivery/attempt';
import { nameFields } from './form/labels';
import { operations } from './generated/operations';
import type { OperationName, Operations } from './generated/types';
import { defaultLimits } from './form/readSettings';
import { lookUp } from './delivery/lookUp';
import type { ClientOptions, ReadOptions, RunOptions } from './delivery/options';
import { pages } from './delivery/pages';
import { fieldWith, type Operation } from './model';
import { valueAt } from './paths';
import { shown } from './quote';
import { resultOf, withoutSecrets } from './response/results';
import { simplify } from './response/simplify';
import { createSentMemory, type Sends } from './delivery/sentMemory';
import { phrase } from './phrase';

/** The options with what a client cannot do without. */
type Context = ClientOptions & { sends: Sends };

/** The client of the SendClean Email API: two steps, so that a host can check all calls before the first is made. */
export interface Client {
  /** Validates a request, see `request/prepare.ts`. */
  prepare<Name extends OperationName>(name: Name, request: object, options?: PrepareOptions): Call<Name>;
  /**
   * Makes a prepared call: once if it sends, page by page if it is paged.
   * @throws SendCleanError
   */
  run<Name extends OperationName>(
    call: Call<Name>,
    options?: RunOptions,
  ): Promise<Operations[Name]['result']>;
}

/** The client on a host's transport and clock. */
export function createClient(options: ClientOptions): Client {
  const context = { ...options, sends: options.sends ?? createSentMemory(options.clock).of('') };
  return {
    prepare: (name, request, chosen) =>
      named(name, request, () => prepare(name, request, options.clock, chosen)),
    run: <Name extends OperationName>(call: Call<Name>, runOptions: RunOptions = {}) =>
      run(call, context, runOptions).catch((thrown) => failed(call, thrown)) as Promise<
        Operations[Name]['result']
      >,
  };
}

/** What a call's validated responses come to: a send's outcome, a paged list's records, or the response itself. */
async function run(call: Call, client: Context, options: RunOptions): Promise<unknown> {
  if (call.operation.effect !== 'send') return readable(call, await read(call, client, options), options);
  const { signal, onRequest, queueKey } = options;
  const find = async (xUniqueId: string) => {
    const look = lookUp(xUniqueId, client);
    const found = read(look, client, { signal, onRequest, queueKey });
    return (await found.catch((thrown) => failed(look, thrown))) as unknown[];
  };
  const send = (open: object) => makeAttempts(call.operation, open, client, options);
  return await deliver(call, { send, find, clock: client.clock, sends: client.sends }, options);
}

/** What a read or a change gives: its records as they were asked for, or what a read without one comes to. */
function readable(
  { operation, request }: Call,
  result: unknown,
  { simplify: isSimple = false, nothingFound = 'nothing', includeSecrets = false }: ReadOptions,
): unknown {
  if (operation.paged && Array.isArray(result) && result.length === 0) {
    if (nothingFound === 'error') throw nothingFoundError(operation, request);
    if (nothingFound === 'item') return [{ found: false, ...searched(operation, request) }];
  }
  const shown = (record: object) => {
    const open = includeSecrets ? record : withoutSecrets(operation, record);
    return isSimple ? simplify(operation, open, searched(operation, request)) : open;
  };
  return Array.isArray(result) ? result.map(shown) : shown(result as object);
}

/** The X-Unique-Id that a call asks for, by the name of its field. */
function searched(operation: Operation, request: object): Record<string, unknown> {
  const field = fieldWith(operation, 'uniqueId');
  return field ? { [field.name]: valueAt(request, field.path) } : {};
}

function nothingFoundError(operation: Operation, request: object): SendCleanError {
  const [id] = Object.values(searched(operation, request));
  const message = phrase`SendClean has no email with the X-Unique-Id ${shown(id)}`;
  return new SendCleanError('service', 'notSent', message, { status: 200 });
}

async function read({ operation, request }: Call, client: Context, options: ReadOptions): Promise<unknown> {
  const { paged } = operation;
  if (!paged) return resultOf(operation, await makeAttempts(operation, request, client, options));
  const records: unknown[] = [];
  const { limit, signal } = options;
  const readPage = async (index: number, over: AbortSignal) => {
    const page = index ? { ...request, [paged.parameter]: index } : request;
    const ended = signal ? AbortSignal.any([signal, over]) : over;
    const response: Record<string, unknown> = {
      ...(await makeAttempts(operation, page, client, { ...options, signal: ended })),
    };
    return response[paged.records] as unknown[];
  };
  const { atOnce } = { ...defaultLimits, ...client.limits };
  for await (const page of pages(paged, readPage, { limit, atOnce }))
    for (const record of page) records.push(record);
  return records;
}

/** Has an error name the request's fields by their labels. */
function named<T>(name: OperationName, request: object, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw nameFields(error, { operation: operations[name], request });
  }
}

/** The read that shows what a change came to: the list of what it is about. */
function listOf({ effect, resource }: Operation): Operation | undefined {
  if (effect !== 'change') return undefined;
  return Object.values<Operation>(operations).find(
    (one) => one.resource === resource && one.list !== undefined,
  );
}

/** Completes an error with what only the call knows. A read changes nothing, however it ends. */
function failed({ operation, xUniqueId }: Call, thrown: unknown): never {
  const { effect } = operation;
  const error = toSendCleanError(thrown);
  throw error
    .withFate(effect === 'read' ? 'notSent' : error.fate)
    .with({ effect, xUniqueId: xUniqueId ?? undefined, whereToLook: listOf(operation)?.title });
}
