import { SendCleanError, type Fate } from './errors';

/** What codes of Node.js mean. */
const reasons: Record<string, string> = {
  ECONNREFUSED: 'the connection was refused',
  ENOTFOUND: 'the host name is not known',
  EAI_AGAIN: 'the host name cannot be looked up now',
  EHOSTUNREACH: 'there is no way to the host',
  ENETUNREACH: 'there is no network',
};

/** Codes that only come before a byte of the request has left. */
const beforeRequest = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']);

/** System calls that come before a request. The other codes may come at any time, also after the service took it. */
const beforeRequestCalls = new Set(['connect', 'getaddrinfo']);

/** Codes for a certificate that was not accepted, so that nothing was sent; other faults of TLS come at any time. */
const certificate =
  /^CERT_|^(DEPTH_ZERO_)?SELF_SIGNED_CERT|^UNABLE_TO_(GET_ISSUER_CERT|VERIFY_LEAF_SIGNATURE)|^ERR_TLS_CERT_ALTNAME_INVALID$/;

const timeouts = new Set(['ECONNABORTED', 'ETIMEDOUT', 'ESOCKETTIMEDOUT', 'TimeoutError']);

const cancellations = new Set(['ERR_CANCELED', 'ABORT_ERR', 'AbortError', 'CanceledError']);

/** What an HTTP client threw, as far as it tells what happened. */
interface Fault {
  code: string;
  syscall: string | undefined;
}

/** The error for a request that ended without a reply, from whatever the HTTP client threw. */
export function noReplyError(thrown: unknown): SendCleanError {
  const { code, syscall } = faultOf(thrown) ?? { code: '', syscall: undefined };
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
  const reason = certificate.test(code) ? 'its certificate is not accepted' : isBefore && reasons[code];
  const mend = isBefore ? '; check the network and the app domain of the account' : '';
  const message = `SendClean cannot be reached: ${reason || 'the connection broke before an answer came'}${mend}`;
  return new SendCleanError('network', fate, message, details);
}

/** Looks for a code through the errors that wrap one another: hosts wrap, and Node.js joins address attempts. */
function faultOf(thrown: unknown, depth = 0): Fault | undefined {
  if (typeof thrown !== 'object' || thrown === null || depth > 5) return undefined;
  const { code, name, syscall, cause, errors } = thrown as Record<string, unknown>;
  const inner = [cause, ...(Array.isArray(errors) ? (errors as unknown[]) : [])]
    .map((one) => faultOf(one, depth + 1))
    .find((fault) => fault !== undefined);
  const known = typeof code === 'string' && /^[A-Z]/.test(code) ? code : knownName(name);
  if (!known || (inner && known === 'ERR_BAD_REQUEST')) return inner;
  return { code: known, syscall: typeof syscall === 'string' ? syscall : inner?.syscall };
}

function knownName(name: unknown): string | undefined {
  return typeof name === 'string' && (timeouts.has(name) || cancellations.has(name)) ? name : undefined;
}
