import type { Operation } from '../../shared/model';
import { empty, type Case, type Meaning } from './model';
import { isBlank } from './reading';

/** HTML without a tag is text, where there is no other text. */
export function settleText({ fields }: Operation, entered: Case): Case {
  const html = fields.find(({ kind, plainText }) => kind === 'html' && plainText);
  const text = html?.plainText;
  const meaning = entered[html?.name ?? '']?.meaning;
  if (!html || !text || meaning?.is !== 'value' || isBlank(meaning.value)) return entered;
  const isTagged = typeof meaning.value === 'object' || /<[a-z][^>]*>/i.test(String(meaning.value));
  if (isTagged || !isBlank(entered[text]?.entered)) return entered;
  const mean = (name: string, one: Meaning): Case => ({
    [name]: { entered: undefined, ...entered[name], meaning: one },
  });
  return { ...entered, ...mean(html.name, empty), ...mean(text, meaning) };
}
