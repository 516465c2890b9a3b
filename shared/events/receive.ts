import type { WebhookEvent } from '../generated/events';
import { phrase, say, type Words } from '../phrase';
import { newEvents } from './newEvents';
import { handshake, readEvents } from './readEvents';
import { simplifyEvent, type SimpleEvent } from './simplifyEvent';
import { isWanted, type Choice } from './wanted';

/** How a request to a webhook's address is read. */
export interface Receiving {
  choice: Choice;
  /** Whether events are made easier to use, see `simplifyEvent.ts`. */
  simplify: boolean;
  /** What was seen before, see `newEvents.ts`. */
  known: readonly string[];
  /** Whether the request is signed as it should be; without it, no signature is looked at. */
  isSigned?: (() => Promise<boolean>) | undefined;
}

/** What a request to a webhook's address comes to. */
export interface Reception {
  /** HTTP status of the response, and its text. */
  status: 200 | 401;
  text: string;
  /** The events that start a flow, in their order. */
  events: (WebhookEvent | SimpleEvent)[];
  /** What is to be remembered, once the events are safe. */
  known: readonly string[];
  /** What was wrong with the request; a sentence for the log that holds nothing of it. */
  problem?: Words | undefined;
}

/**
 * Reads what was posted to a webhook's address. A request without an event is answered as the service wants it, whether
 * signed or not: it may be the service itself, which asks for its text before it adds the webhook.
 * @param body as for `readEvents`; one that is empty is a question for the text.
 */
export async function receive(body: unknown, options: Receiving): Promise<Reception> {
  const { choice, simplify, known, isSigned } = options;
  const answer: Reception = { status: 200, text: handshake, events: [], known };
  if (isEmpty(body)) return answer;
  const { events, problem } = readEvents(body);
  if (events.length === 0) return { ...answer, problem };
  if (isSigned && !(await isSigned()))
    return { ...answer, status: 401, text: say(unsigned), problem: unsigned };
  const fresh = newEvents(
    events.filter((event) => isWanted(event, choice)),
    known,
  );
  return {
    ...answer,
    events: simplify ? fresh.events.map(simplifyEvent) : fresh.events,
    known: fresh.known,
    problem,
  };
}

const unsigned = phrase`The signature of the request is missing or wrong`;

function isEmpty(body: unknown): boolean {
  if (typeof body === 'object' && body !== null) return Object.keys(body).length === 0;
  return body === undefined || body === null || body === '';
}
