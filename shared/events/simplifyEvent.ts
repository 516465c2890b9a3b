import { simplifiedEvent, type WebhookEvent } from '../generated/events';
import { simplified } from '../response/simplify';
import { parsed } from './parameters';

/** An event as flows can use it; a property is missing where the event does not have it. */
export interface SimpleEvent {
  event: string;
  /** ISO 8601, or as it came where it is no time. */
  time?: unknown;
  xUniqueId?: unknown;
  smtpUser?: unknown;
  email?: unknown;
  subject?: unknown;
  url?: unknown;
  ip?: unknown;
  userAgent?: unknown;
  reason?: unknown;
  /** The event as it came. */
  raw: WebhookEvent;
}

/**
 * An event that is easier to use in a flow. What the service puts into `msg` is not public, so a value is taken from
 * the event or from its `msg` if either has it under a name that the service uses elsewhere.
 */
export function simplifyEvent(event: WebhookEvent): SimpleEvent {
  const sources = [event, opened(event.msg)];
  const found = new Map<string, unknown>();
  for (const { property, kind, name } of simplifiedEvent) {
    const source = sources.find((one) => isGiven(one, property));
    if (source && !found.has(name)) found.set(name, simplified(kind, source[property]));
  }
  return { ...Object.fromEntries(found), event: event.event, raw: event };
}

/** An event's `msg`, also where that is text that holds JSON. */
function opened(msg: unknown): Record<string, unknown> {
  const content = typeof msg === 'string' ? parsed(msg) : msg;
  return typeof content === 'object' && content !== null ? { ...content } : {};
}

function isGiven(source: Record<string, unknown>, property: string): boolean {
  return Object.hasOwn(source, property) && source[property] !== undefined && source[property] !== null;
}
