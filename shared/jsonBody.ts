/** From so many characters on, base64 goes into the body as it is. */
const long = 10_000;

const noBase64 = /[^A-Za-z0-9+/=]/;

/**
 * A body as JSON, as `JSON.stringify` has it: text, or its bytes in UTF-8 where it holds files. Their base64 is not
 * copied into JSON text before: the bytes are the only copy that is made of a file.
 */
export function jsonBody(body: object): string | Uint8Array {
  if (!hasLong(body)) return JSON.stringify(body);
  for (let attempt = 0; ; attempt += 1) {
    const mark = `file ${attempt}`;
    const contents: string[] = [];
    const text = JSON.stringify(body, (_key, value: unknown) => {
      if (!isLong(value) || noBase64.test(value)) return value;
      contents.push(value);
      return mark;
    });
    const pieces = text.split(mark);
    // Otherwise the body has that text itself.
    if (pieces.length === contents.length + 1) return joined(pieces, contents);
  }
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
