import { invalid } from '../../shared/errors';
import { readList, type Named } from './list';
import type { Node, NodeAPI, NodeDef, NodeMessage } from './red';
import { phrase } from '../../shared/phrase';

/** The values of typed inputs by their names, for a message; of those that are empty there is none. */
export type TypedInputs = (msg: NodeMessage) => Promise<Record<string, unknown>>;

/** Types whose values may be elsewhere; those of others are at hand. */
const remote = new Set(['flow', 'global', 'jsonata']);

/**
 * The typed inputs of a node. Which of them are empty is looked up once for all messages.
 * @returns a function that throws SendCleanError of kind `validation` naming the field that cannot be evaluated.
 */
export function typedInputs(
  RED: NodeAPI,
  node: Node,
  definition: NodeDef,
  fields: readonly Named[],
): TypedInputs {
  const filled = fields.flatMap((field) => {
    const value = definition[field.name];
    const type = definition[`${field.name}Type`];
    return typeof value === 'string' && value !== '' ? [{ field, value, type }] : [];
  });

  const evaluateRemote = (value: string, type: string, msg: NodeMessage) =>
    new Promise((resolve, reject) => {
      RED.util.evaluateNodeProperty(value, type, node, msg, (error, result) =>
        error ? reject(error) : resolve(result),
      );
    });

  const evaluate = ({ name, title }: Named, value: string, given: unknown, msg: NodeMessage): unknown => {
    const type = typeof given === 'string' ? given : 'str';
    const failed = (error: unknown) => {
      // Node-RED's way of reporting that an outer property is not there, e.g. msg.order of msg.order.id.
      if (error instanceof TypeError) return undefined;
      throw invalid(name, phrase`cannot be evaluated (${reasonOf(error)})`, title);
    };
    try {
      return remote.has(type)
        ? evaluateRemote(value, type, msg).catch(failed)
        : RED.util.evaluateNodeProperty(value, type, node, msg);
    } catch (error) {
      return failed(error);
    }
  };

  return async (msg) => {
    const values: Record<string, unknown> = {};
    for (const { field, value, type } of filled) {
      const read =
        type === 'list'
          ? readList(field, value, (one, as) => evaluate(field, one, as, msg))
          : evaluate(field, value, type, msg);
      // Only what takes its time is waited for: hundreds of messages may come at once.
      values[field.name] = read instanceof Promise ? await read : read;
    }
    return values;
  };
}

/** JSONata throws plain objects with a message. */
function reasonOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'message' in error
    ? String(error.message)
    : String(error);
}
