import { tokenize } from '../generated/libraries/cssTokenizer';
import { readMarkup } from './markup';

/** A `cid:` URL (RFC 2392) in a text, from its scheme to its end. */
interface Reference {
  id: string;
  start: number;
  end: number;
}

/** What HTML with `cid:` URLs has, as it is or as the entities and escapes that hide them: most has none of it. */
const sign = /cid[:&]|&#|\\/i;

/** The Content-IDs of the images that HTML shows. The time grows with the length of the HTML. */
export function contentIds(html: string): Set<string> {
  const ids = new Set<string>();
  if (!sign.test(html)) return ids;
  const add = (references: readonly Reference[]) => references.forEach(({ id }) => ids.add(id));
  const visitor = {
    attribute: ({ name, value }: { name: string; value: string }) => add(inAttribute(name, value)),
    style: (text: string) => add(inStyles(text)),
  };
  readMarkup(html, {
    ...visitor,
    comment(text) {
      // A condition for Outlook, which shows what is in it. A comment within it does not end before it does.
      if (/^\[if/i.test(text)) readMarkup(text, { ...visitor, comment() {} });
    },
  });
  return ids;
}

/**
 * HTML with addresses in place of the `cid:` URLs that its attributes and styles hold; comments stay as they are.
 * @param addressOf the address of an image, without spaces, quotes and brackets; undefined leaves its URL.
 */
export function withImageAddresses(html: string, addressOf: (id: string) => string | undefined): string {
  const parts: string[] = [];
  let copied = 0;
  const replace = (start: number, end: number, by: string) => {
    parts.push(html.slice(copied, start), by);
    copied = end;
  };
  readMarkup(html, {
    attribute({ name, value, start, end }) {
      const references = inAttribute(name, value);
      if (references.length) replace(start, end, quoted(addressed(value, references, addressOf)));
    },
    style(text, start) {
      replace(start, start + text.length, addressed(text, inStyles(text), addressOf));
    },
    comment() {},
  });
  return [...parts, html.slice(copied)].join('');
}

function addressed(
  text: string,
  references: readonly Reference[],
  addressOf: (id: string) => string | undefined,
): string {
  const parts: string[] = [];
  let copied = 0;
  for (const { id, start, end } of references) {
    parts.push(text.slice(copied, start), addressOf(id) ?? text.slice(start, end));
    copied = end;
  }
  return [...parts, text.slice(copied)].join('');
}

function quoted(value: string): string {
  return `"${value.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"`;
}

/** Attributes that hold text for people. */
const words = new Set(['alt', 'title']);

/** Attributes that hold several URLs. */
const lists = new Set(['srcset', 'imagesrcset']);

function inAttribute(name: string, value: string): Reference[] {
  if (words.has(name)) return [];
  // SVG has attributes that are styles, such as fill="url(...)".
  if (name === 'style' || /^\s*url\(/i.test(value)) return inStyles(value);
  if (!lists.has(name)) return reference(value, value, 0);
  return [...value.matchAll(/[^\s,]+/g)].flatMap(({ 0: url, index }) => reference(url, url, index));
}

/** URLs and strings, as styles have URLs in either. */
function inStyles(css: string): Reference[] {
  if (!/cid:|\\/i.test(css)) return [];
  return tokenize({ css }).flatMap(([type, source, first, , more]) => {
    if (type !== 'url-token' && type !== 'string-token') return [];
    const open = type === 'url-token' ? source.indexOf('(') + 1 : 1;
    return reference(source.slice(open, -1), String(more?.value), first + open);
  });
}

/**
 * The reference that a URL is, if its scheme is `cid:`.
 * @param written the URL as it is in its text, perhaps with escapes and with blanks around it.
 * @param at its place there.
 */
function reference(written: string, url: string, at: number): Reference[] {
  const [, id] = /^cid:(.*)$/is.exec(url.trim()) ?? [];
  if (id === undefined) return [];
  const start = at + written.length - written.trimStart().length;
  return [{ id: decoded(id.trim()), start, end: start + written.trim().length }];
}

function decoded(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}
