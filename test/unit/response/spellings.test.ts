import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { createRedact } from '../../../shared/response/redact';
import { spellings } from '../../support/spellings';

const anySpelling = fc.constantFrom(...Object.values(spellings));

/** Those that leave letters and digits as they are, as whoever escapes a whole text does. */
const ordinary = Object.values(spellings).filter((spell) => spell('aZ09') === 'aZ09');

const odd = fc.oneof(
  fc.constantFrom(...` !"#$%&'()*+,-./:;<=>?@[\\]^_\`{|}~`),
  fc.constantFrom('%41', '%2', '\\u', '\\u0041', '&amp;', '&#3', 'é', '漢', '🔑', 'ß'),
  fc.constantFrom(...'aZ09fFxu'),
);

/** A token of odd characters: long enough that no text holds it by accident. */
const tokens = fc
  .array(odd, { minLength: 6, maxLength: 30 })
  .map((pieces) => pieces.join(''))
  .filter((token) => token.trim() === token);

const redact = (token: string, text: string) => createRedact({ token }).result(text);

/** The issue's own token, one of marks only, and one that holds all that escapes are made of. */
const examples = [`it's+a/tok en%41"`, `"'/\\+ %&#;`, '%25&amp;\\u0027\\"%'];

describe('a token in a text', () => {
  for (const [title, spell] of Object.entries(spellings)) {
    it(`is blacked out ${title}`, () => {
      const check = (token: string) =>
        assert.equal(redact(token, `« ${spell(token)} »`), '« *** »', JSON.stringify(spell(token)));
      examples.forEach(check);
      fc.assert(fc.property(tokens, check), { numRuns: 300 });
    });
  }

  it('is blacked out when its spelling is escaped once more', () => {
    const check = (token: string, inner: (text: string) => string, outer: (text: string) => string) => {
      const spelled = outer(inner(token));
      assert.equal(redact(token, `« ${spelled} »`), '« *** »', JSON.stringify(spelled));
    };
    fc.assert(fc.property(tokens, anySpelling, fc.constantFrom(...ordinary), check), { numRuns: 2000 });
  });

  it('is blacked out when each character has a spelling of its own', () => {
    const mixed = fc.array(anySpelling, { minLength: 1, maxLength: 30 });
    const check = (token: string, all: ((text: string) => string)[]) => {
      const spelled = [...token].map((one, index) => all[index % all.length]!(one)).join('');
      assert.equal(redact(token, `« ${spelled} »`), '« *** »', JSON.stringify(spelled));
    };
    fc.assert(fc.property(tokens, mixed, check), { numRuns: 2000 });
  });

  it('is blacked out wherever it occurs, whatever is around it', () => {
    const around = fc.array(odd, { maxLength: 8 }).map((pieces) => pieces.join(''));
    const check = (token: string, spell: (text: string) => string, before: string, after: string) => {
      const spelled = spell(token);
      const text = `${before}${spelled}${after}«»${spelled}`;
      const left = redact(token, text);
      assert.ok(!left.includes(spelled), left);
      assert.ok(left.endsWith('«»***'), left);
    };
    fc.assert(fc.property(tokens, anySpelling, around, around, check), { numRuns: 2000 });
  });

  it('changes no text that has it in no spelling', () => {
    const token = 'not-in/any of these+texts!';
    const words = fc.array(odd, { maxLength: 200 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(words, anySpelling, (text, spell) => {
        assert.equal(redact(token, spell(text)), spell(text));
        assert.equal(redact(token, spell(token.slice(1)) + text), spell(token.slice(1)) + text);
      }),
    );
  });

  it('is blacked out with half a surrogate pair, also as UTF-8 has it', () => {
    const token = 'half-\ud83d-pair';
    const said = (text: string) => redact(token, text);
    assert.equal(said(`No ${token}, ${JSON.stringify(token)}`), 'No ***, "***"');
    assert.equal(said(`No ${Buffer.from(token).toString()}, half-%EF%BF%BD-pair`), 'No ***, ***');
  });
});
