import { SendCleanError, type Fate } from './errors';

/** What codes of Node.js mean. */
const reasons: Record<string, string> = {
  ECONNREFUSED: 'the connection was refused',
  ENOTFOUND: 'the host name is not known',
  EAI_AGAIN: 'the host name cannot be looked up now',
  EHOSTUNREACH: 'there is no way to the host',
  ENETUNREACH: 'there is no network',
};

/** The code of Node.js for a proxy that makes no connection to the service. */
const noTunnel = 'ERR_PROXY_TUNNEL';

/** Codes that only come before a byte of the request has left. */
const beforeRequest = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', noTunnel]);

/** System calls that come before a request. The other codes may come at any time, also after the service took it. */
const beforeRequestCalls = new Set(['connect', 'getaddrinfo']);

/** What Node.js says, with a code that comes at any time, of a connection that was closed during the TLS handshake. */
const closedInHandshake = 'Client network socket disconnected before secure TLS connection was established';

/** Codes for a certificate that was not accepted, so that nothing was sent; other faults of TLS come at any time. */
const certificate =
  /^CERT_|^(DEPTH_ZERO_)?SELF_SIGNED_CERT|^UNABLE_TO_(GET_ISSUER_CERT|VERIFY_LEAF_SIGNATURE)|^ERR_TLS_CERT_ALTNAME_INVALID$/;

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

/** The error for a request that ended without a reply, from whatever the HTTP client threw. */
export function noReplyError(thrown: unknown): SendCleanError {
  const fault = faultOf(thrown) ?? { code: '' };
  const { code, syscall } = fault;
  const details = code ? { code } : {};
  const isBefore = beforeRequest.has(code) || certificate.test(code) || beforeRequestCalls.has(syscall ?? '');
  const fate: Fate = isBefore ? 'notSent' : 'unknown';
  if (cancellations.has(code)) {
    return new SendCleanError(
      'cancelled',
      'unknown',
      'The run was cancelled while waiting for SendClean',
      details,
    );
  }
  if (timeouts.has(code)) {
    return new SendCleanError('timeout', fate, 'SendClean did not answer in time', details);
  }
  if (code === noTunnel) return proxyError(fault.statusCode);
  const told = isBefore ? `${notMade(code)}${checkAddress}` : 'the connection broke before an answer came';
  return new SendCleanError('network', fate, `SendClean cannot be reached: ${told}`, details);
}

const checkAddress = '; check the network and the app domain of the account';

/** Why no connection was made. */
function notMade(code: string): string {
  if (certificate.test(code)) return 'its certificate is not accepted';
  if (tls.test(code)) return 'no secure connection could be made';
  return reasons[code] ?? 'no connection could be made';
}

/** The error for a proxy that makes no connection to the service, with the HTTP status of its refusal if it gave one. */
export function proxyError(status: number | undefined): SendCleanError {
  const reason = status
    ? `the proxy refused the connection (HTTP ${status})`
    : 'there is no connection to the proxy';
  const message = `SendClean cannot be reached: ${reason}; check HTTPS_PROXY and NO_PROXY in the environment`;
  return new SendCleanError('network', 'notSent', message, { status, code: noTunnel });
}

/** Looks for a code through the errors that wrap one another: hosts wrap, and Node.js joins address attempts. */
function faultOf(thrown: unknown, depth = 0): Fault | undefined {
  if (typeof thrown !== 'object' || thrown === null || depth > 5) return undefined;
  const { code, name, message, syscall, statusCode, cause, errors } = thrown as Record<string, unknown>;
  const inner = [cause, ...(Array.isArray(errors) ? (errors as unknown[]) : [])]
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
