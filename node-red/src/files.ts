import { invalid } from '../../shared/errors';
import { isEmpty } from '../../shared/fieldValues';
import mime from '../../shared/generated/libraries/mime';
import type { Field } from '../../shared/model';
import { pathOf } from '../../shared/validation';
import type { NodeMessage } from './red';

type Given = Readonly<Record<string, unknown>>;

/** Whether the value of a field is read by `toFiles`. */
export function isFiles({ kind }: Field): boolean {
  return kind === 'attachments' || kind === 'images';
}

/** Whether a file of `msg.attachments` has a Content-ID, so that it is an image of the HTML. */
export function isInline(file: unknown): boolean {
  return isObject(file) && typeof file.cid === 'string' && file.cid !== '';
}

/**
 * Files as the request takes them, from what flows hold: a Buffer, named by `msg.filename`; an object
 * `{ filename, content, contentType, cid }` as for the e-mail node; an object `{ type, name, content }` with
 * base64; or a list of those. What is no file is kept as it is, for validation to name it.
 * @throws SendCleanError of kind `validation` for a file that is given by its path.
 */
export function toFiles(field: Field, value: unknown, { filename }: NodeMessage): unknown {
  if (isEmpty(value)) return undefined;
  const list = [value].flat();
  const known = list.length === 1 && typeof filename === 'string' ? filename.split(/[\\/]/).at(-1) : '';
  return list.map((file, index) => {
    const bytes = toBytes(file);
    if (bytes) return fromBytes(bytes, known || `file-${index + 1}`);
    return isObject(file) ? fromObject(file, field, [...field.path, String(index)]) : file;
  });
}

function fromBytes(bytes: Buffer, name: string) {
  return { type: typeOf(name), name, content: bytes.toString('base64') };
}

function fromObject(file: Given, field: Field, path: readonly string[]) {
  for (const source of ['path', 'href']) {
    if (isEmpty(file[source])) continue;
    const mend = 'is not read: load the file with another node and put its bytes into content';
    throw invalid(pathOf([...path, source]), mend);
  }
  const fileName = isEmpty(file.filename) ? file.name : file.filename;
  const name = field.kind === 'images' && isInline(file) ? file.cid : fileName;
  const type = [file.contentType, file.type].find((one) => !isEmpty(one)) ?? typeOf(String(fileName));
  return { type, name, content: toContent(file, pathOf(path)) };
}

/** Content as base64. Text of the e-mail node's objects is the file itself unless they name an encoding. */
function toContent(file: Given, path: string): unknown {
  const { content, encoding } = file;
  const bytes = toBytes(content);
  if (bytes) return bytes.toString('base64');
  const isService = 'name' in file && 'type' in file;
  const isEmailNode = !isService && ['filename', 'contentType', 'cid'].some((key) => key in file);
  if (!isEmailNode || typeof content !== 'string') return content;
  if (encoding === 'base64') return content.replace(/\s/g, '');
  if (isEmpty(encoding)) return Buffer.from(content).toString('base64');
  if (typeof encoding === 'string' && Buffer.isEncoding(encoding))
    return Buffer.from(content, encoding).toString('base64');
  throw invalid(`${path}.encoding`, 'must be an encoding such as base64 or utf8');
}

/** Bytes, also as they look after a Buffer went through JSON. */
function toBytes(value: unknown): Buffer | undefined {
  if (Buffer.isBuffer(value)) return value;
  if (value instanceof Uint8Array) return Buffer.from(value);
  const isWritten = isObject(value) && value.type === 'Buffer' && Array.isArray(value.data);
  return isWritten ? Buffer.from(value.data as number[]) : undefined;
}

function typeOf(fileName: string): string {
  return mime.getType(fileName) ?? 'application/octet-stream';
}

function isObject(value: unknown): value is Given {
  return typeof value === 'object' && value !== null;
}
