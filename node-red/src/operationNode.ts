import type { RunOptions } from '../../shared/delivery/options';
import { SendCleanError, toSendCleanError } from '../../shared/errors';
import type { OperationName } from '../../shared/generated/types';
import type { Operation, FormValues } from '../../shared/model';
import { nameFields } from '../../shared/form/labels';
import { inSentence } from '../../shared/quote';
import { buildRequest } from '../../shared/form/buildRequest';
import { withOnlyUnsubscribe } from '../../shared/form/unsubscribe';
import { accountOf } from './accountNode';
import { formReader, type Form } from './input';
import { sendOn } from './passOn';
import type { Node, NodeAPI, NodeDef, NodeMessage, NodeSend } from './red';
import { report } from './report';
import { resultMessages, resultSettings } from './results';
import { show } from './show';
import { callStatus } from './status';

/** The calls of a node. */
export interface Calls {
  /**
   * Makes the call for a message, and sends on what comes of it.
   * @returns the error that it ended in, if it did.
   */
  make(msg: NodeMessage, send: NodeSend): Promise<Error | undefined>;
  /** Ends those that have begun. */
  close(): Promise<void>;
}

/** Readies a node for its messages. */
export function openCalls(
  RED: NodeAPI,
  node: Node,
  definition: NodeDef,
  operation: Operation<OperationName>,
): Calls {
  const closing = new AbortController();
  const status = callStatus(node, operation);
  const running = new Set<Promise<unknown>>();
  const warned = new Set<string>();
  const read = formReader(RED, node, definition, operation);
  const call = async (msg: NodeMessage, send: NodeSend): Promise<Error | undefined> => {
    const progress = status.queued();
    const { signal } = closing;
    try {
      const settings = resultSettings(RED, definition, msg);
      const prepared = await prepare(RED, node, definition, operation, () => read(msg));
      for (const sentence of prepared.warnings.filter((one) => !warned.has(one))) {
        warned.add(sentence);
        node.warn(sentence);
      }
      const { simplify, nothingFound } = settings;
      const onRequest = () => progress.sending();
      const result = await prepared.run({ signal, onRequest, simplify, nothingFound });
      for (const one of resultMessages(RED, node, operation, settings, msg, result)) sendOn(node, send, one);
      if (prepared.isDryRun) progress.validated();
      else progress.succeeded(result);
      return undefined;
    } catch (thrown) {
      const known = toSendCleanError(thrown).with({ effect: operation.effect });
      const error = signal.aborted ? cancelled(known) : known;
      progress.failed(error);
      if (signal.aborted) warnOfUnknownFate(node, error);
      return report(msg, error);
    }
  };
  return {
    async make(msg, send) {
      const made = call(msg, send);
      running.add(made);
      return await made.finally(() => running.delete(made));
    },
    async close() {
      closing.abort();
      status.close();
      await Promise.allSettled(running);
    },
  };
}

/** A call that is ready to be made, and what a person should know of its form. */
interface Prepared {
  run(options: RunOptions): Promise<unknown>;
  /** Whether nothing is sent, and the request is the result. */
  isDryRun: boolean;
  warnings: readonly string[];
}

/** The call for a message, validated, with nothing sent yet. */
async function prepare(
  RED: NodeAPI,
  node: Node,
  definition: NodeDef,
  operation: Operation<OperationName>,
  read: () => Promise<Form>,
): Promise<Prepared> {
  const { client, defaults } = accountOf(RED, definition.account);
  let values: FormValues = {};
  const named = (error: unknown) => {
    throw nameFields(error, { operation, values });
  };
  try {
    const form = await read();
    ({ values } = form);
    const { limit, deferredFiles, settings, warnings } = form;
    const { whenUnsure, skipSent, validateOnly } = settings;
    const note = (sentence: string) => warnings.push(`${sentence} (reported once per deploy)`);
    const request = withOnlyUnsubscribe(operation, buildRequest(operation, values, defaults, note));
    const call = client.prepare(operation.name, request, settings);
    const own = {
      whenUnsure,
      skipSent,
      ...(limit !== undefined && { limit }),
      deferredFiles,
      queueKey: node.id,
    };
    const run = validateOnly
      ? () => show(call, deferredFiles)
      : (options: RunOptions) => client.run(call, { ...options, ...own }).catch(named);
    return { run, isDryRun: validateOnly, warnings };
  } catch (error) {
    return named(error instanceof SendCleanError ? error : notReadable(error));
  }
}

/** What is no error of the core, such as of a getter in the message, came up before anything was sent. */
function notReadable(error: unknown): SendCleanError {
  const reason = inSentence(error instanceof Error ? error.message : String(error));
  return new SendCleanError('validation', 'notSent', `The message cannot be read (${reason})`);
}

/** The Catch nodes of a flow that stops hear nothing any more, so that the log is the place to say it. */
function warnOfUnknownFate(node: Node, error: SendCleanError): void {
  if (error.fate === 'unknown') node.warn(`${error.message}. ${error.advice}`);
}

/** Where the account closed first, its connections broke before the call heard that it is to end. */
function cancelled(error: SendCleanError): SendCleanError {
  if (error.kind !== 'network') return error;
  const message = 'The flow was stopped while waiting for SendClean';
  return new SendCleanError('cancelled', error.fate, message, error);
}
