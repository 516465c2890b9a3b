import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { call, fault, mailUnder, messages } from '../sandbox/client';
import { ids } from '../support/nodeRedFlow';
import { mail, useRuntime } from './harness';

describe('the Node-RED nodes', () => {
  const { url, red, deploy, result, failure, taken } = useRuntime();

  it('send an email and say under which ID it is found', async () => {
    await deploy('sendMail');
    const msg = await result({ ...mail, xUniqueId: 'order-1' });
    const { time } = msg.payload as { time: string };
    assert.deepEqual(Object.entries(msg.payload as object), [
      ['to', 'jane@example.com'],
      ['subject', 'Order'],
      ['xUniqueId', 'order-1'],
      ['status', 'success'],
      ['time', new Date(time).toISOString()],
      ['message', 'message have been Queued ... '],
    ]);
    assert.deepEqual(await taken(), {
      smtp_user_name: 'smtp-sandbox',
      message: {
        from_email: 'shop@example.com',
        to: [{ email: 'jane@example.com', type: 'to' }],
        subject: 'Order',
        html: '<p>Thanks</p>',
        headers: { 'X-Unique-Id': 'order-1' },
      },
    });
  });

  it('give each email of a flow an ID of its own', async () => {
    await deploy('sendMail');
    const first = await result({ ...mail });
    const idOfFirst = (first.payload as { xUniqueId: string }).xUniqueId;
    const { payload } = await result({ ...first, ...mail });
    assert.notEqual((payload as { xUniqueId: string }).xUniqueId, idOfFirst);
  });

  it('send a template with its dynamic values', async () => {
    await deploy('sendTemplate', { templateId: ['welcome', 'str'] });
    await result({ ...mail, payload: { NAME: 'Jane' } });
    const { message } = await taken();
    assert.equal(message.template_id, 'welcome');
    assert.deepEqual(message.dynamic_value, { NAME: 'Jane' });
  });

  it('send a template by GET, whose email has no ID', async () => {
    await deploy('sendTemplateGet', { templateId: ['welcome', 'str'] });
    const msg = await result({ ...mail, payload: { 'First name': 'ü & co' } });
    assert.partialDeepStrictEqual(msg.payload, { status: 'success', xUniqueId: null });
    assert.partialDeepStrictEqual(await taken(), { dynamic_value: { 'First name': 'ü & co' } });
  });

  it('find an email by the result of the node that sent it', async () => {
    await call(url(), 'sendMail', mailUnder('order-2', 'jane@example.com'));
    await deploy('getMessageInfo');
    const { payload } = await result({ payload: { status: 'success', xUniqueId: 'order-2' } });
    assert.partialDeepStrictEqual(payload, [{ email: 'jane@example.com', status: 'delivered' }]);
  });

  it('read all of 250 records in order, or as many as the limit says', async () => {
    const emails = Array.from({ length: 250 }, (_, index) => `jane${index}@example.com`);
    await call(url(), 'sendMail', mailUnder('many', ...emails));
    const read = async () =>
      ((await result({ payload: { xUniqueId: 'many' } })).payload as { email: string }[]).map(
        ({ email }) => email,
      );
    await deploy('getMessageInfo');
    assert.deepEqual(await read(), emails);
    await deploy('getMessageInfo', { limit: ['120', 'num'] });
    assert.deepEqual(await read(), emails.slice(0, 120));
  });

  it('report a service that answers the same page again', async () => {
    const emails = Array.from({ length: 250 }, (_, index) => `jane${index}@example.com`);
    await call(url(), 'sendMail', mailUnder('many', ...emails));
    await fault(url(), { kind: 'repeatPage', count: null });
    await deploy('getMessageInfo');
    const { error } = await failure({ payload: { xUniqueId: 'many' } });
    assert.match(error.message, /^SendClean answered page 2 with the records of an earlier page/);
  });

  it('pass the other properties of a message on', async () => {
    await deploy('sendMail');
    const order = { id: 1042, items: [{ sku: 'A' }] };
    const msg = await result({ ...mail, order, _msgid: 'abc', sendclean: 'of an earlier failure' });
    assert.partialDeepStrictEqual(msg, { order, _msgid: 'abc', topic: 'Order', to: 'jane@example.com' });
    assert.equal('sendclean' in msg, false);
  });

  it('complete each message once', async () => {
    await deploy('sendMail');
    for (let count = 0; count < 3; count += 1) await result(mail);
    const seen = [1, 2, 3].map(() => red().next(ids.completed));
    await Promise.all(seen);
    await result(mail);
    await red().next(ids.completed);
    assert.deepEqual([red().waiting(ids.completed), red().waiting(ids.caught)], [0, 0]);
  });

  it('send many messages at once, and count them in the status', async () => {
    await deploy('sendMail');
    const before = red().statuses(ids.node).length;
    const all = Array.from({ length: 60 }, () => red().next(ids.out));
    for (let index = 0; index < 60; index += 1) red().send(ids.node, { ...mail, topic: `Order ${index}` });
    await Promise.all(all);
    const shown = red().statuses(ids.node).slice(before);
    assert.equal((await messages(url())).length, 60);
    assert.ok(shown.some(({ text }) => text === 'sending 10, queued 50'));
    assert.deepEqual(shown.at(-1), { fill: 'green', shape: 'dot', text: 'sent 60' });
  });

  it('clear the status and end a call that hangs when the flow is deployed again', async () => {
    await deploy('sendMail');
    await fault(url(), { kind: 'delay', delayMs: 60_000 });
    red().send(ids.node, { ...mail });
    while (red().statuses(ids.node).at(-1)?.text !== 'sending 1') await new Promise(setImmediate);
    await deploy('sendMail', { subject: ['Other', 'str'] });
    assert.deepEqual(red().statuses(ids.node).at(-1), {});
    assert.match(red().log(), /while waiting for SendClean. It is not known whether the email was sent/);
    await result(mail);
    assert.equal(red().statuses(ids.node).at(-1)?.text, 'sent 1');
  });
});
