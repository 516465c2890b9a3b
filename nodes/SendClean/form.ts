import type { IExecuteFunctions } from 'n8n-workflow';
import { invalid } from '../../shared/errors';
import type { Content } from '../../shared/exchange';
import { isEmpty } from '../../shared/fieldValues';
import type { Field, Operation } from '../../shared/model';
import type { FormValues } from '../../shared/request';
import type { ReadParameter } from './parameters';
import { checkSizes, contentOf, pendingFiles, toNames, type FileDetails, type PendingFile } from './files';

/** What a person entered for one item. */
export interface Form {
  /** By the names of the fields. */
  values: FormValues;
  /** Files that stand in the values, still without content. */
  files: PendingFile[];
  /** The bytes of those files. */
  content: Content;
  options: FormValues;
}

/**
 * Reads the form of one item. No file is loaded.
 * @throws SendCleanError of kind `validation` for files that are not there or too large.
 */
export async function readForm(
  context: IExecuteFunctions,
  read: ReadParameter,
  itemIndex: number,
  { fields }: Operation,
): Promise<Form> {
  const options = read('options', itemIndex, {}) as FormValues;
  const get = (name: string) => read(name, itemIndex, '');
  const entered = Object.fromEntries(
    fields.map((field) => [
      field.name,
      field.place === 'options' ? options[field.name] : mainValue(field, fields, get),
    ]),
  );
  const files: PendingFile[] = [];
  const values: Record<string, unknown> = {};
  for (const field of fields) {
    const value = entered[field.name];
    if (isEmpty(value)) continue;
    values[field.name] = value;
    if (field.kind === 'pairs') values[field.name] = withoutCollection(value);
    if (field.kind !== 'attachments' && field.kind !== 'images') continue;
    const found = pendingFiles(
      context,
      itemIndex,
      field,
      value,
      details(field, options),
      named(field, fields, entered),
    );
    files.push(...found);
    values[field.name] = found.map(({ file }) => file);
  }
  const limit = Number(options.sizeLimit ?? 25);
  if (!(limit > 0)) throw invalid('sizeLimit', 'must be a number of megabytes above 0');
  const bytes = await checkSizes(context, itemIndex, files, limit);
  return { values, files, content: contentOf(context, itemIndex, files, bytes), options };
}

/** The value of a field that always shows; what the Email Format hides does not count. */
function mainValue(field: Field, fields: readonly Field[], get: (name: string) => unknown): unknown {
  if (field.kind === 'pairs')
    return get(`${field.name}As`) === 'json' ? get(`${field.name}Json`) : get(field.name);
  const format = field.plainText
    ? 'html'
    : fields.some(({ plainText }) => plainText === field.name) && 'text';
  return format && ![format, 'both'].includes(String(get('emailFormat') || format))
    ? undefined
    : get(field.name);
}

/** The pairs of n8n's fixed collection; JSON and expressions stay as they are. */
function withoutCollection(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const names = Object.keys(value);
  if (names.length === 0) return undefined;
  return names.join() === 'pair' && 'pair' in value && Array.isArray(value.pair) ? value.pair : value;
}

function details({ name }: Field, options: FormValues): FileDetails[] {
  const collection = options[`${name}Details`] as { file?: FileDetails[] } | undefined;
  return collection?.file ?? [];
}

/** The binary fields that the other fields of files name. */
function named(field: Field, fields: readonly Field[], entered: FormValues): string[] {
  return fields
    .filter(({ kind }) => kind !== field.kind && (kind === 'images' || kind === 'attachments'))
    .flatMap(({ name }) => (isEmpty(entered[name]) ? [] : toNames(entered[name])));
}
