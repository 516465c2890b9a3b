import { invalid } from '../errors';
import { contentIds } from './imageReferences';
import type { FieldKind, Operation } from '../model';
import { inSentence } from '../quote';
import { pathOf, valueAt } from '../paths';
import { phrase, term } from '../phrase';

/**
 * What to do about an image that the HTML shows and that is not there: it is an error, or the email goes out all the
 * same, as one does that is forwarded without its images.
 */
export type MissingImages = 'report' | 'send';

/** The title of the setting that people choose it by. */
export const missingImagesTitle = 'Missing Inline Images';

/**
 * Checks that the HTML of a request shows each of its inline images, and that each image it shows is there: email
 * programs show a broken image otherwise, or attach one that nobody asked for.
 * @param missing what to do about images that are not there.
 * @throws SendCleanError of kind `validation`.
 */
export function checkInlineImages(
  operation: Operation,
  request: object,
  missing: MissingImages = 'report',
): void {
  const htmlPath = pathTo(operation, 'html');
  const imagesPath = pathTo(operation, 'images');
  if (!htmlPath || !imagesPath) return;
  const html = valueAt(request, htmlPath);
  const images = valueAt(request, imagesPath);
  const shown = contentIds(typeof html === 'string' ? html : '');
  const names = Array.isArray(images) ? images.map(({ name }: { name: string }) => name) : [];
  const unused = names.findIndex((name) => !shown.has(name));
  if (unused >= 0) {
    const path = pathOf([...imagesPath, String(unused), 'name']);
    const name = inSentence(names[unused] ?? '');
    throw invalid(path, phrase`is not used: show the image in the HTML with <img src="cid:${name}">`);
  }
  if (missing === 'send') return;
  const known = new Set(names);
  const absent = [...shown].find((name) => !known.has(name));
  if (absent !== undefined) {
    const name = inSentence(absent);
    throw invalid(
      pathOf(htmlPath),
      phrase`shows the image cid:${name}, which is not among the inline images (see the option ${term(missingImagesTitle)})`,
    );
  }
}

/** Whether the HTML of an operation may show images that its request holds. */
export function hasInlineImages(operation: Operation): boolean {
  return Boolean(pathTo(operation, 'html') && pathTo(operation, 'images'));
}

function pathTo({ fields }: Operation, kind: FieldKind): readonly string[] | undefined {
  return fields.find((field) => field.kind === kind)?.path;
}
