import { invalid } from '../../shared/errors';
import type { NothingFound } from '../../shared/delivery/options';
import { readNothingFound } from '../../shared/form/readSettings';
import { givesList, type Operation } from '../../shared/model';
import { copyOf } from './passOn';
import type { Node, NodeAPI, NodeDef, NodeMessage } from './red';
import { phrase } from '../../shared/phrase';
import { tell } from './language';

/** How a node gives its result on, as its form says. */
export interface ResultSettings {
  /** Message property that receives the result. */
  property: string;
  simplify: boolean;
  /** Whether passwords and keys stay in a list. */
  includeSecrets: boolean;
  nothingFound: NothingFound;
  /** A message for each record in place of one with the list. */
  each: boolean;
}

/**
 * Reads the settings, which flows from elsewhere may lack.
 * @throws SendCleanError of kind `validation` for a property that the message cannot have.
 */
export function resultSettings(RED: NodeAPI, definition: NodeDef, msg: NodeMessage): ResultSettings {
  const property = definition.result === undefined ? 'payload' : String(definition.result);
  try {
    RED.util.normalisePropertyExpression(property, msg);
  } catch {
    throw invalid(
      'result',
      phrase`must name a property of the message, such as payload, got “${property}”`,
      'Put Result In',
    );
  }
  return {
    property,
    simplify: definition.simplify !== false,
    includeSecrets: definition.includeSecrets === true,
    nothingFound: readNothingFound(definition),
    each: definition.output === 'each',
  };
}

/**
 * The messages that a result goes on in: one, or one for each record with `msg.parts`, by which a Join node puts
 * them together again. What an earlier node said of a failure is gone.
 */
export function resultMessages(
  RED: NodeAPI,
  node: Node,
  operation: Operation,
  settings: ResultSettings,
  msg: NodeMessage,
  result: unknown,
): NodeMessage[] {
  delete msg.sendclean;
  if (!givesList(operation)) return [withResult(RED, node, settings, msg, result)];
  const records = result as object[];
  if (!settings.each) return [withResult(RED, node, settings, msg, records)];
  const id = RED.util.generateId();
  const outer = msg.parts;
  return records.map((record, index) => {
    const parts = { id, type: 'array', len: 1, index, count: records.length };
    const one = withResult(RED, node, settings, copyOf(RED, msg), record);
    return { ...one, parts: outer ? { ...parts, parts: outer } : parts };
  });
}

/** The call is made, so that a property which cannot be set must not end in an error. */
function withResult(
  RED: NodeAPI,
  node: Node,
  { property }: ResultSettings,
  msg: NodeMessage,
  result: unknown,
): NodeMessage {
  if (RED.util.setMessageProperty(msg, property, result, true) !== false) return msg;
  node.warn(tell(RED, phrase`msg.${property} cannot be set, so that the result is in msg.payload`));
  msg.payload = result;
  return msg;
}
