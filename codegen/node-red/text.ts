import type { Translate } from './languages';

/** Text as it is in HTML, in an attribute as well. */
export function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** A description as a sentence with the full stop of its language. */
export function sentence(translate: Translate, english: string): string {
  const text = translate(english);
  return /[.。]$/.test(text) ? text : text + translate('.');
}
