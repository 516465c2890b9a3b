import { SendCleanError, type Fate } from '../errors';
import { phrase, type Words } from '../phrase';

/** What codes of Node.js mean. */
const reasons = new Map([
  ['ECONNREFUSED', phrase`the connection was refused`],
  ['ENOTFOUND', phrase`the host name is not known`],
  ['EAI_AGAIN', phrase`the host name cannot be looked up now`],
  ['EHOSTUNREACH', phrase`there is no way to the host`],
  ['ENETUNREACH', phrase`there is no network`],
]);

/** The code of Node.js for a proxy that makes no connection to the service. */
const noTunnel = 'ERR_PROXY_TUNNEL';

/** Our code for a request that the host's own rules forbid. */
export const blockedByHost = 'ERR_BLOCKED_BY_HOST';

/**
 * Codes for a request that the host could not make, so that none left: of Node.js (nodejs.org/api/errors.html) for
 * addresses, headers, certificates of one's own and modules, and of axios for its options and the size of a body.
 * They come again when the request is made again.
 */
const cannotBeMade =
  /^ERR_(INVALID_(URL|PROTOCOL|CHAR|HTTP_TOKEN|DOMAIN_NAME|IP_ADDRESS)|HTTP_INVALID_HEADER_VALUE|UNESCAPED_CHARACTERS|SOCKET_BAD_PORT|STRING_TOO_LONG|BAD_OPTION(_VALUE)?|FR_MAX_BODY_LENGTH_EXCEEDED|TLS_INVALID_(CONTEXT|PROTOCOL_METHOD|PROTOCOL_VERSION)|TLS_PROTOCOL_VERSION_CONFLICT|OSSL_PEM_\w+|MODULE_NOT_FOUND)$|^MODULE_NOT_FOUND$/;

/** Codes only of looking a host name up (nodejs.org/api/dns.html, “Error codes”; `EAI_` are those of the system). */
const nameLookUp =
  /^EAI_|^E(NODATA|FORMERR|SERVFAIL|NOTFOUND|NOTIMP|REFUSED|BADQUERY|BADNAME|BADFAMILY|BADRESP|TIMEOUT|NONAME|BADHINTS|NOTINITIALIZED|LOADIPHLPAPI|ADDRGETNETWORKPARAMS)$/;

/** System calls that come before a request. The other codes may come at any time, also after the service took it. */
const beforeRequestCalls = /^(connect|getaddrinfo|bind|socket|query[A-Z]\w*)$/;

/** What Node.js says, with a code that comes at any time, of a connection that was closed during the TLS handshake. */
const closedInHandshake = 'Client network socket disconnected before secure TLS connection was established';

/** Codes for a certificate that was not accepted, so that nothing was sent; other faults of TLS come at any time. */
const certificate =
  /^CERT_|^(DEPTH_ZERO_)?SELF_SIGNED_CERT|^UNABLE_TO_(GET_ISSUER_CERT|VERIFY_LEAF_SIGNATURE)|^(INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED|HOSTNAME_MISMATCH|ERR_TLS_CERT_ALTNAME_INVALID)$/;

const timeouts = new Set(['ECONNABORTED', 'ETIMEDOUT', 'ESOCKETTIMEDOUT', 'TimeoutError']);

const cancellations = new Set(['ERR_CANCELED', 'ABORT_ERR', 'AbortError', 'CanceledError']);

/** Faults of TLS, of which only the host may know whether they come before the request. */
const tls = /^EPROTO$|^ERR_SSL_/;

/** What an HTTP client threw, as far as it tells what happened. */
interface Fault {
  code: string;
  syscall?: string | undefined;
  /** HTTP status of a proxy that refused the connection. */
  statusCode?: number | undefined;
}

/** The error for a request that ended without a response, from whatever the HTTP client threw. */
export function noResponseError(thrown: unknown): SendCleanError {
  const own = ownError(thrown);
  if (own) return own;
  const fault = faultOf(thrown) ?? { code: '' };
  const { code } = fault;
  if (cannotBeMade.test(code)) return notMadeError(code);
  const details = code ? { code } : {};
  const isBefore = isBeforeRequest(fault);
  const fate: Fate = isBefore ? 'notSent' : 'unknown';
  if (cancellations.has(code)) {
    return new SendCleanError(
      'cancelled',
      'unknown',
      phrase`The run was cancelled while waiting for SendClean`,
      details,
    );
  }
  if (timeouts.has(code)) {
    return new SendCleanError('timeout', fate, phrase`SendClean did not answer in time`, details);
  }
  if (code === noTunnel) return proxyError(fault.statusCode);
  const reason = isBefore
    ? phrase`${notMade(code)}; check the network and the app domain of the account`
    : phrase`the connection broke before an answer came`;
  return new SendCleanError('network', fate, phrase`SendClean cannot be reached: ${reason}`, details);
}

function isBeforeRequest({ code, syscall = '' }: Fault): boolean {
  if (code === 'ECONNREFUSED' || code === noTunnel) return true;
  return nameLookUp.test(code) || certificate.test(code) || beforeRequestCalls.test(syscall);
}

/** Why no connection was made. */
function notMade(code: string): Words {
  if (certificate.test(code)) return phrase`its certificate is not accepted`;
  if (tls.test(code)) return phrase`no secure connection could be made`;
  const otherwise = nameLookUp.test(code)
    ? phrase`the host name cannot be looked up`
    : phrase`no connection could be made`;
  return reasons.get(code) ?? otherwise;
}

/** The error for a proxy that makes no connection to the service, with the HTTP status of its refusal if it gave one. */
export function proxyError(status: number | undefined): SendCleanError {
  const reason = status
    ? phrase`the proxy refused the connection (HTTP ${status})`
    : phrase`there is no connection to the proxy`;
  const message = phrase`SendClean cannot be reached: ${reason}; check HTTPS_PROXY and NO_PROXY in the environment`;
  return new SendCleanError('network', 'notSent', message, { status, code: noTunnel });
}

/**
 * The error for a request that could not be made, from what was thrown before anything was sent. Of that only its code
 * or its name is shown: its message may hold the request.
 */
export function notStartedError(thrown: unknown): SendCleanError {
  const name = thrown instanceof Error ? thrown.name : typeof thrown;
  return ownError(thrown) ?? notMadeError(faultOf(thrown)?.code ?? name);
}

function notMadeError(code: string): SendCleanError {
  const where =
    code === 'ERR_INVALID_URL'
      ? phrase`an address is not valid; check the account, HTTPS_PROXY and NO_PROXY`
      : phrase`the request could not be made (${code}); check the account and the setup of the host`;
  return new SendCleanError('network', 'notSent', phrase`SendClean cannot be reached: ${where}`, { code });
}

/** Whether an error will come again however often the request is made. */
export function isLasting({ code }: SendCleanError): boolean {
  return typeof code === 'string' && (code === blockedByHost || cannotBeMade.test(code));
}

/** An error of the core that a host has wrapped. */
function ownError(thrown: unknown): SendCleanError | undefined {
  return errorChain(thrown).find((one) => one instanceof SendCleanError);
}

/** An error, and those that it wraps or joins, the outermost first. */
export function errorChain(thrown: unknown, depth = 0): Record<string, unknown>[] {
  if (typeof thrown !== 'object' || thrown === null || depth > 5) return [];
  const level = thrown as Record<string, unknown>;
  return [level, ...innerOf(level).flatMap((one) => errorChain(one, depth + 1))];
}

function innerOf({ cause, errors }: Record<string, unknown>): unknown[] {
  return [cause, ...(Array.isArray(errors) ? (errors as unknown[]) : [])];
}

/** Looks for a code through the errors that wrap one another: hosts wrap, and Node.js joins address attempts. */
function faultOf(thrown: unknown, depth = 0): Fault | undefined {
  if (typeof thrown !== 'object' || thrown === null || depth > 5) return undefined;
  const level = thrown as Record<string, unknown>;
  const { code, name, message, syscall, statusCode } = level;
  const inner = innerOf(level)
    .map((one) => faultOf(one, depth + 1))
    .find((fault) => fault !== undefined);
  const known = typeof code === 'string' && /^[A-Z]/.test(code) ? code : knownName(name);
  if (!known || (inner && known === 'ERR_BAD_REQUEST')) return inner;
  return {
    code: known,
    syscall:
      message === closedInHandshake ? 'connect' : typeof syscall === 'string' ? syscall : inner?.syscall,
    statusCode: typeof statusCode === 'number' ? statusCode : inner?.statusCode,
  };
}

function knownName(name: unknown): string | undefined {
  return typeof name === 'string' && (timeouts.has(name) || cancellations.has(name)) ? name : undefined;
}
