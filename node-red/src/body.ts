import { randomUUID } from 'node:crypto';

/** From so many characters on, base64 goes into the body as it is. */
const long = 10_000;

const noBase64 = /[^A-Za-z0-9+/=]/;

/**
 * A body as JSON in UTF-8, byte for byte as `JSON.stringify` has it. Long base64 is not copied into JSON text before:
 * the bytes are the only copy that is made of a file.
 */
export function jsonBytes(body: object): Buffer {
  const mark = randomUUID();
  const contents: string[] = [];
  const text = JSON.stringify(body, (_key, value: unknown) => {
    if (typeof value !== 'string' || value.length < long || noBase64.test(value)) return value;
    contents.push(value);
    return mark;
  });
  if (contents.length === 0) return Buffer.from(text);
  const parts = text.split(mark).flatMap((piece, index) => [Buffer.from(piece), contents[index] ?? '']);
  const bytes = Buffer.allocUnsafe(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts)
    at += typeof part === 'string' ? bytes.write(part, at, 'latin1') : part.copy(bytes, at);
  return bytes;
}
