import { prepare, type Call, type PrepareOptions } from './request/prepare';
import { deliver } from './delivery/deliver';
import { toSendCleanError } from './errors';
import { makeAttempts } from './delivery/attempt';
import { nameFields } from './form/labels';
import { operations } from './generated/operations';
import type { OperationName, Operations } from './generated/types';
import { readLimit } from './delivery/limits';
import { lookUp } from './delivery/lookUp';
import type { ClientOptions, RunOptions } from './delivery/options';
import { pages } from './delivery/pages';
import { createSentMemory, type Sends } from './delivery/sentMemory';

/** The options with what a client cannot do without. */
type Context = ClientOptions & { sends: Sends };

type Method<Name extends OperationName> = (
  request: Operations[Name]['request'],
  options?: RunOptions,
) => Promise<Operations[Name]['result']>;

/** A method for each operation, and the two steps that each of them takes. */
export type Client = { readonly [Name in OperationName]: Method<Name> } & {
  /** Validates a request, see `prepare` in `call.ts`. */
  prepare<Name extends OperationName>(name: Name, request: object, options?: PrepareOptions): Call<Name>;
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
  const context = { ...options, sends: options.sends ?? createSentMemory(options.clock).of('') };
  const steps = {
    prepare: <Name extends OperationName>(name: Name, request: object, chosen?: PrepareOptions) =>
      named(name, request, () => prepare(name, request, options.clock, chosen)),
    run: async <Name extends OperationName>(call: Call<Name>, runOptions?: RunOptions) =>
      (await run(call, context, runOptions).catch((thrown) =>
        failed(call, thrown),
      )) as Operations[Name]['result'],
  };
  const methods = Object.values(operations).map(({ name }) => [
    name,
    (request: object, runOptions?: RunOptions) => steps.run(steps.prepare(name, request), runOptions),
  ]);
  return { ...(Object.fromEntries(methods) as { [Name in OperationName]: Method<Name> }), ...steps };
}

/** What a call's validated responses come to: a send's outcome, a paged list's records, or the response itself. */
async function run(call: Call, client: Context, options: RunOptions = {}): Promise<unknown> {
  const { operation, request } = call;
  const { paged } = operation;
  if (operation.effect === 'send') {
    const find = async (xUniqueId: string) => {
      const read = lookUp(xUniqueId, client);
      return (await run(read, client, options).catch((thrown) => failed(read, thrown))) as unknown[];
    };
    const send = (open: object) => makeAttempts(call, open, client, options);
    return await deliver(call, { send, find, clock: client.clock, sends: client.sends }, options);
  }
  if (!paged) return await makeAttempts(call, request, client, options);
  const records: unknown[] = [];
  const { limit, signal } = options;
  const readPage = async (index: number, over: AbortSignal) => {
    const page = index ? { ...request, [paged.parameter]: index } : request;
    const ended = signal ? AbortSignal.any([signal, over]) : over;
    const response: Record<string, unknown> = {
      ...(await makeAttempts(call, page, client, { ...options, signal: ended })),
    };
    return response[paged.records] as unknown[];
  };
  const atOnce = readLimit('atOnce', client.limits ?? {});
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

/** Completes an error with what only the call knows. A read sends nothing, however it ends. */
function failed({ operation: { effect }, xUniqueId }: Call, thrown: unknown): never {
  const error = toSendCleanError(thrown);
  throw error
    .withFate(effect === 'read' ? 'notSent' : error.fate)
    .with({ effect, xUniqueId: xUniqueId ?? undefined });
}
