import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { say, type Translate, type Words } from '../../shared/phrase';
import type { NodeAPI } from './red';

/** What Node-RED's log, the debug pane and Catch nodes read: in the language of this Node-RED, as its own sentences are. */
export function tell(RED: NodeAPI, words: Words): string {
  return say(words, languageOf(RED));
}

/** The language of this Node-RED: that of its settings, or of the system. */
export function languageOf(RED: NodeAPI): Translate {
  return translationInto(RED._('sendclean.language'));
}

/** The tables that have been read, by language. */
const tables = new Map<string, ReadonlyMap<string, string>>();

const english = 'en-US';

/**
 * The translation of what the runtime says; what has none stays English.
 * @param language as the editor's texts name it, such as `de` or `pt-BR`; any other is English.
 */
export function translationInto(language: unknown): Translate {
  const isName = typeof language === 'string' && /^[a-z]{2}(-[A-Z]{2})?$/.test(language);
  const table = isName && language !== english ? (tables.get(language) ?? read(language)) : undefined;
  return (template) => table?.get(template) ?? template;
}

function read(language: string): ReadonlyMap<string, string> | undefined {
  try {
    const file = readFileSync(join(__dirname, 'locales', language, 'errors.json'), 'utf8');
    const table = new Map(Object.entries(JSON.parse(file) as Record<string, string>));
    tables.set(language, table);
    return table;
  } catch {
    // While an update of the pack moves its files, there is none.
    return undefined;
  }
}
