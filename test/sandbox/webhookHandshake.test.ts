import assert from 'node:assert/strict';
import { test } from 'node:test';
import { control } from './client';
import { startReceiver } from './receiver';
import { callAt, recordOf, refused } from './settingsClient';
import { startSandbox } from '../support/sandbox';
import { useWebhooks } from './webhookSetup';

const setup = useWebhooks();
const unconfirmed = refused(
  'Please confirm that your url is responding with message: God bless you, SendClean',
);
const addAt = (url: string): Promise<object> => setup.settings('addWebhook', { url, event: 'open' });

/** Why the latest call was refused, as the list of calls has it. */
async function reason(): Promise<string> {
  const list = await (await control(setup.sandbox.url, 'requests?latest=1')).json();
  return String((list as { requests: { reason: string }[] }).requests[0]?.reason);
}

test('a URL is asked by GET when its webhook is added, and again when it is edited', async () => {
  const { webhook_id } = await setup.add('open');
  assert.deepEqual(setup.receiver.handshakes, ['GET']);
  await setup.settings('editWebhook', { webhook_id, event: 'click' });
  assert.deepEqual(setup.receiver.handshakes, ['GET']);
  const { url } = setup.receiver;
  const edited = await setup.settings('editWebhook', { webhook_id, url });
  assert.deepEqual(edited, { status: 'success', message: 'Webhook Edited' });
  assert.deepEqual(setup.receiver.handshakes, ['GET', 'GET']);
});

test('a URL that GET does not reach is asked by POST', async () => {
  setup.receiver.answer = ({ method }, response) => {
    if (method === 'GET') response.writeHead(404).end();
    else response.end('God bless you, SendClean\n');
  };
  assert.deepEqual(await addAt(setup.receiver.url), { status: 'success', message: 'Webhook Added' });
  assert.deepEqual(setup.receiver.handshakes, ['GET', 'POST']);
});

for (const method of ['GET', 'POST'] as const) {
  test(`with a setting, ${method} alone is tried`, async () => {
    await setup.options({ handshake: [method] });
    setup.receiver.answer = (_request, response) => response.end('Hello');
    assert.deepEqual(await addAt(setup.receiver.url), unconfirmed);
    assert.deepEqual(setup.receiver.handshakes, [method]);
  });
}

test('a URL that answers something else is refused, and the list of calls says why', async () => {
  setup.receiver.answer = ({ method }, response) => {
    if (method === 'GET') response.writeHead(301, { location: setup.sandbox.url }).end();
    else response.end('Hello');
  };
  assert.deepEqual(await addAt(setup.receiver.url), unconfirmed);
  assert.match(await reason(), /: GET: HTTP 301; POST: another text$/);
  assert.deepEqual(await setup.settings('listWebhook'), { status: 'success', webhook_list: [] });
});

test('a webhook keeps its URL when the new one does not answer', async () => {
  const { webhook_id } = await setup.add('open');
  const url = 'http://127.0.0.1:9/';
  assert.deepEqual(await setup.settings('editWebhook', { webhook_id, url, event: 'spam' }), unconfirmed);
  const found = recordOf((await setup.settings('listWebhook')).webhook_list, 'webhook_id', webhook_id);
  assert.partialDeepStrictEqual(found, { url: setup.receiver.url, event: 'open' });
});

test('a URL that does not answer in time is refused', async () => {
  await setup.options({ timeoutMs: 50, handshake: ['GET'] });
  setup.receiver.answer = () => undefined;
  assert.deepEqual(await addAt(setup.receiver.url), unconfirmed);
  assert.match(await reason(), /GET: no answer within 50 ms$/);
});

for (const url of [
  'http://192.0.2.1/',
  'http://169.254.169.254/latest/meta-data',
  'http://[::ffff:8.8.8.8]/',
  'http://0.0.0.0/',
]) {
  test(`${url} is not called, as it is not on this machine or a private network`, async () => {
    await setup.options({ timeoutMs: 2000 });
    assert.deepEqual(await addAt(url), unconfirmed);
    assert.match(await reason(), /is not on this machine or a private network; start the sandbox with/);
  });
}

test('a name that leads to this machine is called', async () => {
  const url = setup.receiver.url.replace('127.0.0.1', 'localhost');
  assert.deepEqual(await addAt(url), { status: 'success', message: 'Webhook Added' });
});

test('with the option, an address outside of private networks is called as well', async (t) => {
  const own = await startSandbox({ webhooksAnywhere: true });
  const anywhere = await startReceiver('0.0.0.0');
  t.after(async () => {
    await own.close();
    anywhere.close();
  });
  const request = { url: anywhere.url, event: 'open' };
  assert.partialDeepStrictEqual(await callAt(own.url, 'settings/addWebhook', request), { status: 'success' });
});
