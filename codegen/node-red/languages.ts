import { readdirSync, readFileSync } from 'node:fs';

/** Says an English text of the editor in one language. The text is the key of every table in `languages/`. */
export type Say = (english: string) => string;

export const english: Say = (text) => text;

const folder = new URL('../../node-red/editor/languages/', import.meta.url);

/** The languages besides English, by the names that Node-RED's editor has for them. */
export const languages = readdirSync(folder)
  .map((file) => file.replace(/\.json$/, ''))
  .sort();

/** What a language says, by the English text. */
export function translations(language: string): Record<string, string> {
  return JSON.parse(readFileSync(new URL(`${language}.json`, folder), 'utf8')) as Record<string, string>;
}

/** Says texts in a language, in English where its table lacks one. */
export function speaker(language: string): Say {
  const table = translations(language);
  return (text) => table[text] ?? text;
}
