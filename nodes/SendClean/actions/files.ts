import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import { flatten } from '../../../shared/form/entries';
import { invalid } from '../../../shared/errors';
import type { DeferredFiles } from '../../../shared/delivery/options';
import { mostFiles, type FileInput } from '../../../shared/form/fieldValues';
import { checkSize } from '../../../shared/form/sizeLimit';
import { bareType, typeOf, withExtension } from '../../../shared/form/fileTypes';
import type { Field } from '../../../shared/model';
import { inSentence, shown } from '../../../shared/quote';
import type { BinaryFile, ItemFiles } from './itemFiles';
import { phrase, say } from '../../../shared/phrase';

/** A file of the request whose bytes stay where n8n keeps them until its email goes out. */
export interface PendingFile {
  /** Stands in the request, still without content. */
  file: FileInput;
  data: IBinaryData;
}

/** Another name or type for a binary field's file, as a person entered it. */
export interface FileDetails {
  binaryField: string;
  name?: string;
  type?: string;
}

/** A file that a field names, with the names by which its details may refer to it. */
interface Chosen extends BinaryFile {
  names: readonly string[];
}

/**
 * What a field of files names: text with names separated by commas, a binary object or an object of them, or a list
 * of any of those. A name is that of a binary field or a path in the item's JSON; `*` is all that no other field has.
 * @param others what the other fields of files name.
 * @throws SendCleanError naming what is no file of the item, or how many files are named where nobody means so many.
 */
export function chooseFiles(
  field: Field,
  value: unknown,
  files: ItemFiles,
  others: readonly unknown[],
): Chosen[] {
  const entries = toEntries(value);
  if (entries.length > mostFiles)
    throw invalid(field.name, phrase`names ${entries.length} files, more than ${mostFiles}`);
  const taken = new Set(entries.includes('*') ? others.flatMap((other) => keysOf(other, files)) : []);
  return entries.flatMap((entry) => {
    if (entry === '*') return files.all.filter(({ key }) => !taken.has(key)).map((file) => withNames(file));
    const found = findFiles(entry, files);
    if (found) return found;
    throw typeof entry === 'string' ? missing(field, entry, files) : notAFile(field, entry);
  });
}

/** Names and files in what was entered; blank names are none. */
function toEntries(value: unknown): unknown[] {
  const list = typeof value === 'string' ? value.split(',') : flatten(value);
  return list
    .map((entry) => (['string', 'number'].includes(typeof entry) ? String(entry).trim() : entry))
    .filter((entry) => entry !== '');
}

function findFiles(entry: unknown, files: ItemFiles): Chosen[] | undefined {
  if (typeof entry !== 'string') return files.given(entry)?.map((file) => withNames(file));
  const file = files.named(entry);
  return file && [withNames(file, entry)];
}

function withNames(file: BinaryFile, entry?: string): Chosen {
  return { ...file, names: [entry, file.key, file.data.fileName].filter((name) => name !== undefined) };
}

/** The binary fields whose files a value names; nothing where it names none. */
function keysOf(value: unknown, files: ItemFiles): (string | undefined)[] {
  return toEntries(value)
    .flatMap((entry) => findFiles(entry, files) ?? [])
    .map(({ key }) => key);
}

function missing(field: Field, name: string, { all }: ItemFiles): Error {
  const keys = all.slice(0, 5).map(({ key }) => say(shown(key)));
  const there = keys.length ? `it has ${keys.join(', ')}` : 'it has none';
  return invalid(
    field.name,
    phrase`names the binary field ${shown(name)}, which this item does not have: ${there}`,
  );
}

function notAFile(field: Field, entry: unknown): Error {
  const example = "such as $('Download').item.binary.data";
  return invalid(
    field.name,
    phrase`must name binary fields or be binary files, ${example}, got ${shown(entry)}`,
  );
}

/**
 * The files that a field names, each with the name and the type that n8n has for it, unless its details say otherwise.
 * @throws SendCleanError naming details of a file that the field does not name.
 */
export function pendingFiles(
  field: Field,
  chosen: readonly Chosen[],
  details: readonly FileDetails[],
): PendingFile[] {
  const known = new Set(chosen.flatMap(({ names }) => names));
  const unused = details.find(({ binaryField }) => !known.has(binaryField));
  if (unused) {
    const reason = phrase`names the binary field ${shown(unused.binaryField)}, which ${field.title} does not`;
    throw invalid(`${field.name}Details`, reason, `${field.title.replace(/s$/, '')} Details`);
  }
  const own = new Map(details.toReversed().map((one) => [one.binaryField, one]));
  return chosen.map(({ key, data, names }, index) => {
    const { name, type }: Partial<FileDetails> = own.get(names.find((one) => own.has(one)) ?? '') ?? {};
    const fileName = data.fileName || (key ?? `attachment-${index + 1}`);
    const fileType = type || data.mimeType || typeOf(fileName);
    const file =
      field.kind === 'images'
        ? { type: bareType(fileType), name: name || (key ?? withoutExtension(fileName)) }
        : { type: fileType, name: name || withExtension(fileName, fileType) };
    return { file: { ...file, content: '' }, data };
  });
}

/** `logo.png` → `logo`. */
function withoutExtension(fileName: string): string {
  return fileName.replace(/(?<=[^.])\.[^.]*$/, '');
}

/**
 * Checks the size of files by what n8n knows of them, before any of them is loaded.
 * @param limit in megabytes; none if undefined.
 * @returns the sum of their sizes in bytes.
 * @throws SendCleanError naming the sum of their sizes.
 */
export async function checkSizes(
  context: IExecuteFunctions,
  files: readonly PendingFile[],
  limit: number | undefined,
): Promise<number> {
  let bytes = 0;
  for (const { data } of files) bytes += await sizeOf(context, data);
  checkSize(bytes, limit);
  return bytes;
}

/** In bytes. Outside of memory mode `data` is no content but the name of the mode. */
async function sizeOf({ helpers }: IExecuteFunctions, { bytes, id, data }: IBinaryData): Promise<number> {
  if (!id) return Math.floor((data.length * 3) / 4);
  if (bytes !== undefined) return bytes;
  const { fileSize } = await helpers.getBinaryMetadata(id).catch((error: unknown) => {
    const reason = error instanceof Error ? inSentence(error.message) : typeof error;
    throw invalid(
      'attachments',
      phrase`must be files that n8n still has, as must images (${reason})`,
      'Attachments',
    );
  });
  return fileSize;
}

/** The bytes of a file, in each of n8n's modes of binary data; older versions of its other helper know names only. */
async function bytesOf(context: IExecuteFunctions, file: IBinaryData): Promise<Buffer> {
  if (!file.id) return Buffer.from(file.data, 'base64');
  const size = await sizeOf(context, file);
  return await collect(await context.helpers.getBinaryStream(file.id), size);
}

/** All pieces of a stream, in room of the size that they should have: n8n's own helper needs it twice. */
async function collect(pieces: AsyncIterable<Buffer>, size: number): Promise<Buffer> {
  let bytes = Buffer.alloc(size);
  let end = 0;
  for await (const piece of pieces) {
    if (end + piece.length > bytes.length)
      bytes = Buffer.concat([bytes.subarray(0, end), Buffer.alloc(bytes.length + piece.length)]);
    piece.copy(bytes, end);
    end += piece.length;
  }
  return bytes.subarray(0, end);
}

/** What a form's files are while requests that hold them are made: they share one copy. */
export function deferFiles(
  context: IExecuteFunctions,
  files: readonly PendingFile[],
  bytes: number,
): DeferredFiles {
  let users = 0;
  let loading: Promise<void> | undefined;
  const loadAll = async () => {
    for (const { file, data } of files) file.content = (await bytesOf(context, data)).toString('base64');
  };
  return {
    bytes: (bytes * 4) / 3,
    load() {
      users += 1;
      return (loading ??= loadAll());
    },
    release() {
      users -= 1;
      if (users > 0) return;
      loading = undefined;
      for (const { file } of files) file.content = '';
    },
  };
}
