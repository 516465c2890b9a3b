import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { operations } from '../../shared/generated/operations';
import { failure, pageNotFound, refusal, type Answer } from './answers';
import { isTaken, write, type Fault, type Faults, type Written } from './faults';
import type { RequestEntry, RequestLog } from './requestLog';
import { fromQuery } from './schema';
import { Service, type Call, type ServiceContext } from './service';
import { redactJson, redactQuery, type Wire } from './wire';

/** What the routes of the API work with. */
export interface ApiContext extends ServiceContext {
  faults: Faults;
  log: RequestLog;
  /** Aborted when the sandbox closes, so that no held-back answer keeps it open. */
  closing: AbortSignal;
}

const prefix = '/v1.0';

/** Adds a route for each operation of the table, as the service has them. */
export function addApi(app: FastifyInstance, context: ApiContext): void {
  app.register(
    (scope, _options, done) => {
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, parsed) => parsed(null, body));
      for (const operation of Object.values(operations)) {
        const service = new Service(operation, context);
        scope.route({
          method: operation.method,
          url: `/${operation.path}`,
          handler: (request, reply) =>
            exchange(context, request, reply, (fault) => callService(service, request, fault)),
        });
      }
      scope.setNotFoundHandler((request, reply) => exchange(context, request, reply, () => pageNotFound));
      scope.setErrorHandler(async (error: Error & { statusCode?: number }, request, reply) => {
        const answer = refusal('ValidationError', 'The request cannot be read', error.statusCode ?? 400);
        await exchange(context, request, reply, () => answer);
      });
      done();
    },
    { prefix },
  );
}

/** Answers one request, through the fault that strikes it, if any, and logs it. */
async function exchange(
  { faults, log, closing }: ApiContext,
  request: FastifyRequest,
  reply: FastifyReply,
  carryOut: (fault: Fault | undefined) => Answer | Promise<Answer>,
): Promise<void> {
  const [path = ''] = request.url.split('?', 1);
  const entry = log.begin(request.method, path);
  reply.hijack();
  try {
    const fault = faults.take(path.slice(prefix.length + 1));
    entry.fault = fault?.kind ?? null;
    const isCarriedOut = !fault || isTaken(fault);
    const answer = isCarriedOut ? await carryOutSafely(() => carryOut(fault)) : failure;
    if (isCarriedOut) log.answered(entry, answer);
    await pause(fault?.kind === 'slowBody' ? 0 : fault?.delayMs, closing);
    await send(reply, entry, write(answer, fault), fault, closing);
  } finally {
    log.end();
  }
}

/** The answer, even when the sandbox itself fails, e.g. because its disk is full. */
async function carryOutSafely(carryOut: () => Answer | Promise<Answer>): Promise<Answer> {
  try {
    return await carryOut();
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unknown reason';
    return refusal('GeneralError', `The sandbox failed: ${reason}`, 500);
  }
}

async function send(
  { raw }: FastifyReply,
  entry: RequestEntry,
  { status, headers, body }: Written,
  fault: Fault | undefined,
  closing: AbortSignal,
): Promise<void> {
  if (fault?.kind === 'resetBefore' || fault?.kind === 'resetAfter') {
    raw.socket?.resetAndDestroy();
    return;
  }
  const bytes = Buffer.from(body);
  const half = Math.floor(bytes.length / 2);
  entry.status = status;
  raw.writeHead(status, { ...headers, 'content-length': bytes.length });
  if (fault?.kind === 'cutBody') {
    raw.write(bytes.subarray(0, half), () => raw.socket?.destroy());
  } else if (fault?.kind === 'slowBody') {
    raw.write(bytes.subarray(0, half));
    await pause(fault.delayMs ?? 1000, closing);
    raw.end(bytes.subarray(half));
  } else raw.end(bytes);
}

async function pause(ms: number | undefined, closing: AbortSignal): Promise<void> {
  if (ms) await sleep(ms, undefined, { signal: closing }).catch(() => undefined);
}

/** Reads the request as the operation's method has it, and lets the service answer. */
function callService(
  service: Service,
  { raw, body }: FastifyRequest,
  fault: Fault | undefined,
): Answer | Promise<Answer> {
  const { operation } = service;
  const [path = '', query = ''] = (raw.url ?? '').split(/\?(.*)/s);
  const wire = { method: operation.method, path, headers: wireHeaders(raw.headers) };
  const repeatPage = fault?.kind === 'repeatPage';
  if (operation.method === 'GET') {
    const request = fromQuery(operation, new URLSearchParams(query));
    return service.answer({ request, wire: () => ({ ...wire, body: redactQuery(query) }), repeatPage });
  }
  const text = Buffer.isBuffer(body) ? decode(body) : undefined;
  const request = text === undefined ? undefined : readObject(text);
  if (text === undefined || !request) {
    return refusal('ValidationError', 'The body must be a JSON object in UTF-8');
  }
  const call: Call = { request, wire: () => ({ ...wire, body: redactJson(text) }), repeatPage };
  return service.answer(call);
}

function wireHeaders(headers: FastifyRequest['headers']): Wire['headers'] {
  const names = ['content-type', 'accept', 'user-agent'] as const;
  return Object.fromEntries(names.flatMap((name) => (headers[name] ? [[name, headers[name]]] : [])));
}

function decode(body: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    return undefined;
  }
}

function readObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? Object.fromEntries(Object.entries(value)) : undefined;
  } catch {
    return undefined;
  }
}
