import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Field } from '../../../shared/model';
import { operations } from '../../../shared/generated/operations';
import { hasTag, movePlainText, writeMarkdown } from '../../../shared/form/htmlText';

const fields: readonly Field[] = operations.sendMail.fields;
const sorted = (values: Record<string, unknown>) => {
  movePlainText(fields, values);
  return [values.html, values.text];
};

describe('HTML without a tag', () => {
  for (const text of ['<p>Hi</p>', 'Hi<br>', 'line\n<B\nclass="x">', 'a < b <i>c</i>', '<a<a<a>'])
    it(`is not what this is: ${JSON.stringify(text)}`, () => assert.equal(hasTag(text), true));

  for (const text of ['', 'Hi\nJane', '1 < 2 > 1', 'a <b', '> a <b', '< p>', '<1>', '<a<a<a'])
    it(`is what this is: ${JSON.stringify(text)}`, () => assert.equal(hasTag(text), false));

  it('becomes the plain text where there is none', () => {
    assert.deepEqual(sorted({ html: 'Hi\nJane' }), [undefined, 'Hi\nJane']);
    assert.deepEqual(sorted({ html: 'Hi\nJane', text: '' }), [undefined, 'Hi\nJane']);
    assert.deepEqual(sorted({ html: 42 }), [undefined, 42]);
  });

  it('stays beside a plain text, and so does HTML', () => {
    assert.deepEqual(sorted({ html: 'Hi', text: 'Hello' }), ['Hi', 'Hello']);
    assert.deepEqual(sorted({ html: '<p>Hi</p>' }), ['<p>Hi</p>', undefined]);
  });

  it('is left to validation where it is no text, and where there is nothing', () => {
    const list = ['Hi'];
    assert.deepEqual(sorted({ html: list }), [list, undefined]);
    assert.deepEqual(sorted({ html: '' }), ['', undefined]);
    assert.deepEqual(sorted({ text: 'Hi' }), [undefined, 'Hi']);
  });
});

describe('Markdown', () => {
  const write = async (values: Record<string, unknown>, allowsHtml = false, list = fields) => {
    await writeMarkdown(list, values, allowsHtml);
    return values;
  };

  it('is written as HTML, and as plain text beside it', async () => {
    const { html, text } = await write({ html: '# Hi' });
    assert.match(String(html), /<h1 [^>]*>Hi<\/h1>/);
    assert.equal(text, 'Hi\n==\n');
  });

  it('leaves a text of its own beside it', async () => {
    assert.equal((await write({ html: '*Hi*', text: 'Hello' })).text, 'Hello');
  });

  it('shows tags as they are written unless they are HTML', async () => {
    assert.match(String((await write({ html: '<u>Hi</u>' })).html), /&lt;u&gt;Hi/);
    assert.match(String((await write({ html: '<u>Hi</u>' }, true)).html), /<u>Hi/);
  });

  it('is nothing where nothing is written, and left to validation where it is no text', async () => {
    assert.deepEqual(await write({ html: '' }), { html: '' });
    assert.deepEqual(await write({}), {});
    assert.deepEqual(await write({ html: { a: 1 } }), { html: { a: 1 } });
    assert.equal((await write({ html: 42 })).text, '42\n');
    assert.equal((await write({ html: '[a]: https://a.example' })).html, undefined);
  });

  it('is not looked for in fields without a partner for plain text', async () => {
    const list = fields.map(({ plainText: _partner, ...field }) => field);
    assert.deepEqual(await write({ html: '# Hi' }, false, list), { html: '# Hi' });
  });
});
