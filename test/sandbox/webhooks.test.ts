import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import type { Sandbox } from '../../sandbox/src/server';
import { startSandbox } from '../support/sandbox';
import { startReceiver, type Receiver } from './receiver';
import { callAt, recordOf, refused } from './settingsClient';

let sandbox: Sandbox;
let receiver: Receiver;
let url: string;
beforeEach(async () => {
  receiver = await startReceiver();
  ({ url } = receiver);
  sandbox = await startSandbox();
});
afterEach(async () => {
  await sandbox.close();
  receiver.close();
});

const settings = (name: string, request: object = {}) => callAt(sandbox.url, `settings/${name}`, request);
const webhook = async () => recordOf((await settings('listWebhook')).webhook_list, 'url', url) ?? {};

/** Adds a webhook, and finds it as a client of the service has to. */
async function add(request: object = {}): Promise<Record<string, unknown>> {
  const added = await settings('addWebhook', { url, event: 'open,click', ...request });
  assert.deepEqual(added, { status: 'success', message: 'Webhook Added' });
  return webhook();
}

test('a webhook is added, and listed with an ID of 21 digits as text and a key', async () => {
  const { webhook_id: id, key, create_date: created, ...others } = await add({ description: 'Opens' });
  assert.match(String(id), /^[1-9]\d{20}$/);
  assert.equal(typeof id, 'string');
  assert.match(String(key), /^[\w-]{22}$/);
  assert.ok(Math.abs(Number(created) - Date.now() / 1000) < 5);
  assert.deepEqual(others, { url, event: 'open,click', store_log: 'Enable', description: 'Opens' });
  const info = await settings('getWebhookInfo', { webhook_id: id });
  const counts = { last_success: 0, total_event: 0 };
  assert.deepEqual(info, { status: 'success', webhook_data: { ...(await webhook()), ...counts } });
});

test('a webhook is edited in what the request has, and keeps the rest', async () => {
  const before = await add({ store_log: 'Disable' });
  const edited = await settings('editWebhook', { webhook_id: before.webhook_id, url, event: 'spam' });
  assert.deepEqual(edited, { status: 'success', message: 'Webhook Edited' });
  assert.deepEqual(await webhook(), { ...before, event: 'spam' });
});

test('a key that is reset is another one', async () => {
  const before = await add();
  const reset = await settings('keyResetWebhook', { webhook_id: before.webhook_id });
  const { key } = reset;
  assert.deepEqual(reset, {
    status: 'success',
    message: 'Webhook key reseted',
    webhook_id: before.webhook_id,
    key,
  });
  assert.notEqual(key, before.key);
  assert.deepEqual(await webhook(), { ...before, key });
});

test('a webhook that is deleted is gone', async () => {
  const { webhook_id } = await add();
  const deleted = { status: 'success', message: 'Webhook Deleted' };
  assert.deepEqual(await settings('deleteWebhook', { webhook_id }), deleted);
  assert.deepEqual(await settings('listWebhook'), { status: 'success', webhook_list: [] });
});

const unknown = { webhook_id: '424353445757557577457' };
for (const [name, request, message] of [
  ['addWebhook', { event: 'open' }, 'url required !!'],
  ['getWebhookInfo', {}, 'Valid Webhook id required !!'],
  ['getWebhookInfo', unknown, 'Valid Webhook id required !!'],
  ['editWebhook', { event: 'open' }, 'Valid Webhook id required !!'],
  ['editWebhook', unknown, 'No update field given !!'],
  ['editWebhook', { ...unknown, url: 'http://127.0.0.1:9/' }, 'Invalid Webhook Id'],
  ['keyResetWebhook', unknown, 'Invalid Webhook Id'],
  ['deleteWebhook', unknown, 'Invalid Webhook Id'],
] as const) {
  test(`${name} with ${JSON.stringify(request)} is refused: ${message}`, async () => {
    assert.deepEqual(await settings(name, request), refused(message));
  });
}
