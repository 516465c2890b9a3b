import { invalid } from '../../shared/errors';
import type { DeferredFiles } from '../../shared/delivery/options';
import { pathOf } from '../../shared/paths';
import { bareType, typeOf } from '../../shared/form/fileTypes';
import { isEmpty } from '../../shared/form/empty';
import { mostFiles } from '../../shared/form/fieldValues';
import mime from '../../shared/generated/libraries/mime';
import { kindOf, type Field } from '../../shared/model';
import { fromUpload, isUpload } from './uploads';
import { bytesOf, textToBase64 } from './fileContent';
import type { NodeMessage } from './red';
import { phrase } from '../../shared/phrase';

type Given = Readonly<Record<string, unknown>>;

/** A file as the request takes it; its content is base64, or bytes that become base64 when their turn comes. */
export interface File {
  type: unknown;
  name: unknown;
  content: unknown;
}

/** Whether a file of `msg.attachments` has a Content-ID, so that it is an image of the HTML. */
export function isInline(file: unknown): boolean {
  return isObject(file) && typeof file.cid === 'string' && file.cid !== '';
}

/**
 * Refuses a list which nothing should walk through: with holes it may claim a billion entries.
 * @throws SendCleanError of kind `validation`.
 */
export function checkList(field: Field, value: unknown): void {
  if (!Array.isArray(value) || kindOf(field).skipsEmpty) return;
  const { length } = value;
  // A list of numbers, of which a flow means one file, is longer.
  if (kindOf(field).isFiles && length > mostFiles) {
    const fix = phrase`has ${length} entries, more than ${mostFiles}: give the bytes of one file as a Buffer`;
    throw invalid(pathOf(field.path), fix);
  }
  if (Object.keys(value).length < length)
    throw invalid(pathOf(field.path), phrase`is a list with empty places`);
}

/**
 * Files as the request takes them, from what flows hold: bytes (a Buffer, also as JSON has it, an ArrayBuffer or a
 * view of one) or base64 text, named by `msg.filename`; an object `{ filename, content, contentType,
 * cid }` as for the e-mail node, an upload of an http in node, `{ type, content }` with plain text, or `{ type, name, content }` with base64,
 * where `content` may be any of the above; or a list of those.
 * @throws SendCleanError of kind `validation` that names the file which is none.
 */
export function toFiles(field: Field, value: unknown, { filename }: NodeMessage): File[] {
  if (isEmpty(value)) return [];
  const list = Array.isArray(value) ? (value as unknown[]) : [value];
  const known =
    list.length === 1 && typeof filename === 'string' ? (filename.split(/[\\/]/).at(-1) ?? '') : '';
  const files = Array.from(list, (file, index) => toFile(file, known, index, field));
  return field.kind === 'images' ? files.map(withBareType) : files;
}

function withBareType({ type, ...file }: File): File {
  return { type: typeof type === 'string' ? bareType(type) : type, ...file };
}

function toFile(file: unknown, known: string, index: number, field: Field): File {
  const path = [...field.path, String(index)];
  const where = pathOf(path);
  const bytes = bytesOf(file, where);
  if (bytes) return named(bytes, known, index);
  if (typeof file === 'string') return fromText(file, known, index, where);
  if (!isObject(file) || Array.isArray(file)) throw notAFile(where);
  return fromObject(isUpload(file) ? fromUpload(file) : file, known, index, field, path);
}

/** Text alone is base64. A short text that begins like a path is refused even where its letters could be base64. */
function fromText(text: string, known: string, index: number, where: string): File {
  const content = text.replaceAll(/\s/g, '');
  const isBase64 = content.length % 4 === 0 && /^[a-z0-9+/]+={0,2}$/i.test(content);
  if (!isBase64 || (content.length < 260 && /^\/[^/9]/.test(content))) throw notAFile(where);
  return named(content, known, index);
}

function notAFile(where: string) {
  const reason = phrase`is not a file: give a Buffer, whole base64 text, a data: URI or an object with content (paths and addresses are not read)`;
  return invalid(where, reason);
}

function named(content: string | Buffer, known: string, index: number): File {
  const name = known || numbered(index);
  return { type: typeOf(name), name, content };
}

/** The name that the e-mail node gives to a file without one. */
function numbered(index: number, type?: string): string {
  return `attachment-${index + 1}.${(type && mime.getExtension(type)) || 'bin'}`;
}

function fromObject(file: Given, known: string, index: number, field: Field, path: readonly string[]): File {
  const where = pathOf(path);
  const source = refusedSource(file);
  if (source) {
    const fix = phrase`is not read: load the file with another node and put its bytes into content`;
    throw invalid(`${where}.${source}`, fix);
  }
  if (!('content' in file)) throw notAFile(where);
  const given = [file.contentType, file.type].find((one) => !isEmpty(one));
  const type = typeof given === 'string' ? given : undefined;
  const fileName = [file.filename, file.name, known].find((one) => !isEmpty(one)) ?? numbered(index, type);
  const name = field.kind === 'images' && isInline(file) ? file.cid : fileName;
  return { type: given ?? typeOf(fileName), name, content: contentOf(file, where) };
}

/** `path` and `href`, which the e-mail node loads. */
function refusedSource(file: Given): string | undefined {
  return ['path', 'href'].find((source) => !isEmpty(file[source]));
}

/**
 * Content as bytes or base64. Text is the file itself, as for the e-mail node, unless an encoding is named or the object is
 * one of the service, which has base64 under a `name` of its own.
 */
function contentOf(file: Given, where: string): unknown {
  const { content, encoding } = file;
  const bytes = bytesOf(content, `${where}.content`);
  if (bytes) return bytes;
  if (typeof content !== 'string') return content;
  const isService = isEmpty(file.filename) && !isEmpty(file.name) && isEmpty(file.contentType);
  return textToBase64(content, isEmpty(encoding) && isService ? 'base64' : encoding, where);
}

function isObject(value: unknown): value is Given {
  return typeof value === 'object' && value !== null;
}

/** The bytes of files together, about; what is no content, which is refused later, has none. */
export function sizeOf(files: readonly File[]): number {
  return files.reduce((sum, { content }) => {
    if (Buffer.isBuffer(content)) return sum + content.length;
    return sum + (typeof content === 'string' ? Math.floor((content.length * 3) / 4) : 0);
  }, 0);
}

/**
 * Takes the bytes out of files, to be written as base64 while a request that holds them is made: messages that wait
 * need no memory for it.
 */
export function deferFiles(files: readonly File[]): DeferredFiles {
  const pending = files.flatMap((file) =>
    Buffer.isBuffer(file.content) ? [{ file, bytes: file.content }] : [],
  );
  const release = () => pending.forEach(({ file }) => (file.content = ''));
  release();
  return {
    bytes: pending.reduce((sum, { bytes }) => sum + (bytes.length * 4) / 3, 0),
    async load() {
      for (const { file, bytes } of pending) file.content = bytes.toString('base64');
    },
    release,
  };
}
