import type { IExecuteFunctions } from 'n8n-workflow';
import type { Call } from '../../shared/call';
import type { Client } from '../../shared/client';
import { isEmpty } from '../../shared/fieldValues';
import { operations } from '../../shared/generated/operations';
import type { OperationName } from '../../shared/generated/types';
import type { Field } from '../../shared/model';
import { buildRequest, type AccountDefaults } from '../../shared/request';
import { pendingFiles, type PendingFile } from './files';

/** One item, checked and ready to be sent. */
export interface ItemCall {
  itemIndex: number;
  call: Call;
  files: PendingFile[];
  /** The most records that a paged operation reads. */
  limit?: number;
}

/**
 * Reads an item's form and checks it. Nothing is sent, and no file is loaded.
 * @throws SendCleanError of kind `validation`.
 */
export function readItem(
  context: IExecuteFunctions,
  itemIndex: number,
  client: Client,
  account: AccountDefaults,
): ItemCall {
  const name = context.getNodeParameter('operation', itemIndex) as OperationName;
  const operation = operations[name];
  const options = context.getNodeParameter('options', itemIndex, {}) as Record<string, unknown>;
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
  const values = Object.fromEntries(operation.fields.map((field) => [field.name, read(field)]));
  const all = !operation.paged || context.getNodeParameter('returnAll', itemIndex, false);
  return {
    itemIndex,
    call: client.prepare(name, buildRequest(operation, values, account)),
    files,
    ...(!all && { limit: context.getNodeParameter('limit', itemIndex, 50) as number }),
  };
}
