import assert from 'node:assert/strict';
import { afterEach, beforeEach } from 'node:test';
import { readEvents } from '../../shared/events/readEvents';
import type { WebhookEvent } from '../../shared/generated/events';
import type { Sandbox } from '../../sandbox/src/server';
import type { Delivery } from '../../sandbox/src/webhooks/deliveries';
import { startSandbox } from '../support/sandbox';
import { control, until } from './client';
import { startReceiver, type Receiver } from './receiver';
import { callAt, recordOf } from './settingsClient';

/** A sandbox that posts without waiting, and a receiver, for each test of a file. */
export interface WebhookSetup {
  sandbox: Sandbox;
  receiver: Receiver;
  settings(name: string, request?: object): Promise<Record<string, unknown>>;
  /** Adds a webhook for the receiver; its record. */
  add(event: string): Promise<{ webhook_id: string; key: string }>;
  /** Decides how webhooks are called. */
  options(options: object): Promise<void>;
  fault(fault: object): Promise<void>;
  deliveries(id: string): Promise<{ waiting: number; deliveries: Delivery[] }>;
  /** Waits until a webhook has taken all that there is. */
  idle(id: string): Promise<void>;
  /** Waits until so many events have arrived. */
  arrived(count: number): Promise<void>;
  /** The events of all posts, in order. */
  events(): WebhookEvent[];
}

export function useWebhooks(): WebhookSetup {
  const setup = {} as WebhookSetup;
  beforeEach(async () => {
    setup.sandbox = await startSandbox();
    setup.receiver = await startReceiver();
    await setup.options({ gatherMs: 20, retryMs: 20 });
  });
  afterEach(async () => {
    await setup.sandbox.close();
    setup.receiver.close();
  });
  const { assign } = Object;
  return assign(setup, {
    settings: (name: string, request: object = {}) => callAt(setup.sandbox.url, `settings/${name}`, request),
    add: async (event: string) => {
      const { url } = setup.receiver;
      const added = await setup.settings('addWebhook', { url, event });
      assert.deepEqual(added, { status: 'success', message: 'Webhook Added' });
      const list = (await setup.settings('listWebhook')).webhook_list;
      const { webhook_id, key } = recordOf(list, 'url', url) ?? {};
      return { webhook_id: String(webhook_id), key: String(key) };
    },
    options: async (options: object) => {
      const { status } = await control(setup.sandbox.url, 'webhooks/options', options, 'PUT');
      assert.equal(status, 204);
    },
    fault: async (fault: object) => {
      const { status } = await control(setup.sandbox.url, 'webhooks/faults', fault);
      assert.equal(status, 201);
    },
    deliveries: async (id: string) =>
      (await (await control(setup.sandbox.url, `webhooks/${id}/deliveries`)).json()) as {
        waiting: number;
        deliveries: Delivery[];
      },
    idle: (id: string) => until('nothing waits', async () => (await setup.deliveries(id)).waiting === 0),
    arrived: (count: number) =>
      until(`${count} events arrive`, () => Promise.resolve(setup.events().length >= count)),
    events: () => setup.receiver.posts.flatMap(({ body }) => readEvents(body).events),
  });
}
