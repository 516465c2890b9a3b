import type { IExecuteFunctions } from 'n8n-workflow';
import { invalid } from '../../../shared/errors';
import type { Entered } from '../../../shared/form/readSettings';
import { phrase } from '../../../shared/phrase';

/** What a person entered into a field of the form, for an item; the fallback where there is nothing. */
export type ReadParameter = (name: string, itemIndex: number, fallback?: unknown) => unknown;

/**
 * Reads the parameters of a run. One without an expression is the same for all items, and is asked for once: n8n does
 * the same work for it as for an expression, but for the expression itself. Do not change what comes out.
 */
export function parameterReader(context: IExecuteFunctions): ReadParameter {
  const { parameters } = context.getNode();
  const constants = new Map<string, unknown>();
  return (name, itemIndex, fallback) => {
    if (constants.has(name)) return constants.get(name);
    const value = readOne(context, name, itemIndex, fallback);
    if (!hasExpression(parameters[name])) constants.set(name, value);
    return value;
  };
}

/** What a person added to the form for an item. Version 1 of the node has all of it among its options. */
export function readOptions(read: ReadParameter, itemIndex: number): Entered {
  const [options, delivery] = (['options', 'delivery'] as const).map((name) => read(name, itemIndex, {}));
  const entered = { ...(options as Entered), ...(delivery as Entered) };
  return Object.fromEntries(Object.entries(entered).map(([name, value]) => [name, withoutLocator(value)]));
}

/** What was chosen from a list, or entered beside it; nodes stored before there was a list hold it as it is. */
export function withoutLocator(value: unknown): unknown {
  const isLocator = typeof value === 'object' && value !== null && '__rl' in value && 'value' in value;
  return isLocator ? value.value : value;
}

/** n8n walks through a value by a function that calls itself. */
function readOne(context: IExecuteFunctions, name: string, itemIndex: number, fallback: unknown): unknown {
  try {
    return withoutLocator(context.getNodeParameter(name, itemIndex, fallback));
  } catch (error) {
    throw error instanceof RangeError ? invalid(name, phrase`is nested too deeply for n8n to read`) : error;
  }
}

function hasExpression(value: unknown): boolean {
  if (typeof value === 'string') return value.startsWith('=');
  return typeof value === 'object' && value !== null && Object.values(value).some(hasExpression);
}
