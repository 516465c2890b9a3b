import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createRedact } from '../../../shared/response/redact';

/** Names of characters, by https://html.spec.whatwg.org/multipage/named-characters.html. */
const names: Readonly<Record<string, string>> = {
  ...{ '!': 'excl', '"': 'quot QUOT', '#': 'num', $: 'dollar', '%': 'percnt', '&': 'amp AMP', "'": 'apos' },
  ...{ '(': 'lpar', ')': 'rpar', '*': 'ast midast', '+': 'plus', ',': 'comma', '.': 'period', '/': 'sol' },
  ...{ ':': 'colon', ';': 'semi', '<': 'lt LT', '=': 'equals', '>': 'gt GT', '?': 'quest', '@': 'commat' },
  ...{ '[': 'lbrack lsqb', '\\': 'bsol', ']': 'rbrack rsqb', '^': 'Hat', _: 'lowbar UnderBar' },
  ...{
    '`': 'grave DiacriticalGrave',
    '{': 'lbrace lcub',
    '|': 'verbar vert VerticalLine',
    '}': 'rbrace rcub',
  },
};

describe('a token in HTML', () => {
  for (const [character, all] of Object.entries(names))
    it(`is blacked out with “${character}” by its name`, () => {
      const redact = createRedact({ token: `secret${character}token` });
      for (const name of all.split(' '))
        assert.equal(redact.result(`It is secret&${name};token.`), 'It is ***.', name);
    });

  it('is blacked out with a plus where a URL has a blank', () => {
    assert.equal(createRedact({ token: 'secret token' }).result('It is secret+token.'), 'It is ***.');
    assert.equal(createRedact({ token: 'secret+token' }).result('It is secret token.'), 'It is ***.');
  });
});
