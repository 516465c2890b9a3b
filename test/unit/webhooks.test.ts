import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createClient } from '../../shared/client';
import { SendCleanError } from '../../shared/errors';
import type { TransportRequest } from '../../shared/wire/transport';
import { eventChoices, findWebhook, keepWebhook, removeWebhook } from '../../shared/webhooks';
import { simulatedClock } from '../support/clock';

const url = 'https://example.com/events';
const wanted = { url, events: ['open', 'hard_bounce'], about: 'Bounces' };

interface Record {
  webhook_id: string | number;
  url: string;
  event: string;
  key?: string;
  description?: string;
}

/** A service with webhooks, and what it was asked to change; `broken` loses the responses to changes, or refuses them. */
function service(
  webhooks: Record[] = [],
  broken: { lost?: boolean; refusal?: string; ignores?: boolean } = {},
) {
  const changes: [path: string, body: object][] = [];
  const carryOut = (path: string, { webhook_id: id, ...rest }: Partial<Record>) => {
    if (path.endsWith('addWebhook')) webhooks.push({ webhook_id: '2', key: 'new', ...rest } as Record);
    const found = webhooks.findIndex((one) => String(one.webhook_id) === String(id));
    if (path.endsWith('editWebhook')) Object.assign(webhooks[found] ?? {}, rest);
    if (path.endsWith('deleteWebhook') && found >= 0) webhooks.splice(found, 1);
  };
  const send = async ({ path, body = {} }: TransportRequest) => {
    const answer = (json: object) => ({ status: 200, headers: {}, body: JSON.stringify(json) });
    if (path === 'settings/listWebhook') return answer({ status: 'success', webhook_list: webhooks });
    changes.push([path, body]);
    if (broken.refusal) return answer({ status: 'error', name: 'GeneralError', message: broken.refusal });
    if (!broken.ignores) carryOut(path, body);
    if (broken.lost) throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
    return answer({ status: 'success', message: 'Webhook Added' });
  };
  const client = createClient({ transport: { send }, clock: simulatedClock() });
  return { client, webhooks, changes };
}

const own = { webhook_id: '1', url, event: 'hard_bounce,open', key: 'secret' };
const other = { ...own, webhook_id: '7', url: `${url}/others` };

describe('a webhook that a host keeps', () => {
  it('is added where the account has none with its URL, and known by the list', async () => {
    const { client, changes } = service([other]);
    assert.deepEqual(
      { ...(await keepWebhook(client, wanted)) },
      { id: '2', key: 'new', events: 'open,hard_bounce' },
    );
    assert.deepEqual(changes, [
      ['settings/addWebhook', { url, event: 'open,hard_bounce', description: 'Bounces' }],
    ]);
  });

  it('is left alone where it reports the same events, in whatever order', async () => {
    const { client, changes } = service([own]);
    assert.equal((await keepWebhook(client, wanted)).key, 'secret');
    assert.deepEqual(changes, []);
  });

  it('is edited where it reports others', async () => {
    const { client, changes } = service([{ ...own, event: 'open' }]);
    assert.equal((await keepWebhook(client, wanted)).id, '1');
    assert.deepEqual(changes, [
      ['settings/editWebhook', { webhook_id: '1', url, event: 'open,hard_bounce' }],
    ]);
  });

  it('is added once though the response to that is lost', async () => {
    const { client, changes, webhooks } = service([], { lost: true });
    assert.equal((await keepWebhook(client, wanted)).id, '2');
    assert.deepEqual([changes.length, webhooks.length], [1, 1]);
  });

  it('fails with the reason of the service where that refuses it', async () => {
    const { client } = service([], { refusal: 'Please confirm that your url is responding' });
    await assert.rejects(keepWebhook(client, wanted), /Please confirm that your url is responding/);
  });

  it('fails where it is not certain that there is one', async () => {
    const lost = service([], { lost: true, ignores: true });
    await assert.rejects(keepWebhook(lost.client, wanted), { kind: 'network', fate: 'unknown' });
    const silent = service([], { ignores: true });
    await assert.rejects(keepWebhook(silent.client, wanted), /does not list it/);
  });

  it('is removed, and no other, also where the response to that is lost', async () => {
    for (const lost of [false, true]) {
      const { client, webhooks } = service([own, other], { lost });
      await removeWebhook(client, url);
      assert.deepEqual(webhooks, [other]);
    }
  });

  it('is not removed twice', async () => {
    const { client, changes } = service([other]);
    await removeWebhook(client, url);
    assert.deepEqual(changes, []);
  });

  it('fails to be removed where it is still listed', async () => {
    const { client } = service([own], { lost: true, ignores: true });
    await assert.rejects(removeWebhook(client, url), (error) => error instanceof SendCleanError);
  });

  it('is found by its URL, with its key', async () => {
    const { client } = service([other, { ...own, webhook_id: 12, key: undefined } as never]);
    assert.deepEqual(await findWebhook(client, url).then((found) => [found?.id, found?.key]), ['12', '']);
    assert.equal(await findWebhook(client, `${url}/none`), undefined);
  });
});

describe('the events to choose', () => {
  it('are those of the form that adds a webhook', () => {
    assert.deepEqual(
      eventChoices.map(({ value }) => value),
      ['send', 'open', 'click', 'soft_bounce', 'hard_bounce', 'spam'],
    );
  });
});
