import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isEmpty } from '../../../shared/form/empty';
import { toRequestValue } from '../../../shared/form/fieldValues';
import type { Field, FieldKind } from '../../../shared/model';

const field = (kind: FieldKind): Field => ({
  name: 'any',
  path: ['any'],
  kind,
  title: 'Any',
  description: 'A field of an operation',
  required: false,
  place: 'main',
  choices: [
    { value: 'on', title: 'On' },
    { value: 'off', title: 'Off' },
  ],
});
const odd = [{ a: 1 }, ['a'], 10n];

describe('the value of a field', () => {
  const values: [kind: FieldKind, entered: unknown, used: unknown][] = [
    ['text', 'a', 'a'],
    ['text', 7, '7'],
    ['text', false, 'false'],
    ['text', ' a  b\t\u00a0\r\n', 'a  b'],
    ['text', 'a\r\n b\n\t c', 'a b c'],
    ['text', 'a\nb', 'a\nb'],
    ['text', 'a\r\n\r\nb', 'a\r\n\r\nb'],
    ['text', ' \r\n ', ''],
    ['multiline', ' a\n b ', ' a\n b '],
    ['html', ' <p>a</p>\n', ' <p>a</p>\n'],
    ['multiline', 'a\nb', 'a\nb'],
    ['html', '<p>a</p>', '<p>a</p>'],
    ['choice', 'on', 'on'],
    ['number', 7, 7],
    ['number', '7', 7],
    ['number', ' -7.5 ', -7.5],
    ['number', 'seven', 'seven'],
    ['number', ' ', ' '],
    ['number', true, true],
    ['boolean', true, true],
    ['boolean', 'true', 'true'],
    ['switch', true, 'on'],
    ['switch', false, 'off'],
    ['switch', 'off', 'off'],
    ['switch', 'maybe', 'maybe'],
    ['recipients', 'jane@example.com', [{ email: 'jane@example.com', type: 'to' }]],
    ['attachments', 7, 7],
    ['images', 7, 7],
    ['pairs', { a: 1 }, { a: '1' }],
    ['pairs', { a: ' b\r\n c ' }, { a: ' b\r\n c ' }],
  ];
  for (const [kind, entered, used] of values) {
    it(`of the kind ${kind} is ${JSON.stringify(used)} for ${JSON.stringify(entered)}`, () =>
      assert.deepEqual(toRequestValue(field(kind), entered), used));
  }

  for (const kind of ['text', 'number', 'boolean', 'switch', 'attachments', 'images'] as const) {
    it(`of the kind ${kind} is left for validation to name where it does not fit`, () => {
      for (const value of odd) assert.equal(toRequestValue(field(kind), value), value);
    });
  }

  it('of a switch without choices is none', () => {
    const { choices, ...none } = field('switch');
    assert.equal(choices?.length, 2);
    assert.equal(toRequestValue(none, true), undefined);
    assert.equal(toRequestValue({ ...none, choices: [] }, true), undefined);
  });

  it('is empty where a person left it so, which zero and off are not', () => {
    assert.deepEqual([undefined, null, '', []].map(isEmpty), [true, true, true, true]);
    assert.deepEqual([0, false, ' ', {}, ['']].map(isEmpty), [false, false, false, false, false]);
  });
});
