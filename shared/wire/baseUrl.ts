import { shown } from '../quote';
import { accountError, readAccountSettings, type AccountSetting } from './account';
import { phrase } from '../phrase';

const label = '[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?';
const hostName = new RegExp(`^(?=.{1,253}$)(${label}\\.)+[a-z]${label}$`, 'i');

/**
 * Base URL of the service, with a slash at its end. An app domain may be given as the address that it is part of, and
 * an endpoint without its scheme.
 * @throws SendCleanError when the domain is no host name, or the endpoint could carry the token over an open network.
 */
export function baseUrl(entered: Readonly<Partial<Record<AccountSetting, unknown>>>): string {
  const { domain, endpoint } = readAccountSettings(entered);
  if (endpoint) return endpointUrl(endpoint);
  const host = domain
    .replace(/^https:\/\//i, '')
    .replace(/^api\./i, '')
    .replace(/\/(v1\.0\/?)?$/, '');
  if (!hostName.test(host)) {
    const expectation = phrase`must be a bare host name such as us1-mta1.sendclean.net, got ${shown(domain)}`;
    throw accountError('domain', expectation);
  }
  return `https://api.${host.toLowerCase()}/v1.0/`;
}

/** An address, also one without a scheme: http where that is allowed, else https. */
function parsed(endpoint: string): URL | undefined {
  if (endpoint.startsWith('/')) return undefined;
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(endpoint))
    return URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  const plain = `http://${endpoint}`;
  if (!URL.canParse(plain)) return undefined;
  return isPrivate(new URL(plain).hostname) ? new URL(plain) : new URL(`https://${endpoint}`);
}

function endpointUrl(endpoint: string): string {
  const url = parsed(endpoint);
  const plain = url?.protocol === 'http:';
  if (
    !url ||
    !(plain || url.protocol === 'https:') ||
    url.search ||
    url.hash ||
    url.username ||
    url.password
  ) {
    throw accountError(
      'endpoint',
      phrase`must be an address such as http://127.0.0.1:8025, without user, query or fragment`,
    );
  }
  if (!['/', '/v1.0', '/v1.0/'].includes(url.pathname))
    throw accountError('endpoint', phrase`must have no path`);
  if (plain && !isPrivate(url.hostname)) {
    throw accountError(
      'endpoint',
      phrase`must start with https://, because plain http is only for loopback and private addresses`,
    );
  }
  return `${url.origin}/v1.0/`;
}

/** Whether a host is a loopback or private address by RFC 1918, RFC 4193 and RFC 6761. */
function isPrivate(host: string): boolean {
  if (host === 'localhost' || host.endsWith('.localhost')) return true;
  if (host.startsWith('[')) return /^\[(::1|f[cd][0-9a-f]{2}:.*)\]$/.test(host);
  return /^(127|10)(\.\d+){3}$|^192\.168(\.\d+){2}$|^172\.(1[6-9]|2\d|3[01])(\.\d+){2}$/.test(host);
}
