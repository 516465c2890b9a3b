import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sendCleanNode } from '../support/n8nEngine';
import { useNode } from './harness';

const markdown = '# Order 1042\n\n- **pens**\n- <b>paper</b>\n\n| Item | Price |\n|---|---|\n| Pens | 3 |\n';

describe('an email that is written in Markdown in the n8n node', () => {
  const { sent, refusal } = useNode();
  const send = (changes: object) => sent({ html: 'not this', emailFormat: 'markdown', ...changes });

  it('is sent as HTML with styles, and as plain text', async () => {
    const { html, text } = await send({ markdown });
    assert.match(String(html), /<h1 style="[^"]+">Order 1042<\/h1>/);
    assert.match(String(html), /<td style="[^"]+">Pens<\/td>/);
    assert.equal(
      text,
      'Order 1042\n==========\n\n- pens\n- <b>paper</b>\n\nItem | Price\n-----|------\nPens | 3\n',
    );
  });

  it('shows HTML as text, unless that is allowed', async () => {
    assert.match(String((await send({ markdown })).html), /&lt;b&gt;paper/);
    const allowed = await send({ markdown, options: { markdownHtml: true } });
    assert.match(String(allowed.html), /<b>paper<\/b>/);
    assert.match(String(allowed.text), /- paper\n/);
  });

  it('may be another one for each item', async () => {
    const { text } = await sent(
      { emailFormat: 'markdown', markdown: '=Hello *{{ $json.name }}*' },
      {},
      { name: 'Jane' },
    );
    assert.equal(text, 'Hello Jane\n');
  });

  it('shows inline images', async () => {
    const logo = { bytes: Buffer.from([1, 2, 3]), mimeType: 'image/png', fileName: 'logo.png' };
    const changes = {
      emailFormat: 'markdown',
      markdown: '![Logo](cid:logo)',
      options: { inlineImages: 'logo' },
    };
    const { html, text, images } = await sent(changes, { logo });
    assert.match(String(html), /<img src="cid:logo" alt="Logo"/);
    assert.equal(text, '[Logo]\n');
    assert.equal(images?.length, 1);
  });

  for (const nothing of [' \n', '={{ $json.missing }}'])
    it(`must not be empty: ${JSON.stringify(nothing)}`, async () => {
      assert.equal(await refusal({ emailFormat: 'markdown', markdown: nothing }), 'Markdown is required');
    });

  it('must be text', async () => {
    assert.match(
      String(await refusal({ emailFormat: 'markdown', markdown: '={{ $json }}' }, {}, { a: 1 })),
      /^Markdown must be text, got /,
    );
  });
});

describe('an email whose Email Format is Automatic in the n8n node', () => {
  const { run, sent, refusal } = useNode();
  const send = async (content: unknown) => {
    const { html, text } = await sent({ html: 'not this', emailFormat: 'auto', content });
    return [html, text];
  };

  it('is HTML if there is a tag in it', async () => {
    assert.deepEqual(await send('Hi <b>Jane</b>'), ['Hi <b>Jane</b>', undefined]);
  });

  it('is plain text otherwise, also if it could be Markdown', async () => {
    assert.deepEqual(await send('# Hi\n*Jane*, 1 < 2'), [undefined, '# Hi\n*Jane*, 1 < 2']);
  });

  it('needs no warning about missing tags', async () => {
    const { hints } = await run({ emailFormat: 'auto', content: 'Hi' });
    assert.deepEqual(hints, []);
  });

  it('must not be empty', async () => {
    assert.equal(await refusal({ emailFormat: 'auto', content: ' ' }), 'Content is required');
  });
});

describe('the n8n node as a tool of an AI agent', () => {
  it('asks for Markdown', () => {
    const { usableAsTool } = sendCleanNode().description;
    assert.match(JSON.stringify(usableAsTool), /content of an email in Markdown/);
  });
});

describe('an Email Format that there is not', () => {
  const { refusal } = useNode();
  it('is refused with the ones that there are', async () => {
    assert.equal(
      await refusal({ emailFormat: 'rtf' }),
      'Email Format must be one of auto, both, html, markdown, text, got "rtf"',
    );
  });
});
