import { SendCleanError, type ErrorDetails, type ErrorKind, type Fate } from './errors';
import type { ErrorReply, OperationName, Operations } from './generated/types';
import { errorReply, replies, type Validator } from './generated/validators';
import type { Operation } from './model';
import { proxyError } from './network';
import { noRedact, type Redact } from './redact';
import type { TransportReply } from './transport';
import { violationError } from './validation';

/**
 * Reads a reply as the service really makes them: errors come with HTTP 200 as well as with 4xx and 5xx, and
 * the vendor's own samples hold stray semicolons (vendor's page “Messages Calls”).
 * @throws SendCleanError for everything that is not a documented success.
 */
export function readReply<Name extends OperationName>(
  operation: Operation<Name>,
  reply: TransportReply,
  redact: Redact = noRedact,
): Operations[Name]['reply'] {
  const read = (change: Change) => success(operation, reply, parse(reply.body, change));
  try {
    return read(redact.result);
  } catch {
    // What an error does not tell is taken out before its sentence is made, which may cut it.
    return read(redact.error);
  }
}

type Change = Redact['error'];

/** @throws SendCleanError for everything that is not a documented success. */
function success<Name extends OperationName>(
  operation: Operation<Name>,
  reply: TransportReply,
  json: unknown,
): Operations[Name]['reply'] {
  if (reply.status === 407) throw proxyError(reply.status);
  if (reply.status === 429) throw rateLimited(json, reply);
  if (errorReply(json)) throw serviceError(operation, json, reply.status);
  if (reply.status < 200 || reply.status > 299) throw httpError(reply);
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw notAnObject(reply, json);
  const validator: Validator<Operations[Name]['reply']> = replies[operation.name];
  if (validator(json)) return json;
  const { message } = violationError(validator.errors ?? [], json);
  throw failure('unexpectedReply', 'unknown', `SendClean's reply cannot be read: ${message}`, reply);
}

/** The JSON value of a body, or undefined. Semicolons outside of strings are left out. */
function parse(body: string, change: Change): unknown {
  const withoutSecrets = (_key: string, value: unknown) =>
    typeof value === 'string' ? change(value) : value;
  const read = (text: string) => JSON.parse(text, withoutSecrets) as unknown;
  const text = body.replace(/^\uFEFF/, '');
  try {
    return read(text);
  } catch {
    return attempt(() => read(text.replace(/("[^"\\]*(?:\\.[^"\\]*)*")|;/gs, '$1')));
  }
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

function failure(
  kind: ErrorKind,
  fate: Fate,
  message: string,
  { status }: { status: number },
  details: ErrorDetails = {},
): SendCleanError {
  return new SendCleanError(kind, fate, message, { status, ...details });
}

function rateLimited(json: unknown, reply: TransportReply): SendCleanError {
  const reason = errorReply(json) && json.message ? `: ${oneLine(json.message)}` : '';
  const details = { retryAfter: reply.headers['retry-after'] };
  return failure('rateLimited', 'notSent', `SendClean's rate limit is reached${reason}`, reply, details);
}

/** Error names whose meaning is documented; each is certain to come before the service takes a mail. */
const knownErrors = new Map<string, ErrorKind>([
  ['ValidationError', 'validation'],
  ['AuthenticationError', 'authentication'],
  ['Invalid_Key', 'authentication'],
]);

function serviceError(operation: Operation, envelope: ErrorReply, status: number): SendCleanError {
  const code =
    typeof envelope.code === 'number' || typeof envelope.code === 'string' ? envelope.code : undefined;
  const serviceName = envelope.name || envelope.type || undefined;
  const details = { serviceName, code };
  const said = oneLine(envelope.message ?? '') || 'it gave no reason';
  if (!serviceName && /page not found/i.test(said)) {
    const message = `SendClean does not know the call ${operation.path} (${said}): check the app domain of the account`;
    return failure('service', 'notSent', message, { status }, details);
  }
  const kind = knownErrors.get(serviceName ?? '');
  const mend = kind === 'authentication' ? ': check owner ID and token of the account' : '';
  const message = `SendClean refused the call: ${said}${serviceName ? ` (${serviceName})` : ''}${mend}`;
  return failure(kind ?? 'service', kind ? 'notSent' : 'unknown', message, { status }, details);
}

function httpError(reply: TransportReply): SendCleanError {
  const { status } = reply;
  if (status >= 300 && status < 400) {
    const message = `SendClean's address answered with a redirect (HTTP ${status}), which is not followed so that the token stays where it belongs: check the app domain of the account`;
    return failure('unexpectedReply', 'unknown', message, reply);
  }
  const page = looksLikeHtml(reply.body) ? ' and a web page, probably from a proxy' : '';
  return failure('service', 'unknown', `SendClean answered with HTTP ${status}${page}`, reply);
}

function notAnObject(reply: TransportReply, json: unknown): SendCleanError {
  const what =
    reply.body.trim() === ''
      ? 'an empty reply'
      : looksLikeHtml(reply.body)
        ? 'a web page instead of JSON, probably from a proxy'
        : json === undefined
          ? 'broken JSON'
          : 'JSON that is not an object';
  return failure(
    'unexpectedReply',
    'unknown',
    `SendClean answered with ${what} (HTTP ${reply.status})`,
    reply,
  );
}

function looksLikeHtml(body: string): boolean {
  return /^\s*<(!doctype|html|head|body)\b/i.test(body);
}

function oneLine(text: string): string {
  return text
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, 300);
}
