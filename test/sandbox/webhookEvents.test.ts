import assert from 'node:assert/strict';
import { createHmac, webcrypto } from 'node:crypto';
import { test } from 'node:test';
import { isSigned } from '../../shared/events/signature';
import { simplifyEvent } from '../../shared/events/simplifyEvent';
import { account } from '../support/sandbox';
import { call, control, mail, mailUnder } from './client';
import { useWebhooks } from './webhookSetup';

const setup = useWebhooks();
const send = (...emails: string[]): Promise<unknown> =>
  call(setup.sandbox.url, 'sendMail', mailUnder('order-1', ...emails));

test('an accepted message is reported to each of its recipients as sent, in one batch', async () => {
  await setup.add('send,open');
  await send('a@example.com', 'b@example.com');
  await call(setup.sandbox.url, 'sendMail', { ...mail, smtp_user_name: 'nobody' });
  await setup.receiver.received(1);
  assert.equal(setup.receiver.posts[0]?.headers['content-type'], 'application/x-www-form-urlencoded');
  const [first, second, ...others] = setup.events();
  assert.equal(others.length, 0);
  assert.deepEqual(Object.keys(first ?? {}).sort(), [
    '_id',
    'event',
    'msg',
    'smtp_name',
    'ts',
    'user_id',
    'x_unique_id',
  ]);
  assert.partialDeepStrictEqual(first, {
    event: 'send',
    user_id: account.owner_id,
    smtp_name: account.smtpUser,
    x_unique_id: 'order-1',
    msg: { email: 'a@example.com', subject: 'Your order' },
  });
  assert.partialDeepStrictEqual(second, { event: 'send', msg: { email: 'b@example.com' } });
  assert.notEqual(first?._id, second?._id);
});

test('what is recorded of a message is reported to the webhooks that want it, with what is known', async () => {
  await setup.add('click,hard_bounce');
  await send();
  const time = 1_700_000_000_000;
  const visit = { ip: '192.0.2.1', ua: 'Browser', url: 'https://example.com/offer', time };
  for (const event of [
    { event: 'delivered' },
    { event: 'open' },
    { event: 'click', ...visit },
    { event: 'hard_bounce', reason: 'No such mailbox' },
  ]) {
    await control(setup.sandbox.url, 'events', { xUniqueId: 'order-1', ...event });
  }
  await setup.arrived(2);
  const [click, bounce, ...others] = setup.events();
  assert.equal(others.length, 0);
  assert.ok(click && bounce);
  const common = { xUniqueId: 'order-1', smtpUser: account.smtpUser, email: 'jane@example.com' };
  const { raw, ...clicked } = simplifyEvent(click);
  assert.equal(raw.ts, time / 1000);
  assert.deepEqual(clicked, {
    event: 'click',
    time: new Date(time).toISOString(),
    ...common,
    subject: 'Your order',
    url: visit.url,
    ip: visit.ip,
    userAgent: visit.ua,
  });
  assert.partialDeepStrictEqual(simplifyEvent(bounce), {
    event: 'hard_bounce',
    ...common,
    reason: 'No such mailbox',
  });
});

for (const format of ['form', 'json'] as const) {
  for (const parameter of ['SendCleantes_events', 'sarvtes_events'] as const) {
    test(`a batch as ${format} in ${parameter} is signed with the key, by the rule of Mandrill`, async () => {
      await setup.options({ format, parameter });
      const { key } = await setup.add('send');
      await send();
      await setup.receiver.received(1);
      const { headers, body } = setup.receiver.posts[0] ?? assert.fail('nothing arrived');
      const parameters =
        format === 'form'
          ? Object.fromEntries(new URLSearchParams(body))
          : (JSON.parse(body) as Record<string, string>);
      assert.deepEqual(Object.keys(parameters), [parameter]);
      const signature = headers['x-sendcleantes-signature'];
      const text = setup.receiver.url + parameter + String(parameters[parameter]);
      assert.equal(signature, createHmac('sha1', key).update(text).digest('base64'));
      const signed = { url: setup.receiver.url, parameters, key, signature };
      assert.equal(await isSigned(webcrypto.subtle, signed), true);
      assert.equal(setup.events().length, 1);
    });
  }
}

test('a webhook knows how many events it has taken, and when it did last', async () => {
  const { webhook_id } = await setup.add('send');
  await send('a@example.com', 'b@example.com');
  await setup.arrived(2);
  await setup.idle(webhook_id);
  const { waiting, deliveries } = await setup.deliveries(webhook_id);
  assert.equal(waiting, 0);
  assert.equal(deliveries.length, 1);
  assert.partialDeepStrictEqual(deliveries[0], {
    events: 2,
    names: ['send'],
    attempt: 1,
    status: 200,
    answer: 'God bless you, SendClean',
    failure: null,
    fault: null,
  });
  const { webhook_data: data } = await setup.settings('getWebhookInfo', { webhook_id });
  const { total_event, last_success } = data as { total_event: number; last_success: number };
  assert.equal(total_event, 2);
  assert.ok(Math.abs(last_success - Date.now() / 1000) < 5);
});

test('the key is in no delivery, and the token in no event', async () => {
  const { webhook_id, key } = await setup.add('send');
  await send();
  await setup.arrived(1);
  await setup.idle(webhook_id);
  assert.ok(!JSON.stringify(await setup.deliveries(webhook_id)).includes(key));
  assert.ok(!JSON.stringify(setup.events()).includes(account.token));
});
