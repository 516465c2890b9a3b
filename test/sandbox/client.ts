import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { operations } from '../../shared/generated/operations';
import type { OperationName, Operations } from '../../shared/generated/types';
import type { Message, MessageSummary } from '../../sandbox/src/records';
import { account } from '../support/sandbox';

export const mail = {
  smtp_user_name: account.smtpUser,
  message: {
    from_email: 'shop@example.com',
    to: [{ email: 'jane@example.com' }],
    subject: 'Your order',
    text: 'Thank you.',
  },
} satisfies Operations['sendMail']['request'];

/** The same email under an X-Unique-Id, to as many recipients as are named. */
export function mailUnder(xUniqueId: string, ...emails: string[]): Operations['sendMail']['request'] {
  const to = emails.length > 0 ? emails.map((email) => ({ email })) : mail.message.to;
  return { ...mail, message: { ...mail.message, to, headers: { 'X-Unique-Id': xUniqueId } } };
}

/** Makes one POST call with the sandbox's credentials, unless the request has others. */
export function post(url: string, name: OperationName, request: object): Promise<Response> {
  const { owner_id, token } = account;
  return fetch(`${url}/v1.0/${operations[name].path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ owner_id, token, ...request }),
  });
}

/** The envelope of one POST call. */
export async function call(url: string, name: OperationName, request: object): Promise<unknown> {
  return (await post(url, name, request)).json();
}

/** Makes the GET send with the sandbox's credentials. */
export function get(url: string, query: Record<string, string>): Promise<Response> {
  const { owner_id, token } = account;
  const pairs = new URLSearchParams({ owner_id, token, ...query }).toString();
  return fetch(`${url}/v1.0/${operations.sendTemplateGet.path}?${pairs}`);
}

/** Makes one control request; `body` makes it a POST unless a method is named. */
export function control(url: string, path: string, body?: object, method?: string): Promise<Response> {
  return fetch(`${url}/_sandbox/${path}`, {
    method: method ?? (body ? 'POST' : 'GET'),
    ...(body ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {}),
  });
}

/** What a sandbox keeps for tests and people to look at. */
type Kept = 'messages' | 'faults' | 'requests';

/** Forgets what a sandbox has kept of what went before. */
export async function clear(url: string, ...kept: Kept[]): Promise<void> {
  for (const one of kept) assert.equal((await control(url, one, undefined, 'DELETE')).status, 204);
}

export async function fault(url: string, description: object): Promise<void> {
  assert.equal((await control(url, 'faults', description)).status, 201);
}

export async function messages(url: string): Promise<MessageSummary[]> {
  return (await (await control(url, 'messages')).json()) as MessageSummary[];
}

export async function message(url: string, id: number): Promise<Message> {
  return (await (await control(url, `messages/${id}`)).json()) as Message;
}

/** Waits until something holds, asking again every 10 ms; gives up after 5 s. */
export async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 500; tries += 1) {
    if (await holds()) return;
    await sleep(10);
  }
  assert.fail(`Waited in vain until ${what}`);
}
