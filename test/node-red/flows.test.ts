import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { describe, it } from 'node:test';
import type { ParsedMail } from '../support/mailServer';
import { flowOf, ids } from '../support/nodeRedFlow';
import { uploaded } from '../support/uploads';
import { mail, useRuntime } from './harness';

const { url, red, deploy, result, failure, taken, requestCount } = useRuntime();

const { simpleParser } = createRequire(import.meta.url)('mailparser') as {
  simpleParser(source: string): Promise<ParsedMail & { headers: Map<string, unknown> }>;
};

const pixel = Buffer.from('R0lGODlhAQABAAAAACwAAAAAAQABAAA=', 'base64');

describe('files that were uploaded to an http in node', () => {
  const bytes = Buffer.from(Array.from({ length: 256 }, (_, index) => index));
  const form = () => {
    const data = new FormData();
    data.append('cv', new Blob([bytes], { type: 'application/pdf' }), 'Lebenslauf – Übersicht.pdf');
    data.append('note', new Blob(['Hi']), 'note.txt');
    return data;
  };
  const expected = [
    { type: 'application/pdf', name: 'Lebenslauf – Übersicht.pdf', content: bytes.toString('base64') },
    { type: 'application/octet-stream', name: 'note.txt', content: 'SGk=' },
  ];

  it('are attached whole, with the names that the browser wrote', async () => {
    await deploy('sendMail', { attachments: ['req.files', 'msg'] });
    await result({ ...mail, req: await uploaded(form()) });
    assert.deepEqual((await taken()).message.attachments, expected);
  });

  it('are attached one by one, and after they went through JSON', async () => {
    const { files } = await uploaded(form());
    await deploy('sendMail');
    await result({ ...mail, attachments: JSON.parse(JSON.stringify(files[0])) as unknown });
    assert.deepEqual((await taken()).message.attachments, expected.slice(0, 1));
  });

  it('are shown in the HTML by the names of their fields', async () => {
    const data = new FormData();
    data.append('photo', new Blob([pixel], { type: 'image/gif' }), 'IMG_1042.gif');
    await deploy('sendMail', { inlineImages: ['req.files', 'msg'] });
    await result({ ...mail, payload: '<img src="cid:photo">', req: await uploaded(data) });
    assert.deepEqual((await taken()).message.images, [
      { type: 'image/gif', name: 'photo', content: pixel.toString('base64') },
    ]);
  });

  it('are none where none was chosen', async () => {
    await deploy('sendMail', { attachments: ['req.files', 'msg'] });
    await result({ ...mail, req: await uploaded(new FormData()) });
    assert.equal((await taken()).message.attachments, undefined);
  });

  it('keep a name in Latin-1, and are refused without their bytes', async () => {
    await deploy('sendMail');
    const file = { originalname: 'Zürich.txt', mimetype: 'text/plain', buffer: Buffer.from('a') };
    await result({ ...mail, attachments: file });
    assert.partialDeepStrictEqual((await taken()).message.attachments, [{ name: 'Zürich.txt' }]);
    const { sendclean } = await failure({ ...mail, attachments: { ...file, buffer: undefined } });
    assert.deepEqual([sendclean.kind, sendclean.fate], ['validation', 'notSent']);
  });
});

describe('an email that an email in node received', () => {
  const source = [
    'From: Jane Doe <jane@example.com>',
    'To: shop@example.com, "Doe, John" <john@example.com>',
    'Reply-To: help@example.com',
    'Message-ID: <1042@example.com>',
    'Subject: Question',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=b',
    '',
    '--b',
    'Content-Type: text/html; charset=utf-8',
    '',
    '<p>Hello</p>',
    '--b',
    'Content-Type: text/plain; name=a.txt',
    'Content-Disposition: attachment; filename=a.txt',
    '',
    'A',
    '--b--',
  ].join('\r\n');

  /** The message as that node makes it. */
  async function received(more: object = {}) {
    const parsed = await simpleParser(source);
    return {
      topic: parsed.subject,
      header: Object.fromEntries(parsed.headers),
      html: parsed.html,
      attachments: parsed.attachments,
      payload: '',
      from: 'shop@example.com',
      to: 'team@example.com',
      ...more,
    };
  }

  it('goes on with its HTML where it has no text, with its files', async () => {
    await deploy('sendMail');
    await result(await received());
    const { message } = await taken();
    assert.deepEqual([message.html, message.text], ['<p>Hello</p>', undefined]);
    assert.deepEqual(message.attachments, [{ type: 'text/plain', name: 'a.txt', content: 'QQ==' }]);
  });

  it('goes on with its payload where that has text, or where another content is chosen', async () => {
    await deploy('sendMail');
    await result(await received({ payload: 'Hello' }));
    assert.deepEqual([(await taken()).message.html, (await taken()).message.text], [undefined, 'Hello']);
    await deploy('sendMail', { html: ['', 'str'], text: ['Hi', 'str'] });
    await result(await received());
    assert.equal(await requestCount(), 2);
  });

  it('is answered in its thread, to the addresses of its headers', async () => {
    await deploy('sendMail', { to: ['header.to', 'msg'], replyTo: ['header.reply-to', 'msg'] });
    await result(await received({ references: '<1041@example.com>' }));
    const { message } = await taken();
    assert.deepEqual(message.to, [
      { email: 'shop@example.com', type: 'to' },
      { email: 'john@example.com', name: 'Doe, John', type: 'to' },
    ]);
    assert.partialDeepStrictEqual(message.headers, {
      'Reply-To': 'help@example.com',
      'In-Reply-To': '<1042@example.com>',
      References: '<1041@example.com>',
    });
    assert.equal(message.subject, 'Re: Question');
  });
});

describe('the thread of an email in Node-RED', () => {
  const headers = async () => (await taken()).message.headers as Record<string, string>;

  it('is what the fields say, before what the message says', async () => {
    const inputs = {
      inReplyTo: ['id', 'msg'],
      references: ['["1@example.com","<2@example.com>"]', 'str'],
    } as const;
    await deploy('sendMail', inputs);
    await result({
      ...mail,
      id: '3@example.com',
      inReplyTo: 'other@example.com',
      headers: { 'in-reply-to': 'x' },
    });
    assert.partialDeepStrictEqual(await headers(), {
      'In-Reply-To': '<3@example.com>',
      References: '<1@example.com> <2@example.com>',
    });
    assert.equal((await headers())['in-reply-to'], undefined);
  });

  /** A node that was stored before it had fields for these. */
  async function deployOld(more: object = {}) {
    const { flows, credentials } = flowOf('sendMail', { endpoint: url() });
    const old = flows.map((node) => {
      if (node.id !== ids.node) return node;
      const kept = Object.entries(node).filter(([name]) => !/^(inReplyTo|references)(Type)?$/.test(name));
      return { ...(Object.fromEntries(kept) as typeof node), ...more };
    });
    await red().deploy({ flows: old, ...(credentials && { credentials }) });
  }

  it('is that of the message in a node that was stored without the fields', async () => {
    await deployOld();
    await result({ ...mail, inReplyTo: '1@example.com', references: ['<0@example.com>', '1@example.com'] });
    assert.partialDeepStrictEqual(await headers(), {
      'In-Reply-To': '<1@example.com>',
      References: '<0@example.com> <1@example.com>',
    });
  });

  it('is nobody’s in such a node whose headers are its own', async () => {
    await deployOld({ customHeaders: '{"X-Campaign":"autumn"}', customHeadersType: 'json' });
    await result({ ...mail, inReplyTo: '1@example.com', header: { 'message-id': '<2@example.com>' } });
    const { 'X-Unique-Id': id, ...others } = await headers();
    assert.ok(id);
    assert.deepEqual(others, { 'X-Campaign': 'autumn' });
  });

  it('leaves out what a received email or a stored node cannot do anything about', async () => {
    await deploy('sendMail');
    await result({ ...mail, header: { 'message-id': 'broken ID' } });
    await deployOld();
    await result({ ...mail, inReplyTo: 'broken ID', references: 7 });
    assert.equal(await requestCount(), 2);
  });

  it('is refused where a field of the message holds no Message-ID', async () => {
    await deploy('sendMail');
    const { sendclean } = await failure({ ...mail, inReplyTo: 'broken ID' });
    assert.deepEqual([sendclean.kind, sendclean.path], ['validation', 'headers.In-Reply-To']);
    assert.equal(await requestCount(), 0);
  });
});

describe('recipients and senders of a message in Node-RED', () => {
  it('may be copies alone, lists with empty entries and JSON text', async () => {
    await deploy('sendMail');
    await result({
      ...mail,
      to: [null, ''],
      cc: '["a@example.com", null]',
      bcc: [{ value: [{ address: 'b@example.com' }] }],
    });
    assert.deepEqual((await taken()).message.to, [
      { email: 'a@example.com', type: 'cc' },
      { email: 'b@example.com', type: 'bcc' },
    ]);
  });

  it('get one email each, however often they are named', async () => {
    await deploy('sendMail');
    await result({ ...mail, cc: 'JANE@example.com, team@example.com', bcc: 'team@example.com' });
    assert.deepEqual((await taken()).message.to, [
      { email: 'jane@example.com', type: 'to' },
      { email: 'team@example.com', type: 'cc' },
    ]);
  });

  it('may be a From with a name in a call that has no place for it', async () => {
    await deploy('sendTemplateGet', { templateId: ['welcome', 'str'] });
    const { payload } = await result({
      ...mail,
      payload: {},
      from: 'Shop <shop@example.com>',
      to: ['Jane <jane@example.com>'],
    });
    assert.equal((payload as { status: string }).status, 'success');
  });
});
