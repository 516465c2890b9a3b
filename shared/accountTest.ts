import { createClient } from './client';
import { SendCleanError } from './errors';
import { operations } from './generated/operations';
import type { OperationName } from './generated/types';
import type { Operation } from './model';
import type { ClientOptions } from './delivery/options';
import { accountLabels, addressSetting, type AccountSettings } from './wire/account';

/** A person waits for the answer, so it comes sooner than that of a send, and after one request. */
const limits = { timeout: 15, attempts: 1 };

/** The read that the operation files declare as harmless. */
const probe = Object.values<Operation<OperationName>>(operations).find(({ accountTest }) => accountTest);

/**
 * Tests an account by one harmless read of the service.
 * @param options of a client whose transport has the account.
 * @param settings of the account, to name the one that leads to another service.
 * @returns what is wrong with the account, in one sentence; undefined if nothing is.
 */
export async function testAccount(
  options: Omit<ClientOptions, 'limits' | 'rateLimiter'>,
  settings: Pick<AccountSettings, 'endpoint'>,
): Promise<string | undefined> {
  if (!probe) throw new Error('No operation is declared as the test of an account');
  try {
    const client = createClient({ ...options, limits });
    await client.run(client.prepare(probe.name, { ...probe.accountTest }), { limit: 1 });
    return undefined;
  } catch (error) {
    if (!(error instanceof SendCleanError)) throw error;
    return isOfAnother(error) ? anotherService(error, settings) : error.message;
  }
}

/** Whether an answer is none of SendClean's, whose errors have a name or a reason. */
function isOfAnother({ kind, status, serviceName }: SendCleanError): boolean {
  const isNoError = kind === 'service' && status !== undefined && status >= 400 && status < 500;
  const isRedirect = status !== undefined && status >= 300 && status < 400;
  return (kind === 'unexpectedResponse' || isNoError) && status !== undefined && !isRedirect && !serviceName;
}

function anotherService({ status }: SendCleanError, settings: Pick<AccountSettings, 'endpoint'>): string {
  const label = accountLabels[addressSetting(settings)];
  return `The address in ${label} answers, but not as SendClean does (HTTP ${status}): check ${label}`;
}
