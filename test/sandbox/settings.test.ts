import assert from 'node:assert/strict';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import type { Sandbox } from '../../sandbox/src/server';
import { temporaryFolder } from '../hosts/cleanup';
import { startSandbox } from '../support/sandbox';
import { control, fault } from './client';
import { startReceiver } from './receiver';
import { callAt } from './settingsClient';

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox();
});
afterEach(() => sandbox.close());

test('the account is described with the keys and types of the service, as it is steered', async () => {
  const answer = await callAt(sandbox.url, 'account/viewUserDetail');
  const { create_date: created, ...others } = answer.user_data as Record<string, unknown>;
  assert.ok(Math.abs(Number(created) - Date.now() / 1000) < 60);
  const name = 'Sandbox';
  const email = 'sandbox@example.com';
  const rest = { name, email, mobile: 9999999999, allowed_speed: 300, reputation: '50%' };
  assert.deepEqual(others, rest);
  const change = { name: 'Jane Roe', mobile: '+49 30 1', reputation: '80%' };
  assert.equal((await control(sandbox.url, 'settings/account', change, 'PUT')).status, 204);
  assert.partialDeepStrictEqual((await callAt(sandbox.url, 'account/viewUserDetail')).user_data, {
    ...rest,
    ...change,
  });
});

test('what the account has outlives the sandbox where its data has a file', async (t) => {
  const folder = temporaryFolder('sandbox-settings-');
  t.after(() => folder.remove());
  const data = join(folder.path, 'sandbox.db');
  const first = await startSandbox({ data });
  await callAt(first.url, 'settings/addSmtp', { total_limit: 1, hourly_limit: 1 });
  await callAt(first.url, 'settings/addSendingDomain', { domain: 'a.example.net' });
  await callAt(first.url, 'settings/deleteTrackingDomain', { domain: 'track.example.com' });
  const lists = (url: string): Promise<unknown> =>
    Promise.all(
      ['listSmtp', 'listSendingDomain', 'listTrackingDomain', 'listWebhook'].map((name) =>
        callAt(url, `settings/${name}`),
      ),
    );
  const before = await lists(first.url);
  await first.close();
  const second = await startSandbox({ data });
  assert.deepEqual(await lists(second.url), before);
  await second.close();
});

test('credentials are asked for before anything else', async () => {
  const answer = await callAt(sandbox.url, 'settings/listSmtp', { token: 'wrong' });
  assert.deepEqual(answer, {
    status: 'error',
    code: -1,
    name: 'AuthenticationError',
    message: 'Token MissMatch',
  });
});

test('a fault strikes these calls as any other, in each form of error', async () => {
  const error = { name: 'AuthenticationError', forms: ['type', 'textCode'], message: 'No' };
  await fault(sandbox.url, { kind: 'error', error });
  const answer = await callAt(sandbox.url, 'settings/addSendingDomain', { domain: 'a.example.net' });
  assert.deepEqual(answer, { status: 'error', code: '-1', message: 'No', type: 'AuthenticationError' });
  assert.partialDeepStrictEqual(await callAt(sandbox.url, 'settings/listSendingDomain'), {
    sending_domain_list: [{ domain: 'example.com' }],
  });
});

test('the control routes list no password and no key, and give each alone', async (t) => {
  const { url, close } = await startReceiver();
  t.after(close);
  const added = await callAt(sandbox.url, 'settings/addSmtp', { total_limit: 1, hourly_limit: 1 });
  const { smtp_user_name: name, smtp_password: password } = added;
  await callAt(sandbox.url, 'settings/addWebhook', { url, event: 'open' });
  const [webhook] = (await callAt(sandbox.url, 'settings/listWebhook')).webhook_list as {
    webhook_id: string;
    key: string;
  }[];
  const { webhook_id: id = '', key = '' } = webhook ?? {};
  for (const path of ['settings', 'account', 'requests', 'messages']) {
    const text = await (await control(sandbox.url, path)).text();
    assert.ok(!text.includes(String(password)) && !text.includes(key), path);
  }
  const given = async (path: string): Promise<unknown> => (await control(sandbox.url, path)).json();
  assert.deepEqual(await given(`smtp-users/${String(name)}/password`), { password });
  assert.deepEqual(await given(`webhooks/${id}/key`), { key });
  for (const path of ['smtp-users/nobody/password', 'webhooks/1/key']) {
    assert.equal((await control(sandbox.url, path)).status, 404);
  }
});
