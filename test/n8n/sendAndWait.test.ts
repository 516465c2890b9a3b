import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fault, message } from '../sandbox/client';
import { useNode } from './harness';

describe('Send and Wait for Response in the n8n node', () => {
  const { run, inbox, url } = useNode();
  const question = {
    operation: 'sendAndWait',
    fromEmail: 'shop@example.com',
    toEmail: 'jane@example.com',
    subject: 'Order 1042',
    message: 'May it be <sent>?\nReally?',
    approvalOptions: { values: { approvalType: 'double', disapproveLabel: '<b>No' } },
  };
  const only = async () => {
    const [summary, ...more] = await inbox();
    assert.deepEqual(more, []);
    return await message(url(), summary?.id ?? 0);
  };

  it('says the same as HTML and as text, with the same link behind each button', async () => {
    await run(question);
    const { html, text, xUniqueId, recipients } = await only();
    assert.deepEqual(recipients, [{ email: 'jane@example.com', type: 'to' }]);
    const links = [...(html ?? '').matchAll(/href="([^"]+)"/g)].map(([, href = '']) =>
      href.replaceAll('&amp;', '&'),
    );
    assert.equal(links.length, 2);
    assert.equal(links[0], links[1]);
    assert.equal(new URL(links[0] ?? '').searchParams.get('id'), xUniqueId);
    assert.equal(text, `May it be <sent>?\nReally?\n\nApprove / <b>No: ${links[0]}\n`);
    assert.match(html ?? '', /May it be &lt;sent&gt;\?<br>\nReally\?/);
    assert.match(html ?? '', />&lt;b&gt;No<\/a>/);
  });

  it('takes the sender, the X-Unique-ID and the addresses of its options', async () => {
    const options = { fromName: 'Example Shop', xUniqueId: 'order-1042', replyTo: 'help@example.com' };
    await run({ ...question, options });
    const { from, xUniqueId, request } = await only();
    assert.deepEqual([from, xUniqueId], [{ email: 'shop@example.com', name: 'Example Shop' }, 'order-1042']);
    assert.match(JSON.stringify(request), /"Reply-To":"help@example.com"/);
  });

  it('asks once, however often n8n tries again when it is not known whether the email was sent', async () => {
    await fault(url(), { kind: 'resetAfter', count: null });
    const settings = { retryOnFail: true, maxTries: 3, waitBetweenTries: 0 };
    const { error } = await run(question, {}, {}, { settings });
    assert.match(error?.message ?? '', /the connection broke before an answer came/);
    await only();
  });

  it('asks in the next try of n8n if the first sent nothing', async () => {
    await fault(url(), { kind: 'reply', status: 429, body: '{}', count: 1 });
    const settings = { retryOnFail: true, maxTries: 3, waitBetweenTries: 0 };
    const { error } = await run({ ...question, delivery: { attempts: 1 } }, {}, {}, { settings });
    assert.equal(error, undefined);
    await only();
  });

  it('has an ID of its own for each question', async () => {
    await run(question);
    await run(question);
    const [one, other] = (await inbox()).map(({ xUniqueId }) => xUniqueId);
    assert.notEqual(one, other);
  });
});
