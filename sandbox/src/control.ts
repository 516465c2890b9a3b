import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Account } from './account';
import { ControlError } from './controlError';
import type { ControlToken } from './controlToken';
import { addDownloads } from './downloads';
import { addFaults } from './faultRoutes';
import type { Faults } from './faults';
import type { Links } from './links';
import { addInbox } from './inboxRoutes';
import { addPreview } from './preview';
import { eventKinds, type EventKind, type MailEvent } from './records';
import type { RequestLog } from './requestLog';
import { addRequests } from './requestRoutes';
import type { Settings } from './settings/settings';
import { addSettings } from './settingsRoutes';
import type { Store } from './store';
import { addStream } from './stream';
import { addWebhooks } from './webhookRoutes';

/** What the control routes work with. */
export interface ControlContext {
  account: Account;
  store: Store;
  settings: Settings;
  faults: Faults;
  log: RequestLog;
  links: Links;
  /** Asked for, if there is one. */
  controlToken: ControlToken | undefined;
}

/** A person's or a test's report of what happened to a message. */
interface EventReport {
  messageId?: number;
  xUniqueId?: string;
  email?: string;
  event: EventKind;
  ip?: string;
  ua?: string;
  url?: string;
  reason?: string;
  time?: number;
}

/** The last moment that a date can be, in milliseconds since 1970. */
const latest = 8.64e15;

const idParams = {
  type: 'object',
  properties: { id: { type: 'integer' }, index: { type: 'integer' } },
} as const;

/** Adds the routes below `/_sandbox`, by which tests and people read and steer the sandbox. */
export function addControl(app: FastifyInstance, context: ControlContext): void {
  app.register(
    (scope, _options, done) => {
      context.controlToken?.guard(scope);
      scope.setErrorHandler(sayError);
      scope.setNotFoundHandler(async (_request, reply) => {
        await reply.code(404).send({ error: 'There is no such control route' });
      });
      addMessages(scope, context);
      addFaults(scope, context.faults);
      addEvents(scope, context);
      addRequests(scope, context.log);
      addStream(scope, context);
      addDownloads(scope, context.store);
      addInbox(scope, context.store);
      addSettings(scope, context.settings);
      addWebhooks(scope, context.settings);
      addPreview(scope, context.store, context.links);
      done();
    },
    { prefix: '/_sandbox' },
  );
}

async function sayError(
  error: Error & { statusCode?: number },
  _request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const { statusCode = 500 } = error;
  if (statusCode >= 500) await reply.code(500).send({ error: 'The sandbox failed' });
  else if (statusCode === 415) await reply.code(400).send({ error: 'The body must be application/json' });
  else await reply.code(statusCode === 404 ? 404 : 400).send({ error: error.message });
}

function addMessages(scope: FastifyInstance, { account, store, settings }: ControlContext): void {
  scope.get('/account', () => ({
    owner: account.owner,
    smtpUsers: settings.smtpUsers.list().map(({ name }) => name),
    templates: account.templateIds,
    token: account.documentedToken,
  }));
  const querystring = { type: 'object', properties: { since: { type: 'integer', minimum: 0 } } };
  scope.get<{ Querystring: { since?: number } }>('/messages', { schema: { querystring } }, ({ query }) =>
    store.list(query.since),
  );
  scope.get<{ Params: { id: number } }>('/messages/:id', { schema: { params: idParams } }, ({ params }) => {
    const message = store.get(params.id);
    if (!message) throw new ControlError(`There is no message ${params.id}`, 404);
    return message;
  });
  scope.delete('/messages', async (_request, reply) => {
    store.clear();
    await noContent(reply);
  });
  scope.delete<{ Params: { id: number } }>(
    '/messages/:id',
    { schema: { params: idParams } },
    async ({ params: { id } }, reply) => {
      if (!store.remove(id)) throw new ControlError(`There is no message ${id}`, 404);
      await noContent(reply);
    },
  );
}

function addEvents(scope: FastifyInstance, { store }: ControlContext): void {
  const body = {
    type: 'object',
    properties: {
      messageId: { type: 'integer' },
      xUniqueId: { type: 'string' },
      email: { type: 'string' },
      event: { enum: eventKinds },
      ip: { type: 'string' },
      ua: { type: 'string' },
      url: { type: 'string' },
      reason: { type: 'string' },
      time: { type: 'integer', minimum: 0, maximum: latest },
    },
    required: ['event'],
    additionalProperties: false,
  };
  scope.post<{ Body: EventReport }>('/events', { schema: { body } }, async (request, reply) => {
    await reply.code(201).send({ recorded: record(store, request.body) });
  });
}

/** Records an event for each recipient that it concerns, and answers how many those were. */
function record(store: Store, { messageId, xUniqueId, email, ...report }: EventReport): number {
  if ((messageId === undefined) === (xUniqueId === undefined)) {
    throw new ControlError('Name the message by either messageId or xUniqueId');
  }
  const ids = xUniqueId === undefined ? [Number(messageId)] : store.find(xUniqueId);
  const concerned = ids.map((id) => {
    const emails = store.get(id)?.recipients.map((recipient) => recipient.email) ?? [];
    return { id, emails: emails.filter((one) => email === undefined || one === email) };
  });
  if (!concerned.some(({ emails }) => emails.length > 0)) {
    throw new ControlError('There is no such message, or it has no such recipient');
  }
  const { event, time = Date.now(), ip = '127.0.0.1', ua = 'SendClean sandbox', ...more } = report;
  for (const { id, emails } of concerned) {
    store.addEvents(
      id,
      emails.map((one): MailEvent => ({ event, email: one, time, ip, ua, ...more })),
    );
  }
  return concerned.reduce((sum, { emails }) => sum + emails.length, 0);
}

async function noContent(reply: FastifyReply): Promise<void> {
  await reply.code(204).send();
}
