import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import type { Sandbox } from '../../sandbox/src/server';
import { startSandbox } from '../support/sandbox';
import { control, message, messages } from './client';
import { callAt, recordOf, refused } from './settingsClient';

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox();
});
afterEach(() => sandbox.close());

const domain = 'mail.example.net';
const settings = (name: string, request: object = {}) => callAt(sandbox.url, `settings/${name}`, request);
const sending = async () =>
  recordOf((await settings('listSendingDomain')).sending_domain_list, 'domain', domain);
const tracking = async () =>
  recordOf((await settings('listTrackingDomain')).tracking_domain_list, 'domain', domain);
const steer = async (path: string, state: object): Promise<number> =>
  (await control(sandbox.url, path, state, 'PUT')).status;

test('a new account has a sending and a tracking domain that are in order', async () => {
  const yes = { valid: 'Yes' };
  assert.partialDeepStrictEqual(await settings('listSendingDomain'), {
    sending_domain_list: [{ domain: 'example.com', dkim: yes, spf: yes, verify_domain: yes }],
  });
  assert.partialDeepStrictEqual(await settings('listTrackingDomain'), {
    tracking_domain_list: [{ domain: 'track.example.com', cname: yes }],
  });
});

test('a sending domain is added, checked as DNS is steered, and deleted', async () => {
  const before = Date.now();
  assert.deepEqual(await settings('addSendingDomain', { domain: 'Mail.Example.NET' }), {
    status: 'success',
    message: 'Sending Domain Added',
  });
  const [no, yes] = [{ valid: 'No' }, { valid: 'Yes' }];
  const { create_date: created, ...row } = (await sending()) ?? {};
  assert.deepEqual(row, { domain, dkim: no, spf: no, verify_domain: no });
  assert.ok(Number(created) >= before * 1000 && Number(created) <= Date.now() * 1000);
  const check = () => settings('checkSendingDomain', { domain });
  assert.deepEqual(await check(), { status: 'success', domain, dkim: no, spf: no, valid_signing: 'No' });
  assert.equal(await steer(`sending-domains/${domain}`, { dkim: true }), 204);
  assert.partialDeepStrictEqual(await check(), { dkim: yes, spf: no, valid_signing: 'No' });
  assert.equal(await steer(`sending-domains/${domain}`, { spf: true, verified: true }), 204);
  assert.partialDeepStrictEqual(await check(), { dkim: yes, spf: yes, valid_signing: 'Yes' });
  assert.partialDeepStrictEqual(await sending(), { dkim: yes, spf: yes, verify_domain: yes });
  const deleted = { status: 'success', message: 'Sending Domain Deleted' };
  assert.deepEqual(await settings('deleteSendingDomain', { domain }), deleted);
  assert.equal(await sending(), undefined);
});

test('a tracking domain is added, checked as DNS is steered, and deleted', async () => {
  const added = { status: 'success', message: 'Tracking Domain Added' };
  assert.deepEqual(await settings('addTrackingDomain', { domain }), added);
  const check = () => settings('checkTrackingDomain', { domain });
  const row = { status: 'success', domain, valid_tracking: 'No', cname: { valid: 'No' } };
  assert.deepEqual(await check(), row);
  assert.equal(await steer(`tracking-domains/${domain}`, { cname: true }), 204);
  assert.deepEqual(await check(), { ...row, valid_tracking: 'Yes', cname: { valid: 'Yes' } });
  const { create_date: created, ...listed } = (await tracking()) ?? {};
  assert.deepEqual(listed, { domain, cname: { valid: 'Yes' } });
  assert.equal(typeof created, 'number');
  const deleted = { status: 'success', message: 'Tracking Domain Deleted' };
  assert.deepEqual(await settings('deleteTrackingDomain', { domain }), deleted);
  assert.equal(await tracking(), undefined);
});

test('verifying a sending domain sends an email with instructions, which is in the inbox', async () => {
  const answer = await settings('verifySendingDomain', { domain: 'example.com', mailbox: 'john' });
  const sent = 'Verification instruction has been sent to john@example.com';
  assert.deepEqual(answer, { status: 'success', message: sent });
  const [only, ...others] = await messages(sandbox.url);
  assert.equal(others.length, 0);
  assert.deepEqual(only?.recipients, [{ email: 'john@example.com', type: 'to' }]);
  const { subject, wire } = await message(sandbox.url, only?.id ?? 0);
  assert.equal(subject, 'Verify example.com');
  assert.ok(!wire.body.includes('sandbox-token'));
});

for (const [name, request, reason] of [
  ['addSendingDomain', {}, 'domain name required !!'],
  ['checkSendingDomain', { domain: '' }, 'domain name required !!'],
  ['addTrackingDomain', {}, 'domain name required !!'],
  ['verifySendingDomain', { domain: 'example.com' }, 'Mailbox is required in order to verify domain'],
  ['checkSendingDomain', { domain }, `domain "${domain}" is not known`],
  ['verifySendingDomain', { domain, mailbox: 'john' }, `domain "${domain}" is not known`],
  ['deleteSendingDomain', { domain }, `domain "${domain}" is not known`],
  ['checkTrackingDomain', { domain }, `domain "${domain}" is not known`],
  ['deleteTrackingDomain', { domain }, `domain "${domain}" is not known`],
  ['addSendingDomain', { domain: 'example.com' }, 'domain "example.com" is a sending domain already'],
  [
    'addTrackingDomain',
    { domain: 'track.example.com' },
    'domain "track.example.com" is a tracking domain already',
  ],
] as const) {
  test(`${name} with ${JSON.stringify(request)} is refused: ${reason}`, async () => {
    assert.deepEqual(await settings(name, request), refused(reason));
  });
}

for (const [path, state, status] of [
  ['sending-domains/none.example.com', { dkim: true }, 404],
  ['tracking-domains/none.example.com', { cname: true }, 404],
  ['sending-domains/example.com', {}, 400],
  ['sending-domains/example.com', { dmarc: true }, 400],
  ['tracking-domains/track.example.com', { cname: 'perhaps' }, 400],
] as const) {
  test(`steering ${path} by ${JSON.stringify(state)} gets HTTP ${status} and a sentence`, async () => {
    const response = await control(sandbox.url, path, state, 'PUT');
    assert.equal(response.status, status);
    assert.match(((await response.json()) as { error: string }).error, /^\S.{10,}$/);
  });
}
