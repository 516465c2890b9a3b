/** Reads a parameter of the node. */
export type Get = (name: string, fallback: unknown) => unknown;

/** A text without blanks around it; what is none is empty. */
export function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}

/** An object; what is none has no properties. */
export function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
