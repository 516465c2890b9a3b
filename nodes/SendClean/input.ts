import type { IExecuteFunctions } from 'n8n-workflow';
import type { Client } from '../../shared/client';
import { isEmpty } from '../../shared/fieldValues';
import { operations } from '../../shared/generated/operations';
import type { OperationName } from '../../shared/generated/types';
import type { Field, Operation } from '../../shared/model';
import { buildRequest, type AccountDefaults, type FormValues } from '../../shared/request';
import { pendingFiles, type PendingFile } from './files';

/** What all items of a run share. */
export interface Session {
  client: Client;
  account: AccountDefaults;
}

/** One item, checked and ready to be sent. */
export interface ItemCall {
  itemIndex: number;
  /** Files that must be loaded for the call. */
  files: PendingFile[];
  /** Makes the call. */
  run(): Promise<unknown>;
}

/**
 * Reads an item's form and checks it. Nothing is sent, and no file is loaded.
 * @throws SendCleanError of kind `validation`.
 */
export function readItem(
  context: IExecuteFunctions,
  itemIndex: number,
  { client, account }: Session,
): ItemCall {
  const name = context.getNodeParameter('operation', itemIndex) as OperationName;
  const operation: Operation = operations[name];
  const { values, files } = readForm(context, itemIndex, operation);
  const call = client.prepare(name, buildRequest(operation, values, account));
  const all = !operation.paged || context.getNodeParameter('returnAll', itemIndex, false);
  const limit = all ? {} : { limit: context.getNodeParameter('limit', itemIndex, 50) as number };
  const signal = context.getExecutionCancelSignal();
  return { itemIndex, files, run: () => client.run(call, { ...limit, ...(signal && { signal }) }) };
}

/** The form's values by the names of the fields, with files still to be loaded. */
function readForm(
  context: IExecuteFunctions,
  itemIndex: number,
  { fields }: Operation,
): { values: FormValues; files: PendingFile[] } {
  const options = context.getNodeParameter('options', itemIndex, {}) as FormValues;
  const files: PendingFile[] = [];
  const read = (field: Field): unknown => {
    const { place, kind } = field;
    const value =
      place === 'options' ? options[field.name] : context.getNodeParameter(field.name, itemIndex, '');
    if (isEmpty(value)) return undefined;
    if (kind === 'pairs') return (value as { pair?: unknown }).pair;
    if (kind !== 'attachments' && kind !== 'images') return value;
    const found = pendingFiles(context, itemIndex, field, value);
    files.push(...found);
    return found.map(({ file }) => file);
  };
  const values = Object.fromEntries(fields.map((field) => [field.name, read(field)]));
  return { values, files };
}
