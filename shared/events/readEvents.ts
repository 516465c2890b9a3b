import type { WebhookEvent } from '../generated/events';
import { webhookEvent } from '../generated/validators';
import { isHarmless } from '../response/readJson';
import { parameterValues, parsed } from './parameters';
import { phrase, type Words } from '../phrase';

/**
 * What SendClean wants to read at a webhook's address before it adds the webhook, and in answer to each batch
 * (vendor's page “Webhooks”).
 */
export const handshake = 'God bless you, SendClean';

/** So many events are read at once; the service's own batches are smaller by far, as it asks for an answer in time. */
export const maxEvents = 10_000;

/** So deeply may an event be nested: what copies and stores it in a host calls itself for each level. */
const maxDepth = 64;

/** What a body holds. */
export interface Batch {
  /** In the order of the body, each as it came. */
  events: WebhookEvent[];
  /** What the body, or a part of it, is not; a sentence for the log that holds nothing of the body. */
  problem?: Words;
}

/**
 * Reads the events that SendClean posts to a webhook's address. They are in a parameter whose name ends in
 * `tes_events`, of a form or of a JSON object, as a list or as text that holds one; a list alone is read as well.
 * @param body text as it came, or what a host has made of it: an object of parameters or a list.
 */
export function readEvents(body: unknown): Batch {
  const lists = parameterValues(body).map(listOf);
  if (lists.length === 0) return { events: [], problem: phrase`The request has no list of events` };
  const entries = lists.flatMap((list) => list ?? []);
  if (entries.length > maxEvents)
    return { events: [], problem: phrase`The request has more than ${maxEvents} events` };
  const events = entries.filter(isEvent);
  const others = entries.length - events.length + lists.filter((list) => !list).length;
  if (others === 0) return { events };
  return {
    events,
    problem: phrase`${others} of ${others + events.length} entries of the request are not events`,
  };
}

/** The entries of a list, or of a text that holds one. */
function listOf(value: unknown): unknown[] | undefined {
  const list = typeof value === 'string' ? parsed(value) : value;
  return Array.isArray(list) ? list : undefined;
}

function isEvent(value: unknown): value is WebhookEvent {
  return webhookEvent(value) && isHarmless(value, maxDepth);
}
