import { SendCleanError } from '../../../shared/errors';
import { blockedByHost, errorChain } from '../../../shared/response/networkErrors';
import { phrase } from '../../../shared/phrase';

/**
 * The errors of n8n's SSRF protection, by their names (`@n8n/backend-network`, since n8n 2), with what its
 * administrator can do.
 */
const blocks = new Map([
  [
    'SsrfBlockedIpError',
    'N8N_SSRF_PROTECTION_ENABLED; to allow it, the administrator of n8n adds the host to N8N_SSRF_ALLOWED_HOSTNAMES or its address to N8N_SSRF_ALLOWED_IP_RANGES',
  ],
  [
    'SsrfBlockedHostnameError',
    'N8N_SSRF_BLOCKED_HOSTNAMES; to allow it, the administrator of n8n removes it there or adds it to N8N_SSRF_ALLOWED_HOSTNAMES',
  ],
]);

/** The error for a request that n8n itself blocked before it left, if that is what n8n's helper threw. */
export function blockedError(thrown: unknown): SendCleanError | undefined {
  for (const { name, ip, hostname } of errorChain(thrown)) {
    const setting = typeof name === 'string' ? blocks.get(name) : undefined;
    if (setting === undefined) continue;
    const target = [hostname, ip].filter((one) => typeof one === 'string' && one !== '').join(', ');
    const message = phrase`SendClean cannot be reached: n8n itself blocks the address${target && ` ${target}`} by its setting ${setting}`;
    return new SendCleanError('network', 'notSent', message, { code: blockedByHost });
  }
  return undefined;
}
