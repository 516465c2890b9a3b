import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { languages, translations } from '../../../codegen/node-red/languages';
import { textsToTranslate } from '../../../codegen/node-red/output';
import { operations } from '../../../shared/generated/operations';

const texts = textsToTranslate(Object.values(operations));

/** What a translation must keep: tags with code in them, addresses, and names that mean something to a program. */
const kept =
  /<code>.*?<\/code>|<\/?b>|<img [^>]*>|xUniqueId|(?<![\w.])[\w.]+@example\.com|http:\S+\d|\b\d{2,}\b|SendClean|Node-RED/g;

/** Names that other texts speak of. */
const quoted = [
  'Put Result In',
  'Test connection',
  'Get Message Info',
  'Send Template',
  'App Domain',
  'Custom Endpoint',
  'Requests per Minute',
];

it('the editor speaks German, Spanish, French, Japanese, Portuguese and Chinese besides English', () => {
  assert.deepEqual(languages, ['de', 'es-ES', 'fr', 'ja', 'pt-BR', 'zh-CN']);
});

for (const language of languages) {
  describe(`the table of ${language}`, () => {
    const table = translations(language);

    it('has every text of the editor, and no other', () => {
      const missing = [...texts].filter((text) => !table[text]);
      const surplus = Object.keys(table).filter((text) => !texts.has(text));
      assert.deepEqual({ missing, surplus }, { missing: [], surplus: [] });
    });

    it('keeps code, tags, addresses and names', () => {
      const changed = Object.entries(table).filter(([text, said]) => {
        const parts = (whole: string) => (whole.match(kept) ?? []).sort().join(' ');
        return parts(text) !== parts(said);
      });
      assert.deepEqual(changed, []);
    });

    it('calls buttons, fields and nodes by the same name in every text', () => {
      const wrong = Object.entries(table).filter(([text, said]) =>
        quoted.some((name) => text.includes(name) && !said.includes(table[name] ?? '')),
      );
      assert.deepEqual(wrong, []);
    });

    it('ends a sentence where English does', () => {
      const isSentence = (text: string) => /[.。:：]$/.test(text);
      const changed = Object.entries(table).filter(([text, said]) => isSentence(text) !== isSentence(said));
      assert.deepEqual(changed, []);
    });
  });
}
