import type { RunOptions } from '../../shared/delivery/options';
import { invalid, SendCleanError, toSendCleanError } from '../../shared/errors';
import type { OperationName } from '../../shared/generated/types';
import type { Operation, FormValues } from '../../shared/model';
import { nameFields } from '../../shared/form/labels';
import { inSentence, shown } from '../../shared/quote';
import { isEmpty } from '../../shared/form/empty';
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
import { phrase, type Words } from '../../shared/phrase';
import { languageOf, tell } from './language';

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
  operations: readonly Operation<OperationName>[],
): Calls {
  const closing = new AbortController();
  const status = callStatus(node);
  const running = new Set<Promise<unknown>>();
  const warned = new Set<string>();
  const reader = perOperation((operation) => formReader(RED, node, definition, operation));
  const call = async (msg: NodeMessage, send: NodeSend): Promise<Error | undefined> => {
    const progress = status.queued();
    const { signal } = closing;
    let chosen: Operation | undefined;
    try {
      const operation = operationFor(operations, definition, msg);
      chosen = operation;
      const read = reader(operation);
      const settings = resultSettings(RED, definition, msg);
      const prepared = await prepare(RED, node, definition, operation, () => read(msg));
      for (const warning of prepared.warnings) {
        const sentence = tell(RED, warning);
        if (!warned.has(sentence)) node.warn(sentence);
        warned.add(sentence);
      }
      const { simplify, nothingFound, includeSecrets } = settings;
      const onRequest = () => progress.sending(operation.effect);
      const result = await prepared.run({ signal, onRequest, simplify, nothingFound, includeSecrets });
      for (const one of resultMessages(RED, node, operation, settings, msg, result))
        sendOn(RED, node, send, one);
      if (prepared.isDryRun) progress.validated();
      else progress.succeeded(operation.effect, result);
      return undefined;
    } catch (thrown) {
      const known = toSendCleanError(thrown).with({ effect: chosen?.effect });
      const error = signal.aborted ? cancelled(known) : known;
      progress.failed(error, chosen);
      if (signal.aborted) warnOfUnknownFate(RED, node, error);
      return report(RED, msg, error);
    }
  };
  return {
    make(msg, send) {
      const made = call(msg, send).finally(() => running.delete(made));
      running.add(made);
      return made;
    },
    async close() {
      closing.abort();
      status.close();
      await Promise.allSettled(running);
    },
  };
}

/**
 * The operation of a node for a message: its only one, that of the form, or that of the message where the form says so.
 * @throws SendCleanError of kind `validation` for one that the node does not have.
 */
function operationFor(
  operations: readonly Operation<OperationName>[],
  definition: NodeDef,
  msg: NodeMessage,
): Operation<OperationName> {
  const [only, another] = operations;
  if (only && !another) return only;
  const name = definition.operation || msg.operation;
  const found = operations.find((operation) => operation.name === name);
  if (found) return found;
  if (isEmpty(name)) throw invalid('operation', missingOperation, 'Operation');
  const names = operations.map((operation) => operation.name).join(', ');
  throw invalid('operation', phrase`must be one of ${names}, got ${shown(name)}`, 'Operation');
}

const missingOperation = phrase`is required: choose it in the node, or put its name into msg.operation`;

/** Makes something once for each operation. */
function perOperation<Made>(make: (operation: Operation<OperationName>) => Made) {
  const made = new Map<OperationName, Made>();
  return (operation: Operation<OperationName>): Made => {
    const one = made.get(operation.name) ?? make(operation);
    made.set(operation.name, one);
    return one;
  };
}

/** A call that is ready to be made, and what a person should know of its form. */
interface Prepared {
  run(options: RunOptions): Promise<unknown>;
  /** Whether nothing is sent, and the request is the result. */
  isDryRun: boolean;
  warnings: readonly Words[];
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
    const note = (sentence: Words) => warnings.push(phrase`${sentence} (reported once per deploy)`);
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
  return new SendCleanError('validation', 'notSent', phrase`The message cannot be read (${reason})`);
}

/** The Catch nodes of a flow that stops hear nothing any more, so that the log is the place to say it. */
function warnOfUnknownFate(RED: NodeAPI, node: Node, error: SendCleanError): void {
  if (error.fate !== 'unknown') return;
  const { message, advice } = error.in(languageOf(RED));
  node.warn(tell(RED, phrase`${message}. ${advice}`));
}

/** Where the account closed first, its connections broke before the call heard that it is to end. */
function cancelled(error: SendCleanError): SendCleanError {
  if (error.kind !== 'network') return error;
  const message = phrase`The flow was stopped while waiting for SendClean`;
  return new SendCleanError('cancelled', error.fate, message, { ...error, prefixes: [] });
}
