import { invalid } from '../../shared/errors';
import { isEmpty } from '../../shared/form/empty';
import type { Field } from '../../shared/model';
import { pathOf } from '../../shared/paths';
import { phrase } from '../../shared/phrase';

type Given = Readonly<Record<string, unknown>>;

/** Where a file of the e-mail node may have its bytes. */
const sources = ['content', 'path', 'href'] as const;

/**
 * The files of a field with the bytes and the type of each `data:` URI (RFC 2397) in place of it, be it the file
 * itself or what an object has for its content. All else stays as it is.
 * @throws SendCleanError of kind `validation` for one that cannot be decoded.
 */
export function readDataUris({ path }: Field, value: unknown): unknown {
  if (![value].flat().some(holdsDataUri)) return value;
  const read = (file: unknown, index: number) => readFile(file, pathOf([...path, String(index)]));
  return Array.isArray(value) ? inTurn(value, read) : read(value, 0);
}

function holdsDataUri(file: unknown): boolean {
  return isDataUri(file) || (isObject(file) && sources.some((source) => isDataUri(file[source])));
}

async function inTurn<T>(list: readonly T[], read: (one: T, index: number) => Promise<unknown>) {
  const all: unknown[] = [];
  for (const [index, one] of list.entries()) all.push(await read(one, index));
  return all;
}

async function readFile(file: unknown, where: string): Promise<unknown> {
  if (isDataUri(file)) return await decode(file, where);
  if (!isObject(file) || !holdsDataUri(file)) return file;
  const rest = Object.entries(file).filter(([name, one]) => name === 'content' || !isDataUri(one));
  const bytes = sources.map((source) => file[source]).find((one) => !isEmpty(one));
  if (!isDataUri(bytes)) return Object.fromEntries(rest);
  const { content, contentType } = await decode(bytes, `${where}.content`);
  const type = [file.contentType, file.type].find((one) => !isEmpty(one)) ?? contentType;
  return { ...Object.fromEntries(rest), content, contentType: type };
}

function isDataUri(value: unknown): value is string {
  return typeof value === 'string' && /^\s*data:[^,]{0,1000},/i.test(value);
}

/**
 * Decoded by Node.js, as the Fetch Standard says (https://fetch.spec.whatwg.org/#data-url-processor), which takes more
 * than a file should have: a broken escape, base64 that was cut off. What follows a “#” belongs to the bytes here:
 * pictures in SVG have colours.
 */
async function decode(uri: string, where: string): Promise<{ content: Buffer; contentType: string }> {
  if (/%(?![0-9a-f]{2})/i.test(uri)) throw invalid(where, phrase`is a data: URI with a broken “%” escape`);
  const response = isCutOff(uri) ? undefined : await fetch(uri.replaceAll('#', '%23')).catch(() => undefined);
  if (!response) throw invalid(where, phrase`must be a data: URI with whole base64`);
  const [contentType = ''] = (response.headers.get('content-type') ?? '').split(';');
  return { content: Buffer.from(await response.arrayBuffer()), contentType };
}

/** Whether base64 lacks signs at its end. */
function isCutOff(uri: string): boolean {
  const comma = uri.indexOf(',');
  if (!/;\s*base64\s*$/i.test(uri.slice(0, comma))) return false;
  const escaped = uri.slice(comma + 1).replace(/%(?:0[9acd]|20)|\s/gi, '');
  return escaped.replace(/%../g, '=').length % 4 !== 0;
}

function isObject(value: unknown): value is Given {
  return typeof value === 'object' && value !== null;
}
