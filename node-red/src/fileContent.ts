import { invalid } from '../../shared/errors';
import { isEmpty } from '../../shared/form/empty';
import { phrase } from '../../shared/phrase';

/**
 * Bytes, also as they look after a Buffer went through JSON.
 * @param where path of the value in the request, for errors.
 * @throws SendCleanError of kind `validation` for a written Buffer whose data are no bytes.
 */
export function bytesOf(value: unknown, where: string): Buffer | undefined {
  if (Buffer.isBuffer(value)) return value;
  if (value instanceof ArrayBuffer) return Buffer.from(value);
  if (ArrayBuffer.isView(value)) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  if (!isWrittenBuffer(value)) return undefined;
  const { data } = value;
  // Not `every`, which passes over holes.
  for (let index = 0; index < data.length; index += 1) {
    const byte = data[index];
    if (typeof byte === 'number' && Number.isInteger(byte) && byte >= 0 && byte <= 255) continue;
    throw invalid(`${where}.data[${index}]`, phrase`must be a byte, a whole number from 0 to 255`);
  }
  return Buffer.from(data as number[]);
}

function isWrittenBuffer(value: unknown): value is { data: unknown[] } {
  if (typeof value !== 'object' || value === null) return false;
  return 'type' in value && value.type === 'Buffer' && 'data' in value && Array.isArray(value.data);
}

/**
 * Text of a file as base64.
 * @param encoding what the text is written in; UTF-8 when it is empty.
 * @throws SendCleanError of kind `validation` for an encoding that is none.
 */
export function textToBase64(text: string, encoding: unknown, where: string): string {
  if (encoding === 'base64') return text.replace(/\s/g, '');
  if (isEmpty(encoding)) return Buffer.from(text).toString('base64');
  if (typeof encoding === 'string' && Buffer.isEncoding(encoding))
    return Buffer.from(text, encoding).toString('base64');
  throw invalid(`${where}.encoding`, phrase`must be an encoding such as base64 or utf8`);
}
