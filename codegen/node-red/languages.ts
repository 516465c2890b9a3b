import { readdirSync, readFileSync } from 'node:fs';

/** Translates an English text of the editor into one language. */
export type Translate = (english: string) => string;

export const english: Translate = (text) => text;

/** A text in a language, with the English text that it was made from. */
export interface Translation {
  source: string;
  target: string;
}

const folder = new URL('../../node-red/editor/languages/', import.meta.url);

/** The languages besides English, by the names that Node-RED's editor has for them. */
export const languages = readdirSync(folder)
  .map((file) => file.replace(/\.json$/, ''))
  .sort();

/** The texts of a language, by the keys of `messages.ts`. */
export function translations(language: string): Record<string, Translation> {
  const table = readFileSync(new URL(`${language}.json`, folder), 'utf8');
  return JSON.parse(table) as Record<string, Translation>;
}

/**
 * Translates texts into a language. One that its table lacks, or has from an English text that has changed since, stays
 * English.
 * @param keys every text of the editor, by key.
 */
export function translator(language: string, keys: ReadonlyMap<string, string>): Translate {
  const table = translations(language);
  const byEnglish = new Map<string, string>();
  for (const [key, text] of keys) {
    const { source, target } = table[key] ?? {};
    if (source === text && target !== undefined) byEnglish.set(text, target);
  }
  return (text) => byEnglish.get(text) ?? text;
}
