/** From so many characters on, base64 goes into the body as it is. */
const long = 10_000;

const noBase64 = /[^A-Za-z0-9+/=]/;

/** Holds the place of a file's base64 in the JSON text. */
const mark = 'file';

/** A value that is the mark. No quote within a text of the body looks like its quotes: it has a backslash before it. */
const marked = new RegExp(`(?<=[:,[]")${mark}(?="(?!:))`);

/**
 * A body as JSON, as `JSON.stringify` has it: text, or its bytes in UTF-8 where it holds files. Their base64 is not
 * copied into JSON text before: the bytes are the only copy that is made of a file.
 */
export function jsonBody(body: object): string | Uint8Array {
  if (!hasLong(body)) return JSON.stringify(body);
  const contents: string[] = [];
  const text = JSON.stringify(body, (_key, value: unknown) => {
    // A text of the body that is the mark is put in for itself.
    if (value !== mark && (!isLong(value) || noBase64.test(value))) return value;
    contents.push(value);
    return mark;
  });
  return joined(text.split(marked), contents);
}

function isLong(value: unknown): value is string {
  return typeof value === 'string' && value.length >= long;
}

function hasLong(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return isLong(value);
  return Object.values(value).some(hasLong);
}

/** The bytes of pieces of JSON with a content after each but the last. */
function joined(pieces: readonly string[], contents: readonly string[]): Uint8Array {
  const encoder = new TextEncoder();
  const encoded = pieces.map((piece) => encoder.encode(piece));
  const length = [...encoded, ...contents].reduce((sum, part) => sum + part.length, 0);
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const [index, piece] of encoded.entries()) {
    bytes.set(piece, at);
    at += piece.length;
    at += encoder.encodeInto(contents[index] ?? '', bytes.subarray(at)).written;
  }
  return bytes;
}
