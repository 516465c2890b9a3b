import type { IExecuteFunctions } from 'n8n-workflow';
import { alike, type Call } from '../../../shared/request/prepare';
import type { Client } from '../../../shared/client';
import { operations } from '../../../shared/generated/operations';
import type { OperationName } from '../../../shared/generated/types';
import { invalid } from '../../../shared/errors';
import { nameFields } from '../../../shared/form/labels';
import type { Effect, Operation } from '../../../shared/model';
import { readNothingFound, requireNumber, readSendSettings } from '../../../shared/form/readSettings';
import { hasSetting, settings as catalogue } from '../../../shared/form/settings';
import { shown } from '../../../shared/quote';
import { buildRequest, type AccountDefaults } from '../../../shared/form/buildRequest';
import { perRecipient } from '../../../shared/form/perRecipient';
import { withOnlyUnsubscribe } from '../../../shared/form/unsubscribe';
import { readForm } from './form';
import type { Hint } from './hints';
import type { ReadParameter } from './parameters';
import { show, type CallResult } from './show';
import { clock } from '../transport/transport';
import type { RunOptions } from '../../../shared/delivery/options';
import { phrase, say } from '../../../shared/phrase';

/** What all items of a run share. */
export interface Session {
  read: ReadParameter;
  client: Client;
  account: AccountDefaults;
  /** Tells the run, with all its tries, from others. */
  run: string;
  /** How many calls are made at once. */
  atOnce: number;
  /** Aborted when no further email is to be sent; what has begun goes on. */
  stop: AbortController;
}

/** One call of an item, checked and ready to be made. */
export interface ItemCall {
  itemIndex: number;
  /** What it does; to show the request, as Validate Only does, is to read. */
  effect: Effect;
  /** Whether it skips a recipient who has the email already, so that it can be run again; `never` if it cannot. */
  skip: 'never' | 'off' | 'on';
  /** What its output says beside its result. */
  more: { email?: string };
  /** What the person asked for, the same in every try of the node. */
  request: object;
  /** What may not be as the person meant it. */
  hints: readonly Hint[];
  /** Makes the call. */
  run(): Promise<CallResult>;
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
  const operation = readOperation(session.read, itemIndex);
  try {
    return await readCalls(context, itemIndex, session, operation);
  } catch (error) {
    throw nameFields(error, { operation });
  }
}

async function readCalls(
  context: IExecuteFunctions,
  itemIndex: number,
  session: Session,
  operation: Operation<OperationName>,
): Promise<ItemCall[]> {
  const { read, client, account, stop } = session;
  const form = await readForm(context, read, itemIndex, operation);
  const { values, deferredFiles, options } = form;
  const hints = [...form.hints];
  const request = buildRequest(operation, values, account, (hint) => hints.push(say(hint)));
  const isLimited = operation.paged && !read('returnAll', itemIndex, false);
  const limit = isLimited ? requireNumber('limit', { limit: read('limit', itemIndex, 50) }) : undefined;
  const settings = readSendSettings(options);
  const { whenUnsure, skipSent, validateOnly } = settings;
  if (validateOnly) hints.push(`Nothing was sent: ${catalogue.validateOnly.title} is on`);
  const skip = skipSent ? 'on' : hasSetting(operation, 'skipSent') ? 'off' : 'never';
  const runOptions: RunOptions = {
    ...(limit !== undefined && { limit }),
    simplify: operation.simplified !== undefined && Boolean(read('simplify', itemIndex, true)),
    includeSecrets: Boolean(read('includeSecrets', itemIndex, false)),
    nothingFound: readNothingFound({ nothingFound: read('nothingFound', itemIndex, '') }),
    signal: context.getExecutionCancelSignal(),
    deferredFiles,
    stopSignal: stop.signal,
    run: session.run,
    whenUnsure,
    skipSent,
  };
  const toCall = (call: Call, one: object, more: ItemCall['more'] = {}): ItemCall => {
    return {
      itemIndex,
      effect: validateOnly ? 'read' : operation.effect,
      skip,
      more,
      request: one,
      hints,
      run: validateOnly
        ? () => show(context, call, deferredFiles)
        : async () => ({
            result: await client.run(call, runOptions).catch((error: unknown) => {
              throw nameFields(error, { operation, values });
            }),
          }),
    };
  };
  // All that each recipient's email has is checked once.
  const all = settings.isSeparate ? request : withOnlyUnsubscribe(operation, request);
  const whole = client.prepare(operation.name, all, settings);
  if (!settings.isSeparate) return [toCall(whole, all)];
  const single = perRecipient(operation, request);
  return single.map(({ request: one, email }) => toCall(alike(whole, one, clock), one, { email }));
}

/**
 * The operation that was chosen for an item.
 * @throws SendCleanError of kind `validation` for one that is not known.
 */
export function readOperation(read: ReadParameter, itemIndex: number): Operation<OperationName> {
  const name = read('operation', itemIndex) as OperationName;
  if (typeof name !== 'string' || !Object.hasOwn(operations, name))
    throw invalid('operation', phrase`is not known, got ${shown(name)}`);
  return operations[name];
}
