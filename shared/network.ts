import { SendCleanError, type Fate } from './errors';

/** Faults of the network at which no byte of the request can have reached the service. */
const notSent: Record<string, string> = {
  ECONNREFUSED: 'the connection was refused',
  ENOTFOUND: 'the host name is not known',
  EAI_AGAIN: 'the host name cannot be looked up now',
  EHOSTUNREACH: 'there is no way to the host',
  ENETUNREACH: 'there is no network',
  EADDRNOTAVAIL: 'there is no network',
};

const timeouts = new Set(['ECONNABORTED', 'ETIMEDOUT', 'ESOCKETTIMEDOUT', 'TimeoutError']);
const cancellations = new Set(['ERR_CANCELED', 'ABORT_ERR', 'AbortError', 'CanceledError']);

/** Codes of Node.js for a TLS handshake that failed, so before any request was made. */
const tls = /CERT|^ERR_(TLS|SSL)_|^EPROTO$|SIGNATURE|SELF_SIGNED/;

/** What an HTTP client threw, as far as it tells what happened. */
interface Fault {
  code: string;
  syscall: string | undefined;
}

/** The error for a request that ended without a reply, from whatever the HTTP client threw. */
export function noReplyError(thrown: unknown): SendCleanError {
  const { code, syscall } = faultOf(thrown) ?? { code: '', syscall: undefined };
  const details = code ? { code } : {};
  const fate: Fate = code in notSent || tls.test(code) || syscall === 'connect' ? 'notSent' : 'unknown';
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
  const reason = tls.test(code)
    ? 'its certificate or encryption is not accepted'
    : (notSent[code] ?? 'the connection broke before an answer came');
  const mend = fate === 'notSent' ? '; check the network and the app domain of the account' : '';
  const message = `SendClean cannot be reached: ${reason}${code ? ` (${code})` : ''}${mend}`;
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
