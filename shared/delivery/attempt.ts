import type { ClientOptions, RunOptions } from './options';
import { redactMessage } from '../response/redactMessage';
import { SendCleanError, notMade } from '../errors';
import type { OperationName, Operations } from '../generated/types';
import { defaultLimits } from '../form/readSettings';
import type { Operation } from '../model';
import { noResponseError } from '../response/networkErrors';
import { readResponse } from '../response/readResponse';
import { toQuery } from '../wire/query';
import { withRetries } from './retry';
import { valueAt } from '../paths';
import { phrase } from '../phrase';

/**
 * One request and its response, with further attempts where they do no harm.
 * @throws SendCleanError
 */
export function makeAttempts(
  operation: Operation<OperationName>,
  request: object,
  { transport, clock, limits = {}, rateLimiter, redact }: ClientOptions,
  { signal, stopSignal = signal, onRequest, queueKey, deferredFiles }: RunOptions,
): Promise<Operations[OperationName]['response']> {
  const { method, path, effect } = operation;
  const isRead = effect === 'read';
  const loaded = isRead ? undefined : deferredFiles;
  const { attempts, timeout: seconds } = { ...defaultLimits, ...limits };
  const timeout = seconds * 1000;
  const smtpUser = smtpUserOf(operation, request);
  const bytes = sizeOf(request) + (loaded?.bytes ?? 0);
  const attempt = async () => {
    const turn = { smtpUser, bytes, queueKey, signal: isRead ? signal : stopSignal };
    const over = await rateLimiter?.next(turn).catch(() => {
      throw notMade();
    });
    try {
      onRequest?.();
      await loaded?.load().catch(notLoaded);
      // The run may have been cancelled while the files were loaded.
      if (!isRead && signal?.aborted) throw notMade();
      const written = method === 'GET' ? { query: toQuery(request) } : { body: request };
      const response = await transport.send({ method, path, ...written, timeout, signal }).catch(noResponse);
      return readResponse(
        operation,
        response,
        redactMessage(operation, request, response.body.length, redact),
      );
    } finally {
      loaded?.release();
      over?.();
    }
  };
  const pause = (ms: number) => rateLimiter?.pause(smtpUser, ms);
  return withRetries(operation, attempt, clock, attempts, pause, signal);
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

function notLoaded(thrown: unknown): never {
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  throw new SendCleanError('validation', 'notSent', phrase`The files cannot be loaded (${reason})`);
}

function noResponse(thrown: unknown): never {
  throw thrown instanceof SendCleanError ? thrown : noResponseError(thrown);
}
