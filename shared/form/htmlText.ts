import { isEmpty } from './fieldValues';
import type { Field } from '../model';

/** Whether a text holds an HTML tag. Takes time linear in its length. */
export function hasTag(text: string): boolean {
  const start = text.search(/<[a-z]/i);
  return start >= 0 && text.includes('>', start);
}

/**
 * Moves text without a tag from the field for HTML to its partner for plain text, if that is empty: email apps
 * would show it without its line breaks. Changes the values.
 */
export function movePlainText(fields: readonly Field[], values: Record<string, unknown>): void {
  for (const { name, plainText } of fields) {
    const value = values[name];
    if (plainText === undefined || !isEmpty(values[plainText]) || isEmpty(value)) continue;
    if (typeof value === 'object' || hasTag(String(value))) continue;
    values[plainText] = value;
    values[name] = undefined;
  }
}
