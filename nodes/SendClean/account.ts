import type { IExecuteFunctions } from 'n8n-workflow';
import { baseUrl } from '../../shared/account';
import { createRedact, type Redact } from '../../shared/redact';

/** What the node itself needs of the credential; n8n adds owner ID and token to each request. */
export interface Account {
  /** SMTP user for items that name none. */
  smtpUser: string;
  /** Takes the token out of what the service says. */
  redact: Redact;
}

/**
 * Reads the credential of the node.
 * @throws SendCleanError when its app domain or endpoint cannot be used.
 */
export async function readAccount(context: IExecuteFunctions): Promise<Account> {
  const { domain, endpoint, smtpUser, token } =
    await context.getCredentials<Record<string, string>>('sendCleanApi');
  baseUrl({ domain, endpoint });
  return { smtpUser: smtpUser ?? '', redact: createRedact(token ?? '') };
}
