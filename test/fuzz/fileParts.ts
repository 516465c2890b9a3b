import fc, { type Arbitrary } from 'fast-check';
import type { Field } from '../../shared/model';

/** A file as a person means it to arrive. */
export interface FilePart {
  name: string;
  type: string;
  bytes: Uint8Array;
}

const fileNames = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).map((text) => text.replace(/[\r\n]/g, '-')),
  fc.constantFrom('Rechnung “1042”.pdf', '../etc/passwd', 'constructor', 'a;b="c".txt', '\u0000.bin'),
);
const contentIds = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).filter((id) => /^[^\s<>"]+$/.test(id)),
  fc.constantFrom('logo', 'logo@example.com', 'toString', 'a%20b', "it's", '100%', 'a&amp;b'),
);
const fileTypes = fc.constantFrom('application/pdf', 'text/plain; charset=utf-8', 'image/png', 'x/y+z');
const imageTypes = fc.constantFrom('image/png', 'image/svg+xml', 'image/x-a.b');
const contents = fc.oneof(
  { weight: 20, arbitrary: fc.uint8Array({ maxLength: 40 }) },
  { weight: 1, arbitrary: fc.constantFrom(1, 3, 100_000).map((size) => new Uint8Array(size).fill(size)) },
);

/** Files of a field, no two of one name. */
export function fileParts({ kind }: Field): Arbitrary<FilePart[]> {
  const isImage = kind === 'images';
  const part = fc.record({
    name: isImage ? contentIds : fileNames,
    type: isImage ? imageTypes : fileTypes,
    bytes: contents,
  });
  return fc.uniqueArray(part, { selector: ({ name }) => name, minLength: 1, maxLength: 3 });
}

/** The entries of a request that files make. */
export function asRequest(parts: readonly FilePart[]): object[] {
  return parts.map(({ name, type, bytes }) => ({
    name,
    type,
    content: Buffer.from(bytes).toString('base64'),
  }));
}
