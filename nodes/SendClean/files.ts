import type { IExecuteFunctions } from 'n8n-workflow';
import { invalid } from '../../shared/errors';
import type { FileInput } from '../../shared/fieldValues';
import mime from '../../shared/generated/libraries/mime';
import type { Field } from '../../shared/model';

/** A file of the request whose bytes stay where n8n keeps them until its mail goes out. */
export interface PendingFile {
  /** Stands in the request, still without content. */
  file: FileInput;
  binaryField: string;
}

/**
 * The files of the binary fields that a person named.
 * @param names one name, several separated by commas, or a list.
 * @throws SendCleanError naming a binary field that the item does not have.
 */
export function pendingFiles(
  context: IExecuteFunctions,
  itemIndex: number,
  field: Field,
  names: unknown,
): PendingFile[] {
  const binary = context.getInputData()[itemIndex]?.binary ?? {};
  return toNames(names).map((binaryField) => {
    const data = binary[binaryField];
    if (!data) throw missing(field, binaryField, Object.keys(binary));
    const fileName = data.fileName ?? binaryField;
    const type = data.mimeType || (mime.getType(fileName) ?? 'application/octet-stream');
    const name = field.kind === 'images' ? binaryField : fileName;
    return { file: { type, name, content: '' }, binaryField };
  });
}

/** Does work for which the files' bytes stand in the request, and lets go of them afterwards. */
export async function withFiles<T>(
  context: IExecuteFunctions,
  itemIndex: number,
  files: readonly PendingFile[],
  work: () => Promise<T>,
): Promise<T> {
  try {
    for (const { file, binaryField } of files) {
      const bytes = await context.helpers.getBinaryDataBuffer(itemIndex, binaryField);
      file.content = bytes.toString('base64');
    }
    return await work();
  } finally {
    for (const { file } of files) file.content = '';
  }
}

function missing(field: Field, binaryField: string, others: readonly string[]): Error {
  const there = others.length ? `it has ${others.map((name) => `"${name}"`).join(', ')}` : 'it has none';
  return invalid(
    field.name,
    `names the binary field "${binaryField}", which the item does not have: ${there}`,
  );
}

function toNames(names: unknown): string[] {
  const list = Array.isArray(names) ? names.map(String) : String(names).split(',');
  return list.map((name) => name.trim()).filter(Boolean);
}
