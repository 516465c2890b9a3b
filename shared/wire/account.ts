import { invalid, type SendCleanError } from '../errors';
import { phrase, type Words } from '../phrase';

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
        phrase`must not contain a line break or an invisible character (${codePoint(sign)}): enter it again`,
      );
    return [name, value] as const;
  });
  return Object.fromEntries(read) as AccountSettings;
}

/** The setting that says where an account's service is. */
export function addressSetting({ endpoint }: Pick<AccountSettings, 'endpoint'>): 'endpoint' | 'domain' {
  return endpoint ? 'endpoint' : 'domain';
}

const inPlace = {
  account: phrase`is required: set it in the SendClean account`,
  credential: phrase`is required: set it in the SendClean credential`,
};

/** @throws SendCleanError when owner ID or token is missing, with the name of the place where the host keeps them. */
export function requireSecrets(settings: AccountSettings, place: 'account' | 'credential'): void {
  for (const name of ['ownerId', 'token'] as const)
    if (!settings[name]) throw accountError(name, inPlace[place]);
}

function codePoint(sign: string): string {
  return `U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** The error for a setting that cannot be used, named as in the forms. Nothing was sent. */
export function accountError(name: AccountSetting, expectation: Words): SendCleanError {
  return invalid(name, expectation, accountLabels[name]);
}
