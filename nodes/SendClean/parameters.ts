import type { IExecuteFunctions } from 'n8n-workflow';

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
    const value: unknown = context.getNodeParameter(name, itemIndex, fallback);
    if (!hasExpression(parameters[name])) constants.set(name, value);
    return value;
  };
}

function hasExpression(value: unknown): boolean {
  if (typeof value === 'string') return value.startsWith('=');
  return typeof value === 'object' && value !== null && Object.values(value).some(hasExpression);
}
