import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Typed } from '../support/nodeRedFlow';
import { mail, useRuntime } from './harness';

const { deploy, result, failure, taken, requestCount } = useRuntime();

const list = (...rows: Record<string, string>[]): Typed => [JSON.stringify(rows), 'list'];
const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('a list of the Node-RED nodes', () => {
  it('holds recipients with their names', async () => {
    const to = list({ email: 'jane@example.com', name: 'Doe, Jane' }, { email: 'john@example.com' });
    await deploy('sendMail', { to, bcc: list({ email: 'archive@example.com' }) });
    await result({ ...mail, to: 'nobody@example.com' });
    assert.deepEqual((await taken()).message.to, [
      { email: 'jane@example.com', name: 'Doe, Jane', type: 'to' },
      { email: 'john@example.com', type: 'to' },
      { email: 'archive@example.com', type: 'bcc' },
    ]);
  });

  it('holds headers by name and value', async () => {
    await deploy('sendMail', {
      customHeaders: list({ name: 'X-Campaign', value: 'spring' }, { name: 'X-A', value: '' }),
    });
    await result(mail);
    assert.partialDeepStrictEqual((await taken()).message.headers, { 'X-Campaign': 'spring', 'X-A': '' });
  });

  it('holds the dynamic values of a template', async () => {
    const dynamicValues = list({ name: 'NAME', value: 'Jane' });
    await deploy('sendTemplate', { templateId: ['welcome', 'str'], dynamicValues });
    await result(mail);
    assert.deepEqual((await taken()).message.dynamic_value, { NAME: 'Jane' });
  });

  it('refuses a name that stands in it twice', async () => {
    await deploy('sendMail', {
      customHeaders: list({ name: 'X-A', value: '1' }, { name: 'X-A', value: '2' }),
    });
    const { error } = await failure(mail);
    assert.match(error.message, /holds the name "X-A" twice/);
  });

  it('holds files, whose content comes from the message or stands in the row', async () => {
    const attachments = list(
      { filename: 'invoice.pdf', content: 'order.invoice', from: 'msg' },
      { filename: 'notes', contentType: 'text/markdown', content: '# Grüße', from: 'str' },
    );
    await deploy('sendMail', { attachments });
    await result({ ...mail, order: { invoice: Buffer.from('PDF') } });
    assert.deepEqual((await taken()).message.attachments, [
      { type: 'application/pdf', name: 'invoice.pdf', content: base64('PDF') },
      { type: 'text/markdown', name: 'notes', content: base64('# Grüße') },
    ]);
  });

  it('holds images by their Content-ID', async () => {
    const inlineImages = list({ cid: 'logo.png', content: 'logo', from: 'msg' });
    await deploy('sendMail', { inlineImages });
    await result({ ...mail, payload: '<img src="cid:logo.png">', logo: Buffer.from('PNG') });
    assert.deepEqual((await taken()).message.images, [
      { type: 'image/png', name: 'logo.png', content: base64('PNG') },
    ]);
  });

  it('names the file whose content the message does not have, and sends nothing', async () => {
    await deploy('sendMail', { attachments: list({ filename: 'a.pdf', content: 'a.b.c', from: 'msg' }) });
    const { error } = await failure(mail);
    assert.match(error.message, /^Attachments, first file is required/);
    assert.equal(await requestCount(), 0);
  });

  for (const value of ['{"email":"jane@example.com"}', 'jane@example.com', '[1]']) {
    it(`refuses ${value}, which is none`, async () => {
      await deploy('sendMail', { to: [value, 'list'] });
      const { error } = await failure(mail);
      assert.match(error.message, /^To is not a valid list: enter it in the node again\. Nothing was sent/);
      assert.equal(await requestCount(), 0);
    });
  }
});
