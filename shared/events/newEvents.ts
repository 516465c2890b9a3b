import type { WebhookEvent } from '../generated/events';

/** So many events are remembered. */
export const maxKnown = 5_000;

/** Longer IDs are not remembered, so that what is kept has a size. */
const longestKey = 300;

/**
 * The events that were not seen before. The service sends a batch again unless it was answered in time, so an event may
 * come twice; it is known by its `_id` and what happened. One without an `_id` is always new.
 * @param known what this function returned for the events before, the oldest first; it is not changed.
 * @returns the new events, in order, and what to keep for the next ones.
 */
export function newEvents(
  events: readonly WebhookEvent[],
  known: readonly string[],
): { events: WebhookEvent[]; known: string[] } {
  const keys = new Set(known);
  const fresh = events.filter((event) => {
    const key = keyOf(event);
    if (key === undefined) return true;
    const isNew = !keys.has(key);
    keys.add(key);
    return isNew;
  });
  return { events: fresh, known: [...keys].slice(-maxKnown) };
}

function keyOf({ _id: id, event }: WebhookEvent): string | undefined {
  if ((typeof id !== 'string' && typeof id !== 'number') || id === '') return undefined;
  const key = `${event} ${id}`;
  return key.length <= longestKey ? key : undefined;
}
