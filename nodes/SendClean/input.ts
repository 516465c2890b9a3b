import type { IExecuteFunctions } from 'n8n-workflow';
import type { Call } from '../../shared/call';
import type { Client, RunOptions } from '../../shared/client';
import { readDelivery, readPreparation } from '../../shared/deliveryFields';
import { operations } from '../../shared/generated/operations';
import type { OperationName } from '../../shared/generated/types';
import { invalid } from '../../shared/errors';
import type { Operation } from '../../shared/model';
import { toLimit } from '../../shared/pages';
import { shown } from '../../shared/quote';
import { buildRequest, type AccountDefaults } from '../../shared/request';
import { perRecipient } from '../../shared/sendAs';
import { simplify } from '../../shared/simplify';
import { readForm } from './form';
import type { ReadParameter } from './parameters';
import { previewRequest } from './preview';

/** What all items of a run share. */
export interface Session {
  read: ReadParameter;
  client: Client;
  account: AccountDefaults;
  /** How many calls are made at once. */
  atOnce: number;
  /** Aborted when no further mail is to be sent; what is under way goes on. */
  hold: AbortController;
}

/** One call of an item, checked and ready to be made. */
export interface ItemCall {
  itemIndex: number;
  /** Whether it sends a mail. */
  isSend: boolean;
  /** What its output says beside its result. */
  more: { email?: string };
  /** What the person asked for, the same in every try of the node. */
  request: object;
  /** Makes the call. */
  run(): Promise<unknown>;
}

/**
 * Reads an item's form and checks it. Nothing is sent, and no file is loaded.
 * @returns one call, or one for each recipient.
 * @throws SendCleanError of kind `validation`.
 */
export async function readItem(
  context: IExecuteFunctions,
  itemIndex: number,
  session: Session,
): Promise<ItemCall[]> {
  const { read, client, account, hold } = session;
  const name = read('operation', itemIndex) as OperationName;
  if (typeof name !== 'string' || !Object.hasOwn(operations, name))
    throw invalid('operation', `is not known, got ${shown(name)}`);
  const operation: Operation = operations[name];
  const { values, files, content, options } = await readForm(context, read, itemIndex, operation);
  const request = buildRequest(operation, values, account);
  const isLimited = operation.paged && !read('returnAll', itemIndex, false);
  const limit = isLimited ? { limit: toLimit(read('limit', itemIndex, 50)) } : {};
  const preparation = readPreparation(options);
  const runOptions = { ...limit, content, hold: hold.signal, ...readDelivery(options) };
  const toCall = (one: object, more: ItemCall['more'] = {}): ItemCall => {
    const call = client.prepare(name, one, preparation);
    const preview = () => previewRequest(call, files, content);
    return {
      itemIndex,
      isSend: operation.effect === 'send',
      more,
      request: one,
      run: options.validateOnly ? preview : () => run(context, session, itemIndex, call, runOptions),
    };
  };
  if (options.sendAs !== 'each') return [toCall(request)];
  const single = perRecipient(operation, request);
  return single.map(({ request: one, email }) => toCall(one, { email }));
}

async function run(
  context: IExecuteFunctions,
  { client, read }: Session,
  itemIndex: number,
  call: Call,
  options: RunOptions,
): Promise<unknown> {
  const { simplified } = call.operation as Operation;
  const signal = context.getExecutionCancelSignal();
  const result: unknown = await client.run(call, { ...options, ...(signal && { signal }) });
  if (!simplified || !read('simplify', itemIndex, true)) return result;
  return [result].flat().map((record) => simplify(call.operation, record as object));
}
