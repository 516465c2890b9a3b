import assert from 'node:assert/strict';
import type { SendingDomainState } from '../../sandbox/src/settings/sendingDomains';
import { account } from '../support/sandbox';

/** Makes one call of the service at its path, with the sandbox's credentials; the envelope of the response. */
export async function callAt(
  url: string,
  path: string,
  request: object = {},
): Promise<Record<string, unknown>> {
  const { owner_id, token } = account;
  const response = await fetch(`${url}/v1.0/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ owner_id, token, ...request }),
  });
  return (await response.json()) as Record<string, unknown>;
}

/** The only record of a list that fits, or undefined. */
export function recordOf(
  list: unknown,
  property: string,
  value: unknown,
): Record<string, unknown> | undefined {
  const records = list as Record<string, unknown>[];
  return records.find((record) => record[property] === value);
}

/** What the service says of a request that it refuses. */
export function refused(message: string, name = 'ValidationError'): object {
  return { status: 'error', code: -1, name, message };
}

/** Decides what DNS says of a sending domain from now on. */
export async function setDns(url: string, domain: string, state: Partial<SendingDomainState>): Promise<void> {
  const response = await fetch(`${url}/_sandbox/sending-domains/${domain}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(state),
  });
  assert.equal(response.status, 204);
}
