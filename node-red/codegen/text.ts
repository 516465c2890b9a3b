/** Text as it stands in HTML, in an attribute as well. */
export function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** A description as a sentence with its full stop. */
export function sentence(text: string): string {
  return text.endsWith('.') ? text : `${text}.`;
}
