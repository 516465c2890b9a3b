import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { handshake } from '../../shared/events/readEvents';
import { toSendCleanError } from '../../shared/errors';
import { parametersOf, readBody } from '../../shared/events/parameters';
import { receive, type Reception } from '../../shared/events/receive';
import { say, type Words } from '../../shared/phrase';
import { eventChoices, findWebhook } from '../../shared/webhooks';
import { isSignedNow, signatureHeader } from '../../shared/events/signature';
import { clock } from '../SendClean/transport/transport';
import { inTurn } from './inTurn';
import { accountClient, registrationOf, urlOf } from './registration';
import { readTrigger, type TriggerSettings } from './settings';

/** What has come for each trigger of this process, by which a repeated event is known before n8n has stored it. */
const remembered = new Map<string, readonly string[]>();

const all = eventChoices.map(({ value }) => value);

/**
 * Answers SendClean, and starts the workflow with the events of a POST request that did not start it before: one item
 * for each, in their order. n8n answers only when it has stored the execution, so that nothing is lost.
 */
export async function receiveEvents(context: IWebhookFunctions): Promise<IWebhookResponseData> {
  if (context.getRequestObject().method !== 'POST') return answer(context, { status: 200, text: handshake });
  const settings = readTrigger(context);
  const body = await bodyOf(context).catch(() => undefined);
  if (body === undefined) return answer(context, unreadable);
  // Somebody who tests a workflow wants to see an event as often as it comes.
  if (context.getMode() === 'manual')
    return start(context, await read(context, settings, body, []), () => undefined);
  const trigger = `${context.getWorkflow().id ?? ''} ${context.getNode().id}`;
  const response = context.getResponseObject();
  return await inTurn(trigger, response, async () => {
    const registration = registrationOf(context);
    const known = [...new Set([...(registration.known ?? []), ...(remembered.get(trigger) ?? [])])];
    const reception = await read(context, settings, body, known);
    response.once('finish', () => {
      if (response.statusCode === 200) remembered.set(trigger, reception.known);
    });
    return start(context, reception, () => (registration.known = reception.known));
  });
}

/** What comes of a request, with whatever HTTP status. */
type Answer = Omit<Reception, 'status'> & { status: number };

const unreadable = {
  status: 413,
  text: 'The request cannot be read',
  problem: 'The request ended too early, or is larger than N8N_PAYLOAD_SIZE_MAX allows',
};

async function read(
  context: IWebhookFunctions,
  { events, smtpUser, simplify, isVerified }: TriggerSettings,
  body: unknown,
  known: readonly string[],
): Promise<Answer> {
  const choice = { events, all, smtpUser };
  const verify = isVerified ? () => isSignedByService(context, body) : undefined;
  try {
    return await receive(body, { choice, simplify, known, isSigned: verify });
  } catch (thrown) {
    // The service sends it again.
    const problem = `The signature cannot be checked now: ${toSendCleanError(thrown).message}`;
    return { status: 503, text: 'Not now', events: [], known, problem };
  }
}

/** @param remember called when n8n has stored the execution, and is about to store what the node keeps. */
function start(context: IWebhookFunctions, reception: Answer, remember: () => unknown): IWebhookResponseData {
  const { events, problem } = reception;
  if (events.length === 0) return answer(context, reception);
  warn(context, problem);
  context.getResponseObject().setHeader('Content-Type', 'text/plain; charset=utf-8');
  const items = events.map((event) => ({ json: event as IDataObject }));
  return {
    workflowData: [items],
    // n8n reads it at that moment. What is changed before, n8n 2 does not store: it makes another `Workflow` of the same
    // static data for the execution, which takes it for unchanged.
    get webhookResponse() {
      remember();
      return reception.text;
    },
  };
}

function answer(
  context: IWebhookFunctions,
  { status, text, problem }: Pick<Answer, 'status' | 'text' | 'problem'>,
): IWebhookResponseData {
  warn(context, problem);
  context.getResponseObject().status(status).type('text/plain').end(text);
  return { noWebhookResponse: true };
}

function warn(context: IWebhookFunctions, problem?: Words): void {
  if (problem) context.logger.warn(`SendClean Trigger “${context.getNode().name}”: ${say(problem)}`);
}

/** The body as it came: n8n does not read it, see `options` in the form. */
async function bodyOf(context: IWebhookFunctions): Promise<unknown> {
  const request: ReturnType<IWebhookFunctions['getRequestObject']> & Unread = context.getRequestObject();
  await request.readRawBody?.();
  if (!request.rawBody) return context.getBodyData();
  return await readBody(Uint8Array.from(request.rawBody), request.headers['content-type']);
}

/** What n8n adds to a request (`body-parser` in n8n's middlewares). */
interface Unread {
  readRawBody?: () => Promise<void>;
  rawBody?: Uint8Array;
}

/** @throws SendCleanError where the key is not known, and the service cannot be asked. */
async function isSignedByService(context: IWebhookFunctions, body: unknown): Promise<boolean> {
  const registration = registrationOf(context);
  const { url = urlOf(context) } = registration;
  const signature = context.getHeaderData()[signatureHeader];
  const readKey = async () => (await findWebhook(await accountClient(context), url))?.key;
  const signed = { url, parameters: parametersOf(body), signature };
  return await isSignedNow(crypto.subtle, signed, registration, { now: clock.now(), readKey });
}
