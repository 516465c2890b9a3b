import type { FastifyInstance, FastifyReply } from 'fastify';
import { ControlError } from './controlError';
import type { InboxFilter, InboxPlace } from './inboxIndex';
import { hasRemoteImages } from './previewHtml';
import { eventKinds, type Message } from './records';
import type { Store } from './store';
import { tracksClicks, tracksOpens } from './tracking';

const params = { type: 'object', properties: { id: { type: 'integer' } } };
const querystring = {
  type: 'object',
  properties: {
    search: { type: 'string' },
    xUniqueId: { type: 'string' },
    smtpUser: { type: 'string' },
    template: { type: 'string' },
    status: { enum: ['unread', 'none', ...eventKinds] },
    before: { type: 'integer', minimum: 0 },
    after: { type: 'integer', minimum: 0 },
    limit: { type: 'integer', minimum: 1, maximum: 500, default: 50 },
  },
};
const mark = { type: 'object', properties: { isRead: { type: 'boolean' } }, required: ['isRead'] };

interface OfMessage {
  Params: { id: number };
}

/** Adds the routes that the inbox page works with: they have what it shows, and no content of files, which can be large. */
export function addInbox(scope: FastifyInstance, store: Store): void {
  scope.get<{ Querystring: InboxFilter & InboxPlace }>('/inbox', { schema: { querystring } }, ({ query }) => {
    const { before, after, limit, ...filter } = query;
    return store.inbox.page(filter, {
      limit,
      ...(before !== undefined && { before }),
      ...(after !== undefined && { after }),
    });
  });
  scope.post('/inbox/read', async (_request, reply) => {
    store.markAllRead();
    await noContent(reply);
  });
  scope.get<OfMessage>('/inbox/:id', { schema: { params } }, ({ params: { id } }) => shown(found(store, id)));
  scope.get<OfMessage>('/inbox/:id/events', { schema: { params } }, ({ params: { id } }) => {
    const events = store.eventsOf(id);
    if (!events) throw missing(id);
    return events;
  });
  scope.put<OfMessage & { Body: { isRead: boolean } }>(
    '/inbox/:id',
    { schema: { params, body: mark } },
    async ({ params: { id }, body, headers }, reply) => {
      const isOpened = store.mark(id, body.isRead) && body.isRead;
      if (isOpened) recordOpen(store, id, headers['user-agent'] ?? '');
      await noContent(reply);
    },
  );
}

/** Records that the first recipient has opened a message, if its sender asked for that. */
function recordOpen(store: Store, id: number, ua: string): void {
  const message = found(store, id);
  const [first] = message.recipients;
  if (!first || !tracksOpens(message)) return;
  store.addEvents(id, [{ event: 'open', email: first.email, time: Date.now(), ip: '127.0.0.1', ua }]);
}

function found(store: Store, id: number): Message {
  const message = store.get(id);
  if (!message) throw missing(id);
  return message;
}

function missing(id: number): ControlError {
  return new ControlError(`There is no message ${id}`, 404);
}

function shown({ request, wire, ...message }: Message): object {
  const smtpUser = 'smtp_user_name' in request ? String(request.smtp_user_name) : null;
  const raw = { ...wire, body: withoutContents(wire.body) };
  const remoteImages = hasRemoteImages(message.html ?? '');
  return { ...message, smtpUser, wire: raw, remoteImages, tracksClicks: tracksClicks(message) };
}

/** How long a string of a request may be in the page: an email's text, but not a file. */
const longest = 200_000;

/** The body of a request with a note in place of each very long string. */
function withoutContents(body: string): string {
  return body.length <= longest
    ? body
    : body.replace(/"[\w+/=]{1000,}"/g, (text) => `"… ${text.length - 2} characters of base64"`);
}

async function noContent(reply: FastifyReply): Promise<void> {
  await reply.code(204).send();
}
