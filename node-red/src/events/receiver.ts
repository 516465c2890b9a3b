import { setImmediate as afterDelivery } from 'node:timers/promises';
import { toSendCleanError } from '../../../shared/errors';
import { handshake } from '../../../shared/events/readEvents';
import { receive, type Reception } from '../../../shared/events/receive';
import { signatureHeader } from '../../../shared/events/signature';
import { sendOn } from '../passOn';
import type { HttpRequest, HttpResponse, Node, NodeAPI } from '../red';
import { eventMemory } from './eventMemory';
import type { EventStatus } from './eventStatus';
import { maxBytes, requestBody } from './requestBody';
import { signatureCheck } from './signatureCheck';
import type { EventSettings } from './settings';
import { phrase } from '../../../shared/phrase';
import { tell } from '../language';

/** Answers what is posted to a node, and starts its flow. */
export interface Receiver {
  answer(request: HttpRequest, response: HttpResponse): Promise<void>;
  /** Resolves when what has been read is answered; what comes later is left for SendClean to send again. */
  close(): Promise<void>;
}

type Answer = Pick<Reception, 'text'> & { status: number };

/** A status by which the service sends a batch again. */
const later: Answer = { status: 503, text: 'Not now' };

/** The receiver of a node, which takes one request after another, so that a batch that comes twice is known again. */
export function createReceiver(
  RED: NodeAPI,
  node: Node,
  settings: EventSettings,
  status: EventStatus,
): Receiver {
  const { choice, simplify, verifySignature, webhook } = settings;
  const memory = eventMemory(RED, node);
  const check = verifySignature && webhook ? signatureCheck(webhook) : undefined;
  let turn: Promise<unknown> = Promise.resolve();
  let isClosed = false;

  const take = async (content: unknown, signature: unknown): Promise<Answer> => {
    if (isClosed) return later;
    const known = await memory.known();
    const isSigned = check && (() => check(content, signature));
    const reception = await receive(content, { choice, simplify, known, isSigned });
    const { events, problem } = reception;
    if (problem) node.warn(tell(RED, problem));
    if (reception.status === 401) status.refused();
    if (events.length === 0) return reception;
    start(RED, node, events);
    status.received(events.length);
    // A batch that is remembered or answered does not come again, so the nodes that follow must have it by then.
    await afterDelivery();
    await memory.remember(reception.known);
    return reception;
  };

  const inTurn = (work: () => Promise<Answer>): Promise<Answer> => {
    const answer = turn.then(work).catch((error: unknown) => {
      node.warn(tell(RED, phrase`A request cannot be taken now: ${toSendCleanError(error).sentence}`));
      return later;
    });
    turn = answer;
    return answer;
  };

  return {
    async answer(request, response) {
      if (request.method !== 'POST') return reply(response, { status: 200, text: handshake });
      const body = await requestBody(request);
      if (body === 'cut off') return;
      if (body === 'too long') {
        node.warn(tell(RED, phrase`A request is longer than ${maxBytes / 1024 / 1024} MB`));
        return reply(response, { status: 413, text: 'Too long' });
      }
      const signature = request.headers[signatureHeader];
      reply(response, await inTurn(() => take(body.content, signature)));
    },
    async close() {
      isClosed = true;
      await turn;
    },
  };
}

/** One message for each event, with what a Join node puts the batch together by. */
function start(RED: NodeAPI, node: Node, events: Reception['events']): void {
  const id = RED.util.generateId();
  const count = events.length;
  for (const [index, payload] of events.entries()) {
    const parts = { id, type: 'array', len: 1, index, count };
    sendOn(RED, node, (msg) => node.send(msg), {
      _msgid: RED.util.generateId(),
      topic: payload.event,
      payload,
      parts,
    });
  }
}

function reply(response: HttpResponse, { status, text }: Answer): void {
  response.status(status).type('text/plain').send(text);
}
