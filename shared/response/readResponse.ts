import { SendCleanError, type ErrorDetails, type ErrorKind, type Fate } from '../errors';
import type { ErrorResponse, OperationName, Operations } from '../generated/types';
import { errorResponse, responses, type SchemaViolation, type Validator } from '../generated/validators';
import type { Operation } from '../model';
import { proxyError } from './networkErrors';
import { readJson } from './readJson';
import { hideSecrets } from './results';
import { noRedact, redactJson, type Redact } from './redact';
import type { TransportResponse } from '../wire/transport';
import { violationError } from '../request/validation';
import { phrase, type Phrase, type Words } from '../phrase';

/**
 * Reads a response as the service really makes them: errors come with HTTP 200 as well as with 4xx and 5xx.
 * @throws SendCleanError for everything that is not a documented success.
 */
export function readResponse<Name extends OperationName>(
  operation: Operation<Name>,
  response: TransportResponse,
  redact: Redact = noRedact,
): Operations[Name]['response'] {
  const json = unwrapped(readJson(response.body));
  const validator: Validator<Operations[Name]['response']> = responses[operation.name];
  if (isAnswer(response, json) && validator(json)) return redactJson(json, redact.result);
  // What an error does not tell is taken out before its sentence is made, which may cut it.
  const told = hideSecrets(operation.secrets ?? [], json);
  throw failed(operation, response, redactJson(told, redact.error), validator.errors ?? []);
}

/** Whether a response is one to a call that the service took. */
function isAnswer({ status }: TransportResponse, json: unknown): json is object {
  return status >= 200 && status < 300 && isObject(json) && !errorResponse(json);
}

function isObject(json: unknown): json is object {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

/** The error of a response that is no documented success. */
function failed(
  operation: Operation,
  response: TransportResponse,
  json: unknown,
  violations: readonly SchemaViolation[],
): SendCleanError {
  if (response.status === 407) return proxyError(response.status);
  if (response.status === 429) return rateLimited(json, response);
  if (errorResponse(json)) return serviceError(operation, json, response.status);
  if (response.status < 200 || response.status > 299) return httpError(response);
  if (!isObject(json)) return notAnObject(response, json);
  const { sentence } = violationError(violations, json);
  return failure(
    'unexpectedResponse',
    'unknown',
    phrase`SendClean's response cannot be read: ${sentence}`,
    response,
  );
}

/** An envelope in a list of its own, as one source has it, or the value itself. */
function unwrapped(json: unknown): unknown {
  if (!Array.isArray(json) || json.length !== 1) return json;
  const [only] = json as unknown[];
  return typeof only === 'object' && only !== null ? only : json;
}

function failure(
  kind: ErrorKind,
  fate: Fate,
  message: Words,
  { status }: { status: number },
  details: ErrorDetails = {},
): SendCleanError {
  return new SendCleanError(kind, fate, message, { status, ...details });
}

function rateLimited(json: unknown, response: TransportResponse): SendCleanError {
  const said = errorResponse(json) ? reasonOf(json) : '';
  const details = { retryAfter: response.headers['retry-after'] };
  const message = said
    ? phrase`SendClean's rate limit is reached: ${said}`
    : phrase`SendClean's rate limit is reached`;
  return failure('rateLimited', 'notSent', message, response, details);
}

/** What a class of errors means. */
interface Meaning {
  kind: ErrorKind;
  fate: Fate;
  /** What to check. */
  advice?: Phrase;
}

const refusedAccount: Meaning = {
  kind: 'authentication',
  fate: 'notSent',
  advice: phrase`check owner ID and token of the account`,
};

/** The classes that certainly come before the service takes an email, by their names without case, blanks and “_”. */
const knownErrors = new Map<string, Meaning>([
  ['validationerror', { kind: 'validation', fate: 'notSent' }],
  ['authenticationerror', refusedAccount],
  ['invalidkey', refusedAccount],
  ['invalidrequest', { kind: 'service', fate: 'notSent' }],
]);

/** What every other class means, such as `GeneralError`, or `SendingError`: “Your request is not completed.” */
const otherError: Meaning = { kind: 'service', fate: 'unknown' };

function serviceError(operation: Operation, envelope: ErrorResponse, status: number): SendCleanError {
  const code =
    typeof envelope.code === 'number' || typeof envelope.code === 'string' ? envelope.code : undefined;
  const serviceName = classOf(envelope.name) || classOf(envelope.type) || undefined;
  const details = { serviceName, code };
  const said = reasonOf(envelope);
  const meaning = knownErrors.get((serviceName ?? '').toLowerCase().replace(/[\s_]/g, ''));
  const isUnknownCall = /page not found/i.test(said) && (!serviceName || meaning?.kind === 'service');
  if (isUnknownCall) {
    const message = phrase`SendClean does not know the call ${operation.path} (${said}): check the app domain of the account`;
    return failure('service', 'notSent', message, { status }, details);
  }
  const { kind, fate, advice } = meaning ?? otherError;
  const reason = said || phrase`it gave no reason`;
  const named = serviceName ? phrase`${reason} (${serviceName})` : reason;
  const message = phrase`SendClean refused the call: ${named}`;
  return failure(kind, fate, advice ? phrase`${message}: ${advice}` : message, { status }, details);
}

/** The class of an error, from a text or an object with a name; empty if there is none. */
function classOf(value: unknown): string {
  const name = typeof value === 'object' && value !== null && 'name' in value ? value.name : value;
  return typeof name === 'string' ? oneLine(name) : '';
}

/** What the service says in an envelope, a list of messages as one sentence; empty if it says nothing. */
function reasonOf({ message }: ErrorResponse): string {
  const messages: unknown[] = Array.isArray(message) ? message : [message];
  return oneLine(messages.map(textOf).filter(Boolean).join('; '));
}

/** A message as text; an object, of which no source knows, as its JSON. */
function textOf(message: unknown): string {
  if (typeof message === 'string') return message.trim();
  return message === undefined || message === null ? '' : JSON.stringify(message);
}

function httpError(response: TransportResponse): SendCleanError {
  const { status } = response;
  if (status >= 300 && status < 400) {
    const message = phrase`SendClean's address answered with a redirect (HTTP ${status}), which is not followed so that the token stays where it belongs: check the app domain of the account`;
    return failure('unexpectedResponse', 'unknown', message, response);
  }
  const message = looksLikeHtml(response.body)
    ? phrase`SendClean answered with HTTP ${status} and a web page`
    : phrase`SendClean answered with HTTP ${status}`;
  return failure('service', 'unknown', message, response);
}

function notAnObject(response: TransportResponse, json: unknown): SendCleanError {
  const what =
    response.body.trim() === ''
      ? phrase`an empty response`
      : looksLikeHtml(response.body)
        ? phrase`a web page instead of JSON`
        : json === undefined
          ? phrase`broken JSON`
          : phrase`JSON that is not an object`;
  return failure(
    'unexpectedResponse',
    'unknown',
    phrase`SendClean answered with ${what} (HTTP ${response.status})`,
    response,
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
