import { createClient } from './client';
import { SendCleanError } from './errors';
import { operations } from './generated/operations';
import type { OperationName } from './generated/types';
import type { Operation } from './model';
import type { ClientOptions } from './delivery/options';

/** A person waits for the answer, so it comes sooner than that of a send, and after one request. */
const limits = { timeout: 15, attempts: 1 };

/** The read that the operation files declare as harmless. */
const probe = Object.values<Operation<OperationName>>(operations).find(({ accountTest }) => accountTest);

/**
 * Tests an account by one harmless read of the service.
 * @param options of a client whose transport has the account.
 * @returns what is wrong with the account, in one sentence; undefined if nothing is.
 */
export async function testAccount(
  options: Omit<ClientOptions, 'limits' | 'rateLimiter'>,
): Promise<string | undefined> {
  if (!probe) throw new Error('No operation is declared as the test of an account');
  try {
    const client = createClient({ ...options, limits });
    await client.run(client.prepare(probe.name, { ...probe.accountTest }), { limit: 1 });
    return undefined;
  } catch (error) {
    if (error instanceof SendCleanError) return error.message;
    throw error;
  }
}
