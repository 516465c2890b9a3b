import { invalid } from '../../shared/errors';
import { readList, type Named } from './list';
import type { Node, NodeAPI, NodeDef, NodeMessage } from './red';

/** The values of typed inputs by their names. */
export type TypedInputs = (fields: readonly Named[]) => Promise<Record<string, unknown>>;

/** Types whose values may be elsewhere; those of others are at hand. */
const remote = new Set(['flow', 'global', 'jsonata']);

/**
 * Evaluates the typed inputs of a node for a message.
 * @returns a function that throws SendCleanError of kind `validation` naming the field that cannot be evaluated.
 */
export function typedInputs(RED: NodeAPI, node: Node, definition: NodeDef, msg: NodeMessage): TypedInputs {
  const evaluateRemote = (value: string, type: string) =>
    new Promise((resolve, reject) => {
      RED.util.evaluateNodeProperty(value, type, node, msg, (error, result) =>
        error ? reject(error) : resolve(result),
      );
    });

  const evaluate = ({ name, title }: Named, value: string, given: unknown): unknown => {
    const type = typeof given === 'string' ? given : 'str';
    const failed = (error: unknown) => {
      // Node-RED's way of reporting that an outer property is not there, e.g. msg.order of msg.order.id.
      if (error instanceof TypeError) return undefined;
      throw invalid(name, `cannot be evaluated (${reasonOf(error)})`, title);
    };
    try {
      return remote.has(type)
        ? evaluateRemote(value, type).catch(failed)
        : RED.util.evaluateNodeProperty(value, type, node, msg);
    } catch (error) {
      return failed(error);
    }
  };

  const read = (field: Named): unknown => {
    const value = definition[field.name];
    const type = definition[`${field.name}Type`];
    if (typeof value !== 'string' || value === '') return undefined;
    return type === 'list'
      ? readList(field, value, (one, as) => evaluate(field, one, as))
      : evaluate(field, value, type);
  };

  return async (fields) => {
    const values: Record<string, unknown> = {};
    for (const field of fields) {
      const value = read(field);
      // Only what takes its time is waited for: hundreds of messages may come at once.
      values[field.name] = value instanceof Promise ? await value : value;
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
