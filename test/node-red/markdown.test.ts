import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { mail, useRuntime } from './harness';

const { deploy, result, failure, taken } = useRuntime();
const markdown = '# Order 1042\n\n- **pens**\n- <b>paper</b>\n';

describe('an email that is written in Markdown in Node-RED', () => {
  /** What the service takes of a message's email. */
  async function sent(msg: object) {
    await result({ ...mail, ...msg });
    const { html, text, images } = (await taken()).message as Record<string, unknown>;
    return { html: String(html), text, images };
  }

  it('is what the type Markdown of the HTML field holds', async () => {
    await deploy('sendMail', { html: [markdown, 'markdown'] });
    const { html, text } = await sent({});
    assert.match(html, /<h1 style="[^"]+">Order 1042<\/h1>/);
    assert.equal(text, 'Order 1042\n==========\n\n- pens\n- <b>paper</b>\n');
  });

  it('is what any message holds if HTML Format says so', async () => {
    await deploy('sendMail', { emailFormat: ['markdown', 'choice'] });
    const { html, text } = await sent({ payload: markdown });
    assert.match(html, /<strong>pens<\/strong>/);
    assert.match(html, /&lt;b&gt;paper/);
    assert.match(String(text), /^Order 1042\n/);
  });

  for (const [format, html, text] of [
    ['markdown', /<em>Hi<\/em>/, 'Hi\n'],
    ['auto', /undefined/, '*Hi*'],
    [undefined, /undefined/, '*Hi*'],
  ] as const)
    it(`may have its format in the message: ${format}`, async () => {
      await deploy('sendMail', { emailFormat: ['format', 'msg'] });
      const written = await sent({ payload: '*Hi*', format });
      assert.match(written.html, html);
      assert.equal(written.text, text);
    });

  it('has HTML in it if that is allowed', async () => {
    await deploy('sendMail', { html: [markdown, 'markdown'], markdownHtml: ['yes', 'choice'] });
    assert.match((await sent({})).html, /<b>paper<\/b>/);
  });

  it('keeps a plain text of its own', async () => {
    await deploy('sendMail', { emailFormat: ['markdown', 'choice'] });
    assert.equal((await sent({ payload: markdown, plaintext: 'See the HTML' })).text, 'See the HTML');
  });

  it('shows the images that an email node would attach', async () => {
    await deploy('sendMail', { emailFormat: ['markdown', 'choice'] });
    const attachments = [{ filename: 'logo.png', cid: 'logo', content: Buffer.from([1, 2, 3]) }];
    const { html, images } = await sent({ payload: '![Logo](cid:logo)', attachments });
    assert.match(html, /<img src="cid:logo" alt="Logo"/);
    assert.equal((images as object[]).length, 1);
  });

  it('leaves a file that takes the place of the content to be attached', async () => {
    await deploy('sendMail', { emailFormat: ['markdown', 'choice'] });
    const { text } = await sent({ payload: Buffer.from([1, 2, 3]) });
    assert.match(String(text), /File from Node-RED is attached/);
  });

  it('is refused if it is empty', async () => {
    await deploy('sendMail', { html: [' ', 'markdown'] });
    const { error } = await failure(mail);
    assert.match(error.message, /^HTML or Text is required/);
  });

  it('is refused in a format that there is not', async () => {
    await deploy('sendMail', { emailFormat: ['rtf', 'str'] });
    const { error } = await failure(mail);
    assert.match(error.message, /^HTML Format must be one of auto, markdown, got "rtf"/);
  });
});
