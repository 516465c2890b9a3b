import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { operations } from '../../shared/generated/operations';
import { responses } from '../../shared/generated/validators';
import type { Sandbox } from '../../sandbox/src/server';
import { startSandbox } from '../support/sandbox';
import { startReceiver, type Receiver } from './receiver';
import { callAt } from './settingsClient';

/**
 * Every call with what it answers in the vendor's documentation. The keys, their order aside, and the types of the
 * sandbox's response are the same, so that the vendor's own clients work with it.
 */
const domain = { domain: 'mail.example.net' };
const validity = { valid: 'Yes' };
const listedWebhook = {
  webhook_id: '424353445757557577457',
  url: 'https://example.com/events',
  event: 'open,click',
  key: 'a1b2c3',
  store_log: 'Enable',
  description: 'Opens',
  create_date: 1_700_000_000,
};
const id = { webhook_id: 'the ID' };
const calls: [path: string, request: object, documented: object][] = [
  [
    'account/viewUserDetail',
    {},
    {
      user_data: {
        name: 'Jane Roe',
        email: 'jane@example.com',
        mobile: 9_999_999_999,
        create_date: 67_457_775_764,
        allowed_speed: 300,
        reputation: '50%',
      },
    },
  ],
  [
    'settings/listSmtp',
    {},
    {
      smtp_list: [
        {
          smtp_user_name: 'smtps456546',
          password: 'x',
          status: 'Enable',
          total_limit: 200,
          hourly_limit: 20,
        },
      ],
    },
  ],
  [
    'settings/addSmtp',
    { total_limit: 200, hourly_limit: 20 },
    { message: 'SMTP User Created', smtp_user_name: 'smtps456546', smtp_password: 'x' },
  ],
  [
    'settings/editSmtp',
    { smtp_user_name: 'smtp-sandbox', status: 'Enable' },
    { message: 'SMTP User Updated' },
  ],
  [
    'settings/resetSmtpPassword',
    { smtp_user_name: 'smtp-sandbox' },
    { message: 'password reseted', smtp_user_name: 'smtps456546', smtp_password: 'x' },
  ],
  ['settings/addSendingDomain', domain, { message: 'Sending Domain Added' }],
  [
    'settings/listSendingDomain',
    {},
    {
      sending_domain_list: [
        { domain: 'abc.com', create_date: 1, dkim: validity, spf: validity, verify_domain: validity },
      ],
    },
  ],
  [
    'settings/checkSendingDomain',
    domain,
    { domain: 'abc.com', dkim: validity, spf: validity, valid_signing: 'No' },
  ],
  [
    'settings/verifySendingDomain',
    { ...domain, mailbox: 'john' },
    { message: 'Verification instruction has been sent to john@mail.example.net' },
  ],
  ['settings/deleteSendingDomain', domain, { message: 'Sending Domain Deleted' }],
  ['settings/addTrackingDomain', domain, { message: 'Tracking Domain Added' }],
  [
    'settings/listTrackingDomain',
    {},
    { tracking_domain_list: [{ domain: 'abc.com', create_date: 1, cname: validity }] },
  ],
  ['settings/checkTrackingDomain', domain, { domain: 'abc.com', valid_tracking: 'Yes', cname: validity }],
  ['settings/deleteTrackingDomain', domain, { message: 'Tracking Domain Deleted' }],
  ['settings/addWebhook', { url: 'the URL', event: 'open,click' }, { message: 'Webhook Added' }],
  ['settings/listWebhook', {}, { webhook_list: [listedWebhook] }],
  [
    'settings/getWebhookInfo',
    id,
    { webhook_data: { ...listedWebhook, last_success: 1_700_000_000, total_event: 12 } },
  ],
  ['settings/editWebhook', { ...id, url: 'the URL', event: 'spam' }, { message: 'Webhook Edited' }],
  [
    'settings/keyResetWebhook',
    id,
    { message: 'Webhook key reseted', webhook_id: '424353445757557577457', key: 'x' },
  ],
  ['settings/deleteWebhook', id, { message: 'Webhook Deleted' }],
];

let sandbox: Sandbox;
let receiver: Receiver;
before(async () => {
  sandbox = await startSandbox();
  receiver = await startReceiver();
});
after(async () => {
  await sandbox.close();
  receiver.close();
});

/** The keys of a value and the types of what they hold; of a list, those of its first entry. */
function shape(value: unknown): unknown {
  if (Array.isArray(value)) return [shape(value[0])];
  if (typeof value !== 'object' || value === null) return typeof value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, shape(one)]));
}

/** A request with what is known only when the test runs. */
async function filled(request: object): Promise<object> {
  const [webhook] = (await callAt(sandbox.url, 'settings/listWebhook')).webhook_list as (typeof id)[];
  return {
    ...request,
    ...('url' in request && { url: receiver.url }),
    ...('webhook_id' in request && { webhook_id: webhook?.webhook_id }),
  };
}

for (const [path, request, documented] of calls) {
  test(`${path} answers with the keys, the types and the sentence of the service`, async () => {
    const response = await callAt(sandbox.url, path, await filled(request));
    assert.deepEqual(shape(response), shape({ status: 'success', ...documented }));
    assert.equal(response.status, 'success');
    const name = Object.values(operations).find((operation) => operation.path === path)?.name;
    assert.ok(name && responses[name](response));
    if ('message' in documented) assert.equal(response.message, documented.message);
  });
}

test('these are all calls beside those of messages', () => {
  const others = Object.values(operations).filter(({ resource }) => resource !== 'message');
  const paths = others.map(({ path }) => path);
  assert.deepEqual(calls.map(([path]) => path).sort(), paths.sort());
});
