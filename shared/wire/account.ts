import { invalid, type SendCleanError } from '../errors';
import { shown } from '../quote';

/** The settings of an account, with the labels that the forms of both hosts show. */
export const accountLabels = {
  ownerId: 'Owner ID',
  token: 'Token',
  smtpUser: 'SMTP User',
  /** The app domain that the SendClean panel shows, e.g. `us1-mta1.sendclean.net`. */
  domain: 'App Domain',
  /** Base address of another service, e.g. of the sandbox; wins over the domain. */
  endpoint: 'Custom Endpoint',
} as const;

export type AccountSetting = keyof typeof accountLabels;

/** What an account was set to, without blanks and line breaks around it; what is not set is empty. */
export type AccountSettings = Record<AccountSetting, string>;

/** The names of all settings. */
export const accountSettings = Object.keys(accountLabels) as AccountSetting[];

/** Control characters, others that nobody sees, such as a byte order mark, and halves of surrogate pairs. */
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/** A setting as it was entered, without blanks and line breaks around it, which come along when it is pasted. */
export function trimmed(entered: unknown): string {
  return typeof entered === 'string' || typeof entered === 'number' ? String(entered).trim() : '';
}

/**
 * Reads the settings of an account as they were entered.
 * @throws SendCleanError for a setting with an invisible character within; it does not show the setting, which may
 * be the token.
 */
export function readAccountSettings(entered: Readonly<Record<string, unknown>>): AccountSettings {
  const read = accountSettings.map((name) => {
    const value = trimmed(entered[name]);
    const [sign] = invisible.exec(value) ?? [];
    if (sign !== undefined)
      throw accountError(
        name,
        `must not contain a line break or an invisible character (${codePoint(sign)}): enter it again`,
      );
    return [name, value] as const;
  });
  return Object.fromEntries(read) as AccountSettings;
}

/** @throws SendCleanError when owner ID or token is missing, with the name of the place where the host keeps them. */
export function requireSecrets(settings: AccountSettings, place: string): void {
  for (const name of ['ownerId', 'token'] as const)
    if (!settings[name]) throw accountError(name, `is required: set it in the SendClean ${place}`);
}

function codePoint(sign: string): string {
  return `U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** The error for a setting that cannot be used, named as in the forms. Nothing was sent. */
export function accountError(name: AccountSetting, expectation: string): SendCleanError {
  return invalid(name, expectation, accountLabels[name]);
}

const label = '[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?';
const hostName = new RegExp(`^(?=.{1,253}$)(${label}\\.)+[a-z]${label}$`, 'i');

/**
 * Base URL of the service, with a slash at its end.
 * @throws SendCleanError when the domain is not a bare host name, or the endpoint could carry the token over an
 * open network.
 */
export function baseUrl(entered: Readonly<Partial<Record<AccountSetting, unknown>>>): string {
  const { domain, endpoint } = readAccountSettings(entered);
  if (endpoint) return endpointUrl(endpoint);
  if (!hostName.test(domain)) {
    const expectation = `must be a bare host name such as us1-mta1.sendclean.net, got ${shown(domain)}`;
    throw accountError('domain', expectation);
  }
  return `https://api.${domain.toLowerCase()}/v1.0/`;
}

function endpointUrl(endpoint: string): string {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
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
      'must be an address such as http://127.0.0.1:8025, without user, query or fragment',
    );
  }
  if (!['/', '/v1.0', '/v1.0/'].includes(url.pathname)) throw accountError('endpoint', 'must have no path');
  if (plain && !isPrivate(url.hostname)) {
    throw accountError(
      'endpoint',
      'must start with https://, because plain http is only for loopback and private addresses',
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
