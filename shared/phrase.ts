/** A sentence, or a part of one, whose values stay apart from it, so that a host can say it in another language. */
export interface Phrase {
  /** The English, with `{0}`, `{1}` and so on for the parts. A translation may have them in another order. */
  readonly template: string;
  readonly parts: readonly Words[];
}

/** What a sentence is made of: phrases, which have translations, and values, which are shown as they are. */
export type Words = Phrase | string | number;

/** Gives the template of a phrase in a language. */
export type Translate = (template: string) => string;

/** Tags the English of a phrase: ``phrase`must be one of ${names}, got ${value}` ``. */
export function phrase(english: TemplateStringsArray, ...parts: readonly Words[]): Phrase {
  const template = english.reduce((start, end, index) => `${start}{${index - 1}}${end}`);
  return { template, parts };
}

/** A phrase without parts that is known from elsewhere, such as the title of a field. */
export function term(template: string): Phrase {
  return { template, parts: [] };
}

/** The English of a phrase without its values. */
export function templateOf(words: Words): string {
  return typeof words === 'object' ? words.template : String(words);
}

/** “To, CC or BCC” */
export function listed(words: readonly Words[], last: 'and' | 'or'): Words {
  const [first = '', ...others] = words.slice(0, -1);
  const end = words.at(-1) ?? '';
  if (words.length < 2) return end;
  const start = others.reduce((all, next) => phrase`${all}, ${next}`, first);
  return last === 'and' ? phrase`${start} and ${end}` : phrase`${start} or ${end}`;
}

/** Words as text, in English by default. A value that looks like a placeholder is none. */
export function say(words: Words, translate: Translate = inEnglish): string {
  if (typeof words !== 'object') return String(words);
  const { template, parts } = words;
  return translate(template).replace(/\{(\d+)\}/g, (placeholder, index) =>
    say(parts[Number(index)] ?? placeholder, translate),
  );
}

const inEnglish: Translate = (template) => template;
