import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { spellings } from '../support/spellings';
import { canaries, leaks } from './canary';

const { text, mark } = canaries.token;
const inJson = JSON.stringify({ token: text });

describe('a canary', () => {
  const written: [title: string, spelled: string][] = [
    ['as it is', text],
    ['in capitals', text.toUpperCase()],
    ['in JSON', inJson],
    ['in JSON within JSON', JSON.stringify([inJson])],
    ['in a URL', `?token=${encodeURIComponent(text)}`],
    ['in a form', String(new URLSearchParams({ token: text }))],
    ...['', '-', '--'].map((before): [string, string] => [
      `in base64 behind ${before.length} bytes`,
      Buffer.from(`${before}${text}`).toString('base64'),
    ]),
    ...Object.entries(spellings).map(([title, spell]): [string, string] => [
      `${title}, in JSON within JSON`,
      JSON.stringify(JSON.stringify(spell(text))),
    ]),
    ['in base64 for URLs', Buffer.from(inJson).toString('base64url')],
  ];
  for (const [title, spelled] of written) {
    it(`is found ${title}`, () => {
      const [found, ...others] = leaks('a log', `before ${spelled} after`);
      assert.match(found ?? '', /^token in a log: …/);
      assert.deepEqual(others, []);
    });
  }

  it('is not found where it is not', () => {
    assert.deepEqual(leaks('a log', `${mark.slice(1)} ${Buffer.from(mark.slice(1)).toString('base64')}`), []);
  });
});
