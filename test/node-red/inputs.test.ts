import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import type { FlowNode } from '../support/nodeRed';
import { flowOf, type Typed } from '../support/nodeRedFlow';
import { mail, useRuntime } from './harness';

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

/** A node before the first, which puts a subject into the flow's and the global context. */
const remember: FlowNode = {
  id: 'remember',
  type: 'change',
  z: 'tab',
  rules: ['flow', 'global'].map((pt) => ({ t: 'set', p: 'subject', pt, to: `From ${pt}`, tot: 'str' })),
  wires: [['node']],
};

const { url, red, deploy, result, failure, taken, requestCount } = useRuntime();

describe('a typed input of the Node-RED nodes', () => {
  const subjects: Record<string, Typed> = {
    'From msg': ['order.title', 'msg'],
    'From flow': ['subject', 'flow'],
    'From global': ['subject', 'global'],
    'From env': ['SUBJECT', 'env'],
    'From JSONata 1042': ['"From JSONata " & order.id', 'jsonata'],
    'From text': ['From text', 'str'],
  };
  for (const [expected, input] of Object.entries(subjects)) {
    it(`takes its value from ${input[1]}`, async () => {
      const flow = flowOf('sendMail', { endpoint: url() }, { subject: input });
      await red().deploy({ ...flow, flows: [...flow.flows, remember] });
      red().send('remember', { ...mail, order: { id: 1042, title: 'From msg' } });
      await red().next('out');
      assert.equal((await taken()).message.subject, expected);
    });
  }

  it('is empty where the message does not have its property', async () => {
    await deploy('sendMail', { subject: ['order.title', 'msg'] });
    await result(mail);
    assert.equal('subject' in (await taken()).message, false);
  });

  for (const expression of ['$uppercase(1)', '"Order " & (']) {
    it(`names itself when its expression fails, and sends nothing: ${expression}`, async () => {
      await deploy('sendMail', { subject: [expression, 'jsonata'] });
      const { error } = await failure(mail);
      assert.match(error.message, /^Subject cannot be evaluated \(.+\)\. Nothing was sent/);
      assert.equal(await requestCount(), 0);
    });
  }

  it('takes a choice for a switch, and true or false as well', async () => {
    await deploy('sendMail', { trackOpens: ['no', 'choice'], autoText: ['flag', 'msg'] });
    await result({ ...mail, flag: true });
    assert.partialDeepStrictEqual((await taken()).message.headers, {
      'X-STes-TrackOpen': 'no',
      'X-STes-Autotext': 'yes',
    });
  });

  it('takes recipients as text, as a list and with names', async () => {
    await deploy('sendMail');
    await result({ ...mail, to: '"Doe, Jane" <jane@example.com>, john@example.com', cc: ['a@example.com'] });
    assert.deepEqual((await taken()).message.to, [
      { email: 'jane@example.com', name: 'Doe, Jane', type: 'to' },
      { email: 'john@example.com', type: 'to' },
      { email: 'a@example.com', type: 'cc' },
    ]);
  });

  it('sends a payload without tags as plain text', async () => {
    await deploy('sendMail');
    await result({ ...mail, payload: 'a < b and b > c' });
    const { message } = await taken();
    assert.deepEqual([message.text, message.html], ['a < b and b > c', undefined]);
  });

  it('writes an object out as the text of an email', async () => {
    await deploy('sendMail');
    await result({ ...mail, payload: { order: 1 } });
    assert.equal((await taken()).message.text, '{"order":1}');
  });
});

describe('files of the Node-RED nodes', () => {
  type Files = { type: string; name: string; content: string }[];

  it('are attached from a Buffer in msg.payload, as e-mail flows do it', async () => {
    await deploy('sendMail');
    const payload = Buffer.from('report');
    await result({ ...mail, payload, plaintext: 'See the file', filename: 'report.csv' });
    const { message } = await taken();
    assert.partialDeepStrictEqual(message, {
      text: 'See the file',
      attachments: [{ type: 'text/csv', name: 'report.csv', content: payload.toString('base64') }],
    });
  });

  it('arrive whole from a Buffer that msg.filename names', async () => {
    const bytes = randomBytes(300_000);
    await deploy('sendMail', { attachments: ['payload', 'msg'], html: ['<p>See the file</p>', 'str'] });
    await result({ ...mail, payload: bytes, filename: '/data/reports/Übersicht.pdf' });
    const [file] = (await taken()).message.attachments as Files;
    assert.deepEqual([file?.type, file?.name], ['application/pdf', 'Übersicht.pdf']);
    assert.equal(sha256(Buffer.from(file?.content ?? '', 'base64')), sha256(bytes));
  });

  it('are read as the e-mail node has them, images by their Content-ID', async () => {
    await deploy('sendMail');
    const image = Buffer.from([137, 80, 78, 71]);
    await result({
      ...mail,
      payload: '<img alt="a > b" src="cid:logo">',
      attachments: [
        { filename: 'notes.txt', content: 'Grüße' },
        { filename: 'x.bin', content: 'AAEC', encoding: 'base64', contentType: 'application/x-own' },
        { filename: 'logo.png', content: image, cid: 'logo' },
      ],
    });
    const { attachments, images } = (await taken()).message;
    assert.deepEqual(attachments, [
      { type: 'text/plain', name: 'notes.txt', content: Buffer.from('Grüße').toString('base64') },
      { type: 'application/x-own', name: 'x.bin', content: 'AAEC' },
    ]);
    assert.deepEqual(images, [{ type: 'image/png', name: 'logo', content: image.toString('base64') }]);
  });

  it('may be missing from HTML that is forwarded, where the node is set to send it anyway', async () => {
    const forwarded = { ...mail, payload: '<p>See below</p><img src="cid:image001.png@01D9">' };
    await deploy('sendMail');
    const { error, sendclean } = await failure(forwarded);
    assert.match(
      error.message,
      /shows the image cid:image001\.png@01D9, which is not among the inline images/,
    );
    assert.partialDeepStrictEqual(sendclean, { kind: 'validation', path: 'html', fate: 'notSent' });
    await deploy('sendMail', { missingImages: ['send', 'choice'] });
    await result(forwarded);
    assert.equal((await taken()).message.html, forwarded.payload);
  });
  for (const [contentType, type] of [
    ['image/png; name=x.png', 'image/png'],
    ['image/svg+xml; charset=utf-8', 'image/svg+xml'],
  ]) {
    it(`are images whatever their type says beside: ${contentType}`, async () => {
      await deploy('sendMail');
      const attachments = { filename: 'logo', content: 'a', contentType, cid: 'logo' };
      await result({ ...mail, payload: '<img src="cid:logo">', attachments });
      assert.deepEqual((await taken()).message.images, [{ type, name: 'logo', content: 'YQ==' }]);
    });
  }

  it('are read as the request has them', async () => {
    await deploy('sendTemplate', { templateId: ['welcome', 'str'] });
    const file = { type: 'text/csv', name: 'a.csv', content: 'YSxi' };
    await result({ ...mail, payload: {}, attachments: file });
    assert.deepEqual((await taken()).message.attachments, [file]);
  });

  it('are never read by their path', async () => {
    await deploy('sendMail');
    const { error } = await failure({ ...mail, attachments: [{ filename: 'a', path: '/etc/hostname' }] });
    assert.match(error.message, /^Attachments, path of the first file is not read: /);
    assert.equal(await requestCount(), 0);
  });
});
