import { entriesOf } from './entries';
import { invalid } from '../errors';
import type { Field } from '../model';
import { shown } from '../quote';
import { pathOf } from '../paths';
import { phrase } from '../phrase';

/**
 * Message-IDs as a header has them, each in angle brackets (RFC 5322, 3.6.4), of a field that holds text, a list or
 * JSON text of one; nothing for a field that is empty.
 * @throws SendCleanError of kind `validation` for what is no Message-ID.
 */
export function toMessageIds(field: Field, value: unknown): string | undefined {
  const ids = readMessageIds(value);
  if (ids === undefined)
    throw invalid(
      pathOf(field.path),
      phrase`must be a Message-ID such as <1042@example.com>, got ${shown(value)}`,
    );
  return ids.join(' ') || undefined;
}

/** The Message-IDs in a value; undefined where anything else is in it. */
export function readMessageIds(value: unknown): string[] | undefined {
  const ids: string[] = [];
  for (const entry of entriesOf(value)) {
    if (typeof entry !== 'string') return undefined;
    const words = entry.match(/<[^<>]*>|[^\s,<>]+|[<>]/g) ?? [''];
    for (const word of words) {
      const id = /^<.*>$/s.test(word) ? word.slice(1, -1).trim() : word;
      // Words with blanks between them and without an “@” are a sentence.
      const isId = id !== word || id.includes('@') || words.length === 1;
      if (!isId || !/^[^\s<>\p{Cc}]+$/u.test(id)) return undefined;
      ids.push(`<${id}>`);
    }
  }
  return ids;
}
