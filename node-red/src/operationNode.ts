import { SendCleanError } from '../../shared/errors';
import type { OperationName } from '../../shared/generated/types';
import type { Operation } from '../../shared/model';
import { buildRequest } from '../../shared/request';
import { accountOf } from './accountNode';
import { readForm } from './input';
import type { Node, NodeAPI, NodeDef, NodeMessage, NodeSend } from './red';
import { callStatus } from './status';

/** Registers the node of one operation. */
export function registerOperation(RED: NodeAPI, operation: Operation<OperationName>): void {
  RED.nodes.registerType(operation.nodeRed, function (definition) {
    RED.nodes.createNode(this, definition);
    handleMessages(RED, this, definition, operation);
  });
}

/** Makes the call for every message; each ends in one `done`, and closing the node ends those under way. */
function handleMessages(
  RED: NodeAPI,
  node: Node,
  definition: NodeDef,
  operation: Operation<OperationName>,
): void {
  const closing = new AbortController();
  const status = callStatus(node, operation);
  const running = new Set<Promise<void>>();
  const call = async (msg: NodeMessage, send: NodeSend): Promise<Error | undefined> => {
    status.started();
    try {
      const result = await run(RED, node, definition, operation, msg, closing.signal);
      send(withResult(msg, result));
      status.succeeded(result);
      return undefined;
    } catch (thrown) {
      const error = closing.signal.aborted ? cancelled(thrown) : thrown;
      status.failed(error);
      if (closing.signal.aborted) warnOfUnknownFate(node, error);
      return report(msg, error);
    }
  };
  node.on('input', (msg, send, done) => {
    const ended = call(msg, send).then((error) => {
      running.delete(ended);
      done(error);
    });
    running.add(ended);
  });
  node.on('close', (_removed, done) => {
    closing.abort();
    status.close();
    void Promise.allSettled(running).then(() => done());
  });
}

async function run(
  RED: NodeAPI,
  node: Node,
  definition: NodeDef,
  operation: Operation<OperationName>,
  msg: NodeMessage,
  signal: AbortSignal,
): Promise<unknown> {
  const { client, defaults } = accountOf(RED, definition.account);
  const { values, limit } = await readForm(RED, node, definition, operation, msg);
  const call = client.prepare(operation.name, buildRequest(operation, values, defaults));
  return await client.run(call, { signal, ...(limit !== undefined && { limit }) });
}

/** The message with the result in place of its payload; what an earlier node said of a failure is gone. */
function withResult(msg: NodeMessage, result: unknown): NodeMessage {
  msg.payload = result;
  delete msg.sendclean;
  return msg;
}

/**
 * The error for Node-RED's log and Catch nodes; its details stand in `msg.sendclean` for flows to branch on. It has
 * no name, because Node-RED would put it before the sentence.
 */
function report(msg: NodeMessage, error: unknown): Error {
  if (!(error instanceof SendCleanError)) return error instanceof Error ? error : new Error(String(error));
  msg.sendclean = error.toJSON();
  return Object.assign(new Error(`${error.message}. ${error.advice}`), { name: '' });
}

/** The Catch nodes of a flow that stops hear nothing any more, so that the log is the place to say it. */
function warnOfUnknownFate(node: Node, error: unknown): void {
  if (error instanceof SendCleanError && error.fate === 'unknown')
    node.warn(`${error.message}. ${error.advice}`);
}

/** Where the account closed first, its connections broke before the call heard that it is to end. */
function cancelled(error: unknown): unknown {
  if (!(error instanceof SendCleanError) || error.kind !== 'network') return error;
  const message = 'The flow was stopped while waiting for SendClean';
  return new SendCleanError('cancelled', error.fate, message, error);
}
