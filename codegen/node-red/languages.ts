import { readdirSync, readFileSync } from 'node:fs';

/** Translates an English text of the editor into one language. The text is the key of every table in `languages/`. */
export type Translate = (english: string) => string;

export const english: Translate = (text) => text;

const folder = new URL('../../node-red/editor/languages/', import.meta.url);

/** The languages besides English, by the names that Node-RED's editor has for them. */
export const languages = readdirSync(folder)
  .map((file) => file.replace(/\.json$/, ''))
  .sort();

/** The texts of a language, by the English text. */
export function translations(language: string): Record<string, string> {
  return JSON.parse(readFileSync(new URL(`${language}.json`, folder), 'utf8')) as Record<string, string>;
}

/** Translates texts into a language; a text that its table lacks stays English. */
export function translator(language: string): Translate {
  const table = translations(language);
  return (text) => table[text] ?? text;
}
