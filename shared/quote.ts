import { phrase, type Words } from './phrase';

/** The longest piece of a person's own words in a sentence, in characters. */
const longest = 80;

/** A text as it can be in a sentence: on one line, in its own direction, and cut where it is long. */
export function inSentence(text: string): string {
  const line = text
    .slice(0, longest + 1)
    .replace(
      /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu,
      (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}

/** A value of any type as it can be in a sentence: text in quotes, and lists and objects by what they are. */
export function shown(value: unknown): Words {
  if (typeof value === 'string') return inSentence(JSON.stringify(value.slice(0, 2 * longest)));
  if (value === undefined) return phrase`nothing`;
  if (Array.isArray(value)) return phrase`a list`;
  if (typeof value === 'object' && value !== null) return phrase`an object`;
  return typeof value === 'function' || typeof value === 'symbol' ? phrase`a ${typeof value}` : String(value);
}
