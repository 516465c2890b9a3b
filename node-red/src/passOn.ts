import { invalid } from '../../shared/errors';
import { inSentence } from '../../shared/quote';
import type { Node, NodeAPI, NodeDone, NodeMessage, NodeSend } from './red';
import { phrase, type Phrase } from '../../shared/phrase';
import { tell } from './language';

/**
 * Sends a message to the nodes that follow. Where they are several, Node-RED copies it, and throws for one that cannot
 * be copied, such as one that is nested too deeply. The call has been made by then, so that this only goes to the log.
 */
export function sendOn(RED: NodeAPI, node: Node, send: NodeSend, msg: NodeMessage): void {
  const reason = failureOf(msg, () => send(msg));
  if (reason !== undefined) node.error(tell(RED, notCopied(reason)));
}

/**
 * Says that a message has ended, for which Node-RED copies it as well: for Catch nodes and for Complete nodes. An error
 * must reach the Catch nodes in any case, with as much of the message as can be copied.
 */
export function complete(RED: NodeAPI, node: Node, done: NodeDone, msg: NodeMessage, error?: Error): void {
  const reason = failureOf(msg, () => done(error));
  if (reason === undefined) return;
  node.error(tell(RED, notCopied(reason)));
  if (error) node.error(error, withoutObjects(msg));
}

/**
 * A copy of a message for one of several records.
 * @throws SendCleanError of kind `validation` for a message that cannot be copied.
 */
export function copyOf(RED: NodeAPI, msg: NodeMessage): NodeMessage {
  let copy = msg;
  const reason = failureOf(msg, () => {
    copy = RED.util.cloneMessage(msg);
  });
  if (reason === undefined) return copy;
  const fix = phrase`must be one message with all records, because the message cannot be copied (${reason})`;
  throw invalid('output', fix, 'Output');
}

function notCopied(reason: string): Phrase {
  return phrase`The message cannot be copied (${reason}), so that not every node that follows gets the whole of it`;
}

/**
 * Why Node-RED cannot copy a message in the course of some work, if it cannot. Its copy takes away what an http in node
 * needs for the answer, and does not put it back then.
 */
function failureOf(msg: NodeMessage, work: () => void): string | undefined {
  const { req, res } = msg;
  try {
    work();
    return undefined;
  } catch (error) {
    Object.assign(msg, req !== undefined && { req }, res !== undefined && { res });
    return inSentence(error instanceof Error ? error.message : String(error));
  }
}

/** What Node-RED does not copy, and the error's own data. */
const kept = new Set(['req', 'res', 'sendclean']);

function withoutObjects(msg: NodeMessage): NodeMessage {
  const entries = Object.entries(msg);
  return Object.fromEntries(entries.filter(([name, value]) => typeof value !== 'object' || kept.has(name)));
}
