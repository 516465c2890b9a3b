import { isEmpty } from './empty';
import type { Field } from '../model';
import { onDemand } from '../wire/onDemand';

/** A large library, which few need. */
const loadMarkdown = onDemand(() => import('./markdown'));

/**
 * Writes the Markdown in fields for HTML as HTML, and as plain text in their partners for it, unless those hold a text
 * of their own. What is no text is left for others to read. Changes the values.
 * @param allowsHtml whether HTML tags in it are HTML; otherwise they show as they are written.
 */
export async function writeMarkdown(
  fields: readonly Field[],
  values: Record<string, unknown>,
  allowsHtml: boolean,
): Promise<void> {
  for (const { name, plainText } of fields) {
    const value = values[name];
    if (plainText === undefined || isEmpty(value) || typeof value === 'object') continue;
    const { renderMarkdown } = await loadMarkdown();
    const { html, text } = renderMarkdown(String(value), allowsHtml);
    values[name] = html || undefined;
    if (isEmpty(values[plainText])) values[plainText] = text;
  }
}

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
