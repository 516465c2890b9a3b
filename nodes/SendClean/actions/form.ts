import type { IExecuteFunctions } from 'n8n-workflow';
import type { DeferredFiles } from '../../../shared/delivery/options';
import { isEmpty } from '../../../shared/form/empty';
import { movePlainText } from '../../../shared/form/htmlText';
import { readNumber } from '../../../shared/form/readSettings';
import { settingFields } from '../../../shared/form/settings';
import { kindOf, type Field, type Operation, type FormValues } from '../../../shared/model';
import { readOptions, type ReadParameter } from './parameters';
import {
  checkSizes,
  chooseFiles,
  deferFiles,
  pendingFiles,
  type FileDetails,
  type PendingFile,
} from './files';
import { hasField, readContent } from './content';
import { hintsOf, type Hint } from './hints';
import { itemFiles } from './itemFiles';
import { withPlaceholder } from './placeholder';

/** What a person entered for one item. */
export interface Form {
  /** By the names of the fields. */
  values: FormValues;
  /** The bytes of the files that the values hold, still without content. */
  deferredFiles: DeferredFiles;
  options: FormValues;
  /** What may not be as the person meant it. */
  hints: Hint[];
}

/**
 * Reads the form of one item. No file is loaded.
 * @throws SendCleanError of kind `validation` for files that are not there or too large.
 */
export async function readForm(
  context: IExecuteFunctions,
  read: ReadParameter,
  itemIndex: number,
  operation: Operation,
): Promise<Form> {
  const options = readOptions(read, itemIndex);
  const get = (name: string) => read(name, itemIndex, '');
  const fields = operation.fields.filter((field) => hasField(field, operation, get));
  const entered = Object.fromEntries(
    fields.map((field) => [
      field.name,
      withPlaceholder(
        context,
        itemIndex,
        field,
        field.place === 'main' ? mainValue(field, get) : addedValue(field, options, get),
      ),
    ]),
  );
  const values: Record<string, unknown> = {};
  for (const field of fields) {
    const value = entered[field.name];
    if (!isEmpty(value)) values[field.name] = field.kind === 'pairs' ? withoutCollection(value) : value;
  }
  const files = readFiles(context, itemIndex, fields, values, options, get);
  const all = [...fields, ...settingFields(operation, 'n8n')];
  const hints = hintsOf(context.getNode().parameters, all, { ...options, ...entered }, values);
  await readContent(operation, values, get, options);
  movePlainText(operation.fields, values);
  const bytes = await checkSizes(context, files, readNumber('sizeLimit', options));
  return { values, deferredFiles: deferFiles(context, files, bytes), options, hints };
}

/** Puts files in place of what names them. */
function readFiles(
  context: IExecuteFunctions,
  itemIndex: number,
  fields: readonly Field[],
  values: Record<string, unknown>,
  options: FormValues,
  get: (name: string) => unknown,
): PendingFile[] {
  const named = fields.filter((field) => kindOf(field).isFiles && !isEmpty(values[field.name]));
  if (named.length === 0) return [];
  const there = itemFiles(context, itemIndex);
  const chosen = named.map((field) => {
    const others = named.filter((other) => other !== field).map(({ name }) => values[name]);
    return { field, files: chooseFiles(field, values[field.name], there, others) };
  });
  return chosen.flatMap(({ field, files }) => {
    const pending = pendingFiles(field, files, details(field, options, get));
    values[field.name] = pending.map(({ file }) => file);
    return pending;
  });
}

/** The value of a field that always shows. */
function mainValue({ name, kind }: Field, get: (name: string) => unknown): unknown {
  return kind === 'pairs' && get(`${name}As`) === 'json' ? get(`${name}Json`) : get(name);
}

/** The value of a field that a person adds; lists of rows are parameters of their own since version 2 of the node. */
function addedValue({ name, kind }: Field, options: FormValues, get: (name: string) => unknown): unknown {
  return options[name] ?? (kind === 'pairs' ? get(name) : undefined);
}

/** The pairs of n8n's fixed collection; JSON and expressions stay as they are. */
function withoutCollection(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const names = Object.keys(value);
  if (names.length === 0) return undefined;
  return names.join() === 'pair' && 'pair' in value && Array.isArray(value.pair)
    ? withoutEmptyRows(value.pair)
    : value;
}

/** Rows into which something was entered: n8n's form begins with an empty one. */
function withoutEmptyRows<Row>(rows: readonly Row[]): Row[] {
  const isEmptyRow = (row: unknown) =>
    typeof row === 'object' && row !== null && Object.values(row).every((cell) => cell === '');
  return rows.filter((row) => !isEmptyRow(row));
}

function details({ name }: Field, options: FormValues, get: (name: string) => unknown): FileDetails[] {
  const key = `${name}Details`;
  const collection = (options[key] ?? get(key)) as { file?: FileDetails[] };
  return withoutEmptyRows(collection?.file ?? []);
}
