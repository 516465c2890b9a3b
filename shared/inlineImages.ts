import { invalid } from './errors';
import type { FieldKind, Operation } from './model';
import { inSentence } from './quote';
import { pathOf, valueAt } from './validation';

/**
 * Checks that the HTML of a request shows each of its inline images, and that each image it shows is there: mail
 * programs show a broken image otherwise, or attach one that nobody asked for.
 * @throws SendCleanError of kind `validation`.
 */
export function checkInlineImages(operation: Operation, request: object): void {
  const htmlPath = pathTo(operation, 'html');
  const imagesPath = pathTo(operation, 'images');
  if (!htmlPath || !imagesPath) return;
  const html = valueAt(request, htmlPath);
  const images = valueAt(request, imagesPath);
  const shown = new Set(typeof html === 'string' ? contentIds(html) : []);
  const names = Array.isArray(images) ? images.map(({ name }: { name: string }) => name) : [];
  const unused = names.findIndex((name) => !shown.has(name));
  if (unused >= 0) {
    const path = pathOf([...imagesPath, String(unused), 'name']);
    const name = inSentence(names[unused] ?? '');
    throw invalid(path, `is not used: show the image in the HTML with <img src="cid:${name}">`);
  }
  const missing = [...shown].find((name) => !names.includes(name));
  if (missing !== undefined) {
    const name = inSentence(missing);
    throw invalid(pathOf(htmlPath), `shows the image cid:${name}, which is not among the inline images`);
  }
}

function pathTo({ fields }: Operation, kind: FieldKind): readonly string[] | undefined {
  return fields.find((field) => field.kind === kind)?.path;
}

/**
 * The Content-IDs that attributes and styles refer to (RFC 2392). Comments count only where they are conditions for
 * Outlook. Each pattern stops at the next bracket, so that the time grows with the length of the HTML.
 */
export function contentIds(html: string): string[] {
  const shown = html.replace(/<!--(?!\[if)[\s\S]*?(?:-->|$)/gi, '');
  const tags = shown.match(/<[a-z][^<>]*>/gi) ?? [];
  const values = tags.flatMap((tag) => [...tag.matchAll(/=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/g)]);
  const attributes = values.map((value) => /^\s*cid:(.*)/is.exec(value.slice(1).join(''))?.[1]);
  const styles = [...shown.matchAll(/url\(\s*["']?\s*cid:([^"'\s()<>]+)/gi)].map(([, id]) => id);
  return [...attributes, ...styles]
    .filter((id) => id !== undefined)
    .map((id) => decode(id.trim().replaceAll('&amp;', '&')));
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
