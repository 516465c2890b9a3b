import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { say } from '../../shared/phrase';
import { inSentence, shown } from '../../shared/quote';

describe('a text in a sentence', () => {
  it('stands there as it is up to 80 characters', () => {
    for (const text of ['', 'Grüße “x” 🎉', 'x'.repeat(80)]) assert.equal(inSentence(text), text);
  });

  it('is cut beyond that, to 80 with the sign that it goes on', () => {
    assert.equal(inSentence('x'.repeat(81)), `${'x'.repeat(79)}…`);
    assert.equal(inSentence('x'.repeat(1_000_000)), `${'x'.repeat(79)}…`);
  });

  it('is on one line', () => {
    assert.equal(inSentence('a\r\nb\u0000\u0085\u2028c'), 'a\\u000d\\u000ab\\u0000\\u0085\\u2028c');
  });
});

describe('a value in a sentence', () => {
  const values: [value: unknown, words: string][] = [
    ['text', '"text"'],
    ['a "b"\n', '"a \\"b\\"\\n"'],
    ['\ud83d', '"\\ud83d"'],
    ['', '""'],
    [7, '7'],
    [NaN, 'NaN'],
    [10n, '10'],
    [true, 'true'],
    [null, 'null'],
    [undefined, 'nothing'],
    [['a'], 'a list'],
    [{ a: 1 }, 'an object'],
    [Object.create(null), 'an object'],
    [() => 'a', 'a function'],
    [Symbol('a'), 'a symbol'],
  ];
  for (const [value, words] of values) it(`is ${words}`, () => assert.equal(say(shown(value)), words));

  it('is cut where it is long text', () => {
    assert.equal(shown('x'.repeat(1000)), `"${'x'.repeat(78)}…`);
    assert.equal(shown('x'.repeat(79)), `"${'x'.repeat(78)}…`);
  });
});
