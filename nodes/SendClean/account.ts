import type { IExecuteFunctions } from 'n8n-workflow';
import { baseUrl } from '../../shared/account';

/** What the node itself needs of the credential; n8n adds owner ID and token to each request. */
export interface Account {
  /** SMTP user for items that name none. */
  smtpUser: string;
  /** Takes the token out of a text that came from outside. */
  redact(text: string): string;
}

/**
 * Reads the credential of the node.
 * @throws SendCleanError when its app domain or endpoint cannot be used.
 */
export async function readAccount(context: IExecuteFunctions): Promise<Account> {
  const { domain, endpoint, smtpUser, token } =
    await context.getCredentials<Record<string, string>>('sendCleanApi');
  baseUrl({ domain, endpoint });
  const secrets = token ? [token, encodeURIComponent(token)] : [];
  return {
    smtpUser: smtpUser ?? '',
    redact: (text) => secrets.reduce((redacted, secret) => redacted.replaceAll(secret, '***'), text),
  };
}
