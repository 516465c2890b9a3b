import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import { invalid } from '../../shared/errors';
import type { Content } from '../../shared/exchange';
import type { FileInput } from '../../shared/fieldValues';
import mime from '../../shared/generated/libraries/mime';
import type { Field } from '../../shared/model';
import { shown } from '../../shared/quote';

/** A file of the request whose bytes stay where n8n keeps them until its mail goes out. */
export interface PendingFile {
  /** Stands in the request, still without content. */
  file: FileInput;
  binaryField: string;
}

/** Another name or type for a binary field's file, as a person entered it. */
export interface FileDetails {
  binaryField: string;
  name?: string;
  type?: string;
}

/**
 * The files of the binary fields that a person named, each with the name and the type that n8n has for it.
 * @param names one name, several separated by commas, a list, or `*` for all.
 * @param others binary fields that `*` leaves out, because another field has them.
 * @throws SendCleanError naming a binary field that the item does not have.
 */
export function pendingFiles(
  context: IExecuteFunctions,
  itemIndex: number,
  field: Field,
  names: unknown,
  details: readonly FileDetails[],
  others: readonly string[],
): PendingFile[] {
  const binary = context.getInputData()[itemIndex]?.binary ?? {};
  const all = Object.keys(binary);
  const chosen = toNames(names).flatMap((name) =>
    name === '*' ? all.filter((one) => !others.includes(one)) : [name],
  );
  const unused = details.find(({ binaryField }) => !chosen.includes(binaryField));
  if (unused)
    throw invalid(
      `${field.name}Details`,
      `names the binary field ${shown(unused.binaryField)}, which ${field.name} does not`,
    );
  return chosen.map((binaryField) => {
    const data = Object.hasOwn(binary, binaryField) ? binary[binaryField] : undefined;
    if (!data) throw missing(field, binaryField, all);
    const own = details.find((one) => one.binaryField === binaryField);
    const fileName = data.fileName ?? binaryField;
    const type = own?.type || data.mimeType || (mime.getType(fileName) ?? 'application/octet-stream');
    const name = own?.name || (field.kind === 'images' ? binaryField : fileName);
    return { file: { type, name, content: '' }, binaryField };
  });
}

/** The names of binary fields in a text or a list. */
export function toNames(names: unknown): string[] {
  const list: unknown[] = typeof names === 'string' ? names.split(',') : [names].flat();
  const words = list.map((name) => (typeof name === 'string' ? name.trim() : shown(name)));
  return words.filter(Boolean);
}

function missing(field: Field, binaryField: string, all: readonly string[]): Error {
  const there = all.length ? `it has ${all.slice(0, 5).map(shown).join(', ')}` : 'it has none';
  return invalid(
    field.name,
    `names the binary field ${shown(binaryField)}, which the item does not have: ${there}`,
  );
}

const megabyte = 1_000_000;

/**
 * Checks the size of files by what n8n knows of them, before any of them is loaded.
 * @param limit in megabytes.
 * @returns the sum of their sizes in bytes.
 * @throws SendCleanError naming the sum of their sizes.
 */
export async function checkSizes(
  context: IExecuteFunctions,
  itemIndex: number,
  files: readonly PendingFile[],
  limit: number,
): Promise<number> {
  const binary = context.getInputData()[itemIndex]?.binary ?? {};
  let bytes = 0;
  for (const { binaryField } of files) {
    const data = binary[binaryField];
    if (data) bytes += await sizeOf(context, data);
  }
  if (bytes <= limit * megabyte) return bytes;
  const sum = (bytes / megabyte).toFixed(1);
  throw invalid(
    'attachments',
    `have ${sum} MB together with the images, more than the size limit of ${limit} MB`,
  );
}

/** In bytes. Outside of memory mode `data` is no content but the name of the mode. */
async function sizeOf(context: IExecuteFunctions, { bytes, id, data }: IBinaryData): Promise<number> {
  if (bytes !== undefined) return bytes;
  if (id !== undefined) return (await context.helpers.getBinaryMetadata(id)).fileSize;
  return Math.floor((data.length * 3) / 4);
}

/** What a form's files are while requests that hold them are made: they share one copy. */
export function contentOf(
  context: IExecuteFunctions,
  itemIndex: number,
  files: readonly PendingFile[],
  bytes: number,
): Content {
  let users = 0;
  let loading: Promise<void> | undefined;
  const loadAll = async () => {
    for (const { file, binaryField } of files) {
      const loaded = await context.helpers.getBinaryDataBuffer(itemIndex, binaryField);
      file.content = loaded.toString('base64');
    }
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
