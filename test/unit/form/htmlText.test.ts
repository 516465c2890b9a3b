import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { operations } from '../../../shared/generated/operations';
import { hasTag, movePlainText } from '../../../shared/form/htmlText';

const { fields } = operations.sendMail;
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
