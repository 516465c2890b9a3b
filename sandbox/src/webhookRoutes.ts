import type { FastifyInstance } from 'fastify';
import { ControlError } from './controlError';
import type { Settings } from './settings/settings';
import { webhookEvents, type Webhook, type WebhookEventName } from './settings/webhooks';
import { webhookFaultKinds, type WebhookFault } from './webhooks/faults';
import { unconfirmed } from './webhooks/handshake';
import { bodyFormats, handshakeMethods, parameterNames, type WebhookOptions } from './webhooks/options';

const options = {
  type: 'object',
  properties: {
    handshake: { type: 'array', items: { enum: handshakeMethods }, minItems: 1, uniqueItems: true },
    format: { enum: bodyFormats },
    parameter: { enum: parameterNames },
    batchSize: { type: 'integer', minimum: 1, maximum: 10_000 },
    gatherMs: { type: 'integer', minimum: 0, maximum: 60_000 },
    timeoutMs: { type: 'integer', minimum: 1, maximum: 600_000 },
    retryMs: { type: 'integer', minimum: 1, maximum: 600_000 },
  },
  minProperties: 1,
  additionalProperties: false,
};
const fault = {
  type: 'object',
  properties: {
    kind: { enum: webhookFaultKinds },
    webhookId: { type: 'string' },
    count: { type: 'integer', minimum: 1 },
    delayMs: { type: 'integer', minimum: 0, maximum: 600_000 },
  },
  required: ['kind'],
  additionalProperties: false,
};
const burst = {
  type: 'object',
  properties: {
    count: { type: 'integer', minimum: 1, maximum: 100_000, default: 1000 },
    event: { enum: webhookEvents, default: 'open' },
  },
  additionalProperties: false,
};

const added = {
  type: 'object',
  properties: {
    url: { type: 'string', pattern: '^[Hh][Tt][Tt][Pp][Ss]?://[^\\s/?#]\\S*$' },
    events: { type: 'array', items: { enum: webhookEvents }, minItems: 1, uniqueItems: true },
    description: { type: 'string' },
  },
  required: ['url', 'events'],
  additionalProperties: false,
};

interface Added {
  url: string;
  events: WebhookEventName[];
  description?: string;
}

interface OfWebhook {
  Params: { id: string };
}

/** Adds the routes by which tests and people see what webhooks got, and decide how they are called. */
export function addWebhooks(scope: FastifyInstance, settings: Settings): void {
  const { webhooks, firing } = settings;
  const { faults, deliveries } = firing.poster;
  const found = (id: string): Webhook => {
    const webhook = webhooks.find(id);
    if (!webhook) throw new ControlError(`There is no webhook ${id}`, 404);
    return webhook;
  };
  scope.post<{ Body: Added }>('/webhooks', { schema: { body: added } }, async ({ body }, reply) => {
    const { url, events, description = '' } = body;
    const reason = URL.canParse(url) ? await firing.refusal(url) : 'it is no address';
    if (reason !== undefined) throw new ControlError(`${unconfirmed}. ${reason}`);
    const id = settings.change(() => webhooks.add({ url, events, description, storesLog: true }));
    await reply.code(201).send({ id });
  });
  scope.delete<OfWebhook>('/webhooks/:id', async ({ params: { id } }, reply) => {
    settings.change(() => webhooks.remove(found(id).id));
    await reply.code(204).send();
  });
  scope.get<OfWebhook>('/webhooks/:id/key', ({ params: { id } }) => ({ key: found(id).key }));
  scope.get<OfWebhook>('/webhooks/:id/deliveries', ({ params: { id } }) => ({
    waiting: firing.waiting(found(id).id),
    deliveries: deliveries.of(id),
  }));
  scope.get('/webhooks/options', () => firing.options);
  scope.put<{ Body: Partial<WebhookOptions> }>(
    '/webhooks/options',
    { schema: { body: options } },
    async ({ body }, reply) => {
      firing.set(body);
      await reply.code(204).send();
    },
  );
  scope.post<{ Body: { count: number; event: WebhookEventName } }>(
    '/webhooks/burst',
    { schema: { body: burst } },
    async ({ body: { count, event } }, reply) => {
      if (!firing.isWanted(event)) throw new ControlError(`No webhook has the event ${event}`);
      firing.burst(count, event);
      await reply.code(201).send({ events: count });
    },
  );
  scope.post<{ Body: WebhookFault }>(
    '/webhooks/faults',
    { schema: { body: fault } },
    async ({ body }, reply) => {
      faults.add(body);
      await reply.code(201).send();
    },
  );
  scope.get('/webhooks/faults', () => faults.list());
  scope.delete('/webhooks/faults', async (_request, reply) => {
    faults.clear();
    await reply.code(204).send();
  });
}
