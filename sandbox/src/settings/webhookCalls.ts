import {
  enabled,
  invalid,
  lacking,
  lackingAll,
  success,
  text,
  type Outcome,
  type Request,
  type SettingsCalls,
} from './call';
import { unconfirmed } from '../webhooks/handshake';
import { makeSecret } from './secrets';
import { webhookEvents, type Webhook, type WebhookChange, type Webhooks } from './webhooks';

/** Why a URL does not answer as a webhook must; undefined if it does. */
export type Confirm = (url: string) => Promise<string | undefined>;

/** The calls that list, get, add, change and delete webhooks. */
export function webhookCalls(webhooks: Webhooks, confirm: Confirm): SettingsCalls {
  const confirmed = async (url: string, act: () => Outcome): Promise<Outcome> => {
    const detail = await confirm(url);
    return detail === undefined ? act() : { ...invalid(unconfirmed), detail };
  };
  const withWebhook = (
    request: Request,
    act: (webhook: Webhook) => object,
    unknown = 'Invalid Webhook Id',
  ) => {
    const webhook = webhooks.find(text(request, 'webhook_id'));
    return webhook ? success(act(webhook)) : invalid(unknown);
  };
  const required = 'Valid Webhook id required !!';
  const needsId = lacking('webhook_id', required);
  const needsChange = lackingAll(['url', 'event', 'description', 'store_log'], 'No update field given !!');
  return {
    'settings/listWebhook': {
      carryOut: () => success({ webhook_list: webhooks.list().map(listed) }),
    },
    'settings/getWebhookInfo': {
      lacks: needsId,
      carryOut: (request) =>
        withWebhook(request, (webhook) => ({ webhook_data: detailed(webhook) }), required),
    },
    'settings/addWebhook': {
      lacks: lacking('url', 'url required !!'),
      carryOut: (request) => {
        const {
          url = '',
          events = [...webhookEvents],
          storesLog = true,
          description = '',
        } = changeOf(request);
        return confirmed(url, () => {
          webhooks.add({ url, events, storesLog, description });
          return success({ message: 'Webhook Added' });
        });
      },
    },
    'settings/editWebhook': {
      lacks: (request) => needsId(request) ?? needsChange?.(request),
      carryOut: (request) => {
        const edit = (): Outcome =>
          withWebhook(request, ({ id }) => {
            webhooks.change(id, changeOf(request));
            return { message: 'Webhook Edited' };
          });
        const { url } = changeOf(request);
        const isThere = webhooks.find(text(request, 'webhook_id')) !== undefined;
        return isThere && url !== undefined ? confirmed(url, edit) : edit();
      },
    },
    'settings/keyResetWebhook': {
      lacks: needsId,
      carryOut: (request) =>
        withWebhook(request, ({ id }) => {
          const key = makeSecret();
          webhooks.change(id, { key });
          return { message: 'Webhook key reseted', webhook_id: id, key };
        }),
    },
    'settings/deleteWebhook': {
      lacks: needsId,
      carryOut: (request) =>
        withWebhook(request, ({ id }) => {
          webhooks.remove(id);
          return { message: 'Webhook Deleted' };
        }),
    },
  };
}

function changeOf(request: Request): WebhookChange {
  const { url, event, description, store_log: storeLog } = request;
  return {
    ...(typeof url === 'string' && { url }),
    ...(typeof event === 'string' && { events: event.split(',').map((one) => one.trim()) }),
    ...(typeof description === 'string' && { description }),
    ...(storeLog !== undefined && { storesLog: storeLog === 'Enable' }),
  };
}

function listed({ id, url, events, key, storesLog, description, createdAt }: Webhook): object {
  return {
    webhook_id: id,
    url,
    event: events.join(','),
    key,
    store_log: enabled(storesLog),
    description,
    create_date: seconds(createdAt),
  };
}

function detailed(webhook: Webhook): object {
  const { lastSuccess, totalEvents } = webhook;
  return {
    ...listed(webhook),
    // The sample has a number; 0 stands for never.
    last_success: lastSuccess === null ? 0 : seconds(lastSuccess),
    total_event: totalEvents,
  };
}

function seconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000);
}
