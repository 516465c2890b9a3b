import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import { fromEml } from '../support/preview';
import { ids } from '../support/nodeRedFlow';
import { mail, useRuntime } from './harness';

const { red, deploy, result, failure, requestCount } = useRuntime();

describe('Validate Only in Node-RED', () => {
  it('gives the request on without owner ID and token, and sends nothing', async () => {
    await deploy('sendMail', { validateOnly: ['yes', 'choice'] });
    const content = Buffer.from('invoice');
    const attachments = [{ filename: 'invoice.pdf', content }];
    const { payload } = await result({ ...mail, xUniqueId: 'order-7', attachments });
    assert.partialDeepStrictEqual(payload, { sent: false, method: 'POST', path: 'messages/sendMail' });
    const { body } = payload as { body: { message: Record<string, unknown> } };
    assert.deepEqual(Object.keys(body).sort(), ['message', 'smtp_user_name']);
    assert.deepEqual(body.message.attachments, [
      {
        type: 'application/pdf',
        name: 'invoice.pdf',
        size: content.length,
        sha256: createHash('sha256').update(content).digest('hex'),
      },
    ]);
    assert.equal(await requestCount(), 0);
    assert.equal(red().statuses(ids.node).at(-1)?.text, 'validated, not sent');
  });

  it('gives the email on as a page and as a file for email programs', async () => {
    await deploy('sendMail', { validateOnly: ['yes', 'choice'] });
    const { payload } = await result({ ...mail, payload: '<p>Grüße</p>', xUniqueId: 'order-7' });
    const { preview } = payload as { preview: { html: Buffer; eml: Buffer } };
    assert.match(preview.html.toString(), /&lt;p&gt;Grüße&lt;\/p&gt;/);
    const { html, to, headers } = await fromEml(preview.eml, ['x-unique-id']);
    assert.deepEqual(
      [html, to, headers],
      ['<p>Grüße</p>', ['jane@example.com'], { 'x-unique-id': 'order-7' }],
    );
  });

  it('gives the query of a GET request on', async () => {
    await deploy('sendTemplateGet', { templateId: ['welcome', 'str'], validateOnly: ['yes', 'choice'] });
    const { payload } = await result({ ...mail, payload: { NAME: 'Jane' } });
    assert.partialDeepStrictEqual(payload, { method: 'GET', query: { template_id: 'welcome' } });
    assert.equal(await requestCount(), 0);
  });

  it('refuses what a send would refuse', async () => {
    await deploy('sendMail', { validateOnly: [true, 'bool'] as never });
    const { sendclean } = await failure({ ...mail, to: 'jane' });
    assert.partialDeepStrictEqual(sendclean, { kind: 'validation', fate: 'notSent' });
  });

  it('can be chosen by each message', async () => {
    await deploy('sendMail', { validateOnly: ['test', 'msg'] });
    await result({ ...mail, test: true });
    assert.equal(await requestCount(), 0);
    await result({ ...mail, test: false });
    assert.equal(await requestCount(), 1);
  });
});

describe('Size Limit in Node-RED', () => {
  const attachments = [{ filename: 'big.bin', content: Buffer.alloc(1_500_000) }];

  it('refuses attachments that are larger together, and sends nothing', async () => {
    await deploy('sendMail', { sizeLimit: ['1', 'num'] });
    const { sendclean } = await failure({ ...mail, attachments });
    assert.partialDeepStrictEqual(sendclean, {
      message: 'Size Limit (MB) is exceeded: attachments and images are 1.5 MB together, the limit is 1 MB',
      fate: 'notSent',
    });
    assert.equal(await requestCount(), 0);
  });

  it('is none where it is empty', async () => {
    await deploy('sendMail');
    await result({ ...mail, attachments });
    assert.equal(await requestCount(), 1);
  });

  it('must be a number that makes sense', async () => {
    await deploy('sendMail', { sizeLimit: ['-1', 'num'] });
    const { error } = await failure(mail);
    assert.match(error.message, /^Size Limit \(MB\) must be a number from 0\.1 to 10000, got -1/);
  });
});
