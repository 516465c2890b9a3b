import assert from 'node:assert/strict';
import { emailForm } from '../support/n8nForm';
import { setTimeout as sleep } from 'node:timers/promises';
import { messages } from '../sandbox/client';
import type { N8nWorkflow } from './n8n';
import { chain, sendClean, webhook } from './n8nWorkflow';

export interface Order {
  id: number;
}

/**
 * Orders, each of which gets an email.
 * @param first the number of the first one. Tests that share a running host need numbers of their own: the host
 * remembers for which orders it has sent emails.
 */
export function orders(count: number, first = 1): Order[] {
  return Array.from({ length: count }, (_, index) => ({ id: first + index }));
}

/** The X-Unique-Id of an order's mail. */
export const uniqueId = (id: number | string) => `order-${id}`;

/**
 * A workflow that sends an email for each order of a POST to its webhook, under an X-Unique-Id made of the order.
 * @param options of the node
 */
export function ordersWorkflow(path: string, credential: string, options: object): N8nWorkflow {
  const splitOut = { fieldToSplitOut: 'body.orders', options: {} };
  const mail = {
    ...emailForm,
    to: '=customer-{{ $json.id }}@example.com',
    subject: '=Your order {{ $json.id }}',
    emailFormat: 'text',
    text: 'Thank you.',
    options: { xUniqueId: `=${uniqueId('{{ $json.id }}')}`, ...options },
  };
  const nodes = [
    { name: 'Split Out', type: 'n8n-nodes-base.splitOut', typeVersion: 1, parameters: splitOut },
    sendClean('Send Mail', mail, credential),
  ];
  return chain(path, nodes, webhook(path));
}

/** What a host answers when orders are placed: its status, and what happened to each mail. */
export interface Answer {
  status: number;
  results: { skipped?: true }[];
}

/** Asks until the answer is not HTTP 404: n8n has a webhook only some moments after its workflow is published. */
export async function onceThere(ask: () => Promise<Response>): Promise<Response> {
  let response = await ask();
  for (let tries = 0; tries < 100 && response.status === 404; tries += 1) {
    await sleep(50);
    response = await ask();
  }
  return response;
}

/** Places orders by a POST to a host. */
export async function place(url: string, placed: readonly Order[]): Promise<Answer> {
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ orders: placed });
  const response = await onceThere(() => fetch(url, { method: 'POST', headers, body }));
  const results: unknown = await response.json();
  return { status: response.status, results: Array.isArray(results) ? results : [] };
}

/** How many of the emails had been sent before. */
export function skipped(results: Answer['results']): number {
  return results.filter((result) => result.skipped).length;
}

/** Waits until emails have arrived, and gives their number, which may be higher by then. */
export async function arrived(sandbox: string, count: number): Promise<number> {
  for (const deadline = Date.now() + 60_000; Date.now() < deadline; await sleep(50)) {
    const { length } = await messages(sandbox);
    if (length >= count) return length;
  }
  return assert.fail(`Waited in vain for ${count} mails`);
}

/** Checks that the inbox has one email for each order, and no other. */
export async function assertEachOnce(sandbox: string, placed: readonly Order[]): Promise<void> {
  const ids = (await messages(sandbox)).map(({ xUniqueId }) => xUniqueId);
  assert.deepEqual(ids.sort(), placed.map(({ id }) => uniqueId(id)).sort());
}
