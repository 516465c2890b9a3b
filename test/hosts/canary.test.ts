import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { canaries, leaks } from './canary';

const { text } = canaries.token;
const inJson = JSON.stringify({ token: text });

describe('a canary', () => {
  const spellings: [title: string, spelled: string][] = [
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
    ['in base64 for URLs', Buffer.from(inJson).toString('base64url')],
  ];
  for (const [title, spelled] of spellings) {
    it(`is found ${title}`, () => {
      const [found, ...others] = leaks('a log', `before ${spelled} after`);
      assert.match(found ?? '', /^token in a log: …before /);
      assert.deepEqual(others, []);
    });
  }

  it('is not found where it is not', () => {
    assert.deepEqual(leaks('a log', `${text.slice(1)} ${Buffer.from(text.slice(1)).toString('base64')}`), []);
  });
});
