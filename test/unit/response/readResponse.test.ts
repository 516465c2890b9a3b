import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { operations } from '../../../shared/generated/operations';
import { simplify } from '../../../shared/response/simplify';
import { simulatedService, type Answer } from '../../support/transport';

const mail = { smtp_user_name: 'smtp1', message: { to: [{ email: 'jane@example.com' }], text: 'Hello' } };

async function send(answer: Answer): Promise<object> {
  return await simulatedService(() => answer, { limits: { attempts: 1 } }).client.sendMail(mail);
}

describe('responses', () => {
  it('reads a success and gives the X-Unique-Id with it', async () => {
    const result = await send({ body: '{"status":"success","message":"queued"}' });
    assert.partialDeepStrictEqual(result, { status: 'success', message: 'queued' });
    assert.match(String((result as { xUniqueId: unknown }).xUniqueId), /^sc-[a-z0-9]+-[a-z0-9]{20}$/);
  });

  it('reads a response with the stray semicolon of the vendor’s samples', async () => {
    const body = '{\n"status" : "success",\n"message" : "250 Message Queued; \\"soon\\"...";\n}';
    assert.partialDeepStrictEqual(await send({ body }), { message: '250 Message Queued; "soon"...' });
  });

  it('reads a success with a byte order mark and without a message', async () => {
    assert.partialDeepStrictEqual(await send({ body: '\uFEFF{"status":"success","message":null}' }), {
      message: null,
    });
    const within = { body: '{"status":"success","message":"a\uFEFFb"}' };
    assert.partialDeepStrictEqual(await send(within), { message: 'a\uFEFFb' });
  });

  it('passes records on that are not as documented', async () => {
    const records = [{ email: 'jane@example.com', open: '0', openData: null }];
    const body = JSON.stringify({ status: 'success', message_data: records });
    const { client } = simulatedService(() => ({ body }));
    assert.deepEqual(await client.getMessageInfo({ x_unique_id: 'a' }), records);
  });

  it('passes no __proto__ on, by which a flow that merges objects would change all others', async () => {
    const hostile = '"__proto__":{"polluted":"yes"}';
    const sent = await send({ body: `{"status":"success","a":{"b":[{${hostile},"c":1}]},${hostile}}` });
    assert.ok(!('polluted' in sent));
    assert.deepEqual(Object.keys(sent), ['to', 'xUniqueId', 'status', 'time', 'a']);
    assert.equal(JSON.stringify((sent as { a: unknown }).a), '{"b":[{"c":1}]}');
    const body = `{"status":"success","message_data":[{${hostile},"email":"a@b.co","constructor":"x"}]};`;
    const { client } = simulatedService(() => ({ body }));
    const records = await client.getMessageInfo({ x_unique_id: 'a' });
    assert.equal(JSON.stringify(records), '[{"email":"a@b.co","constructor":"x"}]');
    assert.equal(
      JSON.stringify(simplify(operations.getMessageInfo, records[0] ?? {})),
      '{"email":"a@b.co","constructor":"x"}',
    );
  });

  it('refuses to follow a redirect', async () => {
    for (const status of [300, 302, 399])
      await assert.rejects(send({ status, headers: { location: 'https://elsewhere.example' } }), {
        kind: 'unexpectedResponse',
        fate: 'unknown',
        status,
        message: new RegExp(`redirect \\(HTTP ${status}\\), which is not followed`),
      });
  });

  it('says how to find out what happened to an email whose response cannot be read', async () => {
    const { client } = simulatedService(() => ({ body: '' }));
    const message = { ...mail.message, headers: { 'X-Unique-Id': 'order-1042' } };
    await assert.rejects(client.sendMail({ ...mail, message }), {
      advice:
        'It is not known whether the email was sent. Look for X-Unique-Id “order-1042” with Get Message Info before you send it again.',
    });
  });

  it('says of a read that nothing was sent, however it ends', async () => {
    const { client } = simulatedService(() => ({ body: '' }));
    await assert.rejects(client.getMessageInfo({ x_unique_id: 'a' }), {
      kind: 'unexpectedResponse',
      fate: 'notSent',
      effect: 'read',
      advice: 'It is safe to run this again.',
    });
  });
});
