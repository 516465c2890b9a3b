import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { statusWords } from '../../../codegen/node-red/catalog';
import { languages, translations } from '../../../codegen/node-red/languages';
import { textsToTranslate } from '../../../codegen/node-red/output';
import { eventStatus } from '../../../node-red/src/events/eventStatus';
import type { Node } from '../../../node-red/src/red';
import { callStatus } from '../../../node-red/src/status';
import { errorKinds, SendCleanError } from '../../../shared/errors';
import { expected } from '../../../shared/generated/expected';
import { operations } from '../../../shared/generated/operations';
import type { Operation } from '../../../shared/model';

const { keys, shown } = textsToTranslate(Object.values(operations), Object.values(expected));
const wanted = new Map([...keys].filter(([, text]) => shown.has(text)));

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

it('every text of the editor and of an error has a key', () => {
  const texts = new Set(keys.values());
  assert.deepEqual(
    [...shown].filter((text) => !texts.has(text)),
    [],
  );
});

it('the editor speaks German, Spanish, French, Japanese, Portuguese and Chinese besides English', () => {
  assert.deepEqual(languages, ['de', 'es-ES', 'fr', 'ja', 'pt-BR', 'zh-CN']);
});

for (const language of languages) {
  describe(`the table of ${language}`, () => {
    const table = translations(language);
    const pairs = Object.values(table).map(({ source, target }) => [source, target] as const);
    const targets = new Map(pairs);

    it('has every text of the editor and of errors, and no other', () => {
      const missing = [...wanted.keys()].filter((key) => !table[key]?.target);
      const surplus = Object.keys(table).filter((key) => !wanted.has(key));
      assert.deepEqual({ missing, surplus }, { missing: [], surplus: [] });
    });

    it('was made from the English texts of today', () => {
      const stale = [...wanted].filter(([key, text]) => table[key]?.source !== text).map(([key]) => key);
      assert.deepEqual(stale, []);
    });

    it('keeps code, tags, addresses and names', () => {
      const changed = pairs.filter(([text, translated]) => {
        const parts = (whole: string) => (whole.match(kept) ?? []).sort().join(' ');
        return parts(text) !== parts(translated);
      });
      assert.deepEqual(changed, []);
    });

    it('keeps what values stand for', () => {
      const places = (text: string) => [...new Set(text.match(/\{\d\}/g))].sort().join(' ');
      const changed = pairs.filter(
        ([text, translated]) => places(text) !== places(translated) && !text.startsWith('{0}, {'),
      );
      assert.deepEqual(changed, []);
    });

    it('calls buttons, fields and nodes by the same name in every text', () => {
      const wrong = pairs.filter(([text, translated]) =>
        quoted.some((name) => text.includes(name) && !translated.includes(targets.get(name) ?? '')),
      );
      assert.deepEqual(wrong, []);
    });

    it('ends a sentence where English does', () => {
      const isSentence = (text: string) => /[.。:：]$/.test(text);
      const changed = pairs.filter(([text, translated]) => isSentence(text) !== isSentence(translated));
      assert.deepEqual(changed, []);
    });
  });
}

describe('the status of a node', () => {
  it('has no word that the editor cannot translate', () => {
    const texts: string[] = [];
    const node = { status: ({ text = '' }) => texts.push(text) } as unknown as Node;
    for (const operation of Object.values<Operation>(operations)) {
      const { effect } = operation;
      const { queued } = callStatus(node);
      const [first, second] = [queued(), queued()];
      first.sending(effect);
      first.succeeded(effect, [{}]);
      second.sending(effect);
      second.succeeded(effect, {});
      queued().validated();
      for (const kind of errorKinds)
        for (const fate of ['notSent', 'unknown'] as const)
          queued().failed(new SendCleanError(kind, fate, 'No', { effect }), operation);
    }
    const status = eventStatus(node);
    status.waiting();
    status.registered();
    status.refused();
    status.received(2);
    for (const kind of errorKinds) {
      status.waiting(new SendCleanError(kind, 'unknown', 'No'));
      status.failed(new SendCleanError(kind, 'notSent', 'No'));
    }
    const words = texts.flatMap((text) => {
      if (statusWords.includes(text)) return [];
      return text.split(/: |, /).map((part) => part.replace(/ \d+$/, ''));
    });
    const untranslated = new Set(words.filter((word) => word !== '' && !statusWords.includes(word)));
    assert.deepEqual([...untranslated], []);
  });
});
