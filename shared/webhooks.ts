import type { Client } from './client';
import { SendCleanError } from './errors';
import { operations } from './generated/operations';
import type { OperationName } from './generated/types';
import { webhookEvents, type Choice, type Operation, type WebhookCalls } from './model';
import { phrase } from './phrase';

/** The read that lists webhooks, by what its operation file declares. */
const listing = Object.values<Operation<OperationName>>(operations).find(({ webhooks }) => webhooks);

/** The events that a webhook can report, in the order of the form. */
export const eventChoices: readonly Choice[] =
  webhookEvents(Object.values<Operation>(operations))?.choices ?? [];

/** What a host wants of the service: to post these events to its URL. */
export interface WantedWebhook {
  url: string;
  /** Names of events. */
  events: readonly string[];
  /** What the webhook is for, shown where webhooks are listed. */
  about: string;
}

/** A webhook that an account has. */
export interface Webhook {
  id: string;
  /** What the service signs with: a secret. Empty where the list does not tell. */
  key: string;
}

/**
 * Has the service post events to a URL: one that it has already is left alone, or edited if its events differ. A
 * webhook is known by its URL, as the response to an addition has neither ID nor key.
 * @throws SendCleanError when the service refuses, as when the URL does not answer it, or does not list the webhook.
 */
export async function keepWebhook(client: Client, wanted: WantedWebhook): Promise<Webhook> {
  const known = (await listed(client, wanted.url))[0];
  if (known && reports(known, wanted.events)) return known;
  const failure = await certain(known ? edit(client, known.id, wanted) : add(client, wanted));
  const kept = (await listed(client, wanted.url)).find((one) => reports(one, wanted.events));
  if (kept) return kept;
  throw failure ?? notListed();
}

/** The webhook with a URL, if the account has one. */
export async function findWebhook(client: Client, url: string): Promise<Webhook | undefined> {
  return (await listed(client, url))[0];
}

/**
 * Has the service post nothing more to a URL.
 * @throws SendCleanError when it is not certain that its webhook is gone.
 */
export async function removeWebhook(client: Client, url: string): Promise<void> {
  for (const { id } of await listed(client, url)) {
    const failure = await certain(remove(client, id));
    if (failure && (await listed(client, url)).some((one) => one.id === id)) throw failure;
  }
}

interface Listed extends Webhook {
  events: string;
}

async function listed(client: Client, url: string): Promise<Listed[]> {
  const { name, calls } = declared();
  const records = await client.run(client.prepare(name, {}), { includeSecrets: true });
  return [records].flat().flatMap((record) => {
    const of = (property: string) => textOf(record, property);
    if (of(calls.url) !== url) return [];
    return [{ id: of(calls.id), key: of(calls.key), events: of(calls.events) }];
  });
}

function textOf(record: object, property: string): string {
  const value: unknown = new Map<string, unknown>(Object.entries(record)).get(property);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** Whether a webhook reports these events and no others, in whatever order. */
function reports({ events }: Listed, wanted: readonly string[]): boolean {
  const names = events.split(',').map((name) => name.trim());
  return names.sort().join() === [...wanted].sort().join();
}

function add(client: Client, { url, events, about }: WantedWebhook): Promise<unknown> {
  const { calls } = declared();
  const request = {
    [calls.url]: url,
    [calls.events]: events.join(','),
    [calls.about]: about,
  };
  return client.run(client.prepare(calls.add as OperationName, request));
}

/** The description stays as it is: a person may have written it. */
function edit(client: Client, id: string, { url, events }: WantedWebhook): Promise<unknown> {
  const { calls } = declared();
  const request = { [calls.id]: id, [calls.url]: url, [calls.events]: events.join(',') };
  return client.run(client.prepare(calls.edit as OperationName, request));
}

function remove(client: Client, id: string): Promise<unknown> {
  const { calls } = declared();
  return client.run(client.prepare(calls.remove as OperationName, { [calls.id]: id }));
}

/**
 * Makes a change of which the list shows whether it was made.
 * @returns the error that left it unknown, if one did.
 */
async function certain(change: Promise<unknown>): Promise<SendCleanError | undefined> {
  try {
    await change;
    return undefined;
  } catch (error) {
    if (error instanceof SendCleanError && error.fate === 'unknown') return error;
    throw error;
  }
}

function declared(): { name: OperationName; calls: WebhookCalls } {
  if (!listing?.webhooks) throw new Error('No operation is declared as the list of webhooks');
  return { name: listing.name, calls: listing.webhooks };
}

function notListed(): SendCleanError {
  const message = phrase`SendClean took the webhook, but does not list it with the events that were chosen`;
  return new SendCleanError('unexpectedResponse', 'unknown', message, { effect: 'change' });
}
