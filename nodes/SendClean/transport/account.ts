import type { ICredentialsDecrypted } from 'n8n-workflow';
import { readAccountSettings, requireSecrets } from '../../../shared/wire/account';
import { SendCleanError } from '../../../shared/errors';
import { createRedact, type Redact } from '../../../shared/response/redact';
import { baseUrl } from '../../../shared/wire/baseUrl';
import type { Context } from './transport';
import { phrase } from '../../../shared/phrase';

/** What the node needs of the credential; n8n adds owner ID and token to each request. */
export interface Account {
  /** Tells it from other accounts; to be held in memory only. */
  key: string;
  /** SMTP user for items that name none. */
  smtpUser: string;
  /** Takes owner ID and token out of what the service says. */
  redact: Redact;
  /** The credential for n8n's HTTP helper. */
  credential: ICredentialsDecrypted;
}

const type = 'sendCleanApi';

/**
 * Reads the credential of the node.
 * @throws SendCleanError when one of its settings cannot be used.
 */
export async function readAccount(context: Context): Promise<Account> {
  const data = await context.getCredentials<Record<string, string>>(type).catch(notRead);
  const settings = readAccountSettings(data);
  requireSecrets(settings, 'credential');
  const { smtpUser, ownerId, token } = settings;
  const { id, name } = { id: '', name: '', ...context.getNode().credentials?.[type] };
  return {
    key: JSON.stringify([baseUrl(settings), ownerId]),
    smtpUser,
    redact: createRedact({ ownerId, token }),
    credential: { id: id ?? '', name, type, data },
  };
}

/** n8n's own sentence says why it cannot give the credential, e.g. because its encryption key is another one. */
function notRead(thrown: unknown): never {
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  throw new SendCleanError('validation', 'notSent', phrase`The credential cannot be read: ${reason}`);
}
