import { envelopes } from './generated/envelopes';
import { inSentence } from './quote';

/** What stands at a path, or undefined. */
export function valueAt(value: unknown, pointer: readonly string[]): unknown {
  return pointer.reduce<unknown>(
    (found, key) =>
      typeof found === 'object' && found !== null && Object.hasOwn(found, key)
        ? (found as Record<string, unknown>)[key]
        : undefined,
    value,
  );
}

/** `['message', 'to', '0', 'email']` → `to[0].email`, as people and the service's documentation name it. */
export function pathOf(pointer: readonly string[]): string {
  const keys = envelopes.has(pointer[0] ?? '') && pointer.length > 1 ? pointer.slice(1) : pointer;
  const words = keys.map(inSentence);
  return (
    words.map((key, index) => (/^\d+$/.test(key) ? `[${key}]` : `${index ? '.' : ''}${key}`)).join('') ||
    'The request'
  );
}

/** A copy of an object with another value at a path. */
export function withValue<Holder extends object>(
  holder: Holder,
  [key = '', ...rest]: readonly string[],
  value: unknown,
): Holder {
  const inner = rest.length ? withValue((holder as Record<string, object>)[key] ?? {}, rest, value) : value;
  return { ...holder, [key]: inner };
}

/** Copies the objects along a path, making those that are missing, so that the last one may be changed. */
export function copy(value: object, [key, ...rest]: readonly string[]): object {
  if (key === undefined) return { ...value };
  const inner = (value as Record<string, unknown>)[key] ?? {};
  return typeof inner === 'object' ? { ...value, [key]: copy(inner, rest) } : value;
}

/** The object at a key, which is made where it is missing. */
export function child(parent: Record<string, unknown>, key: string): Record<string, unknown> {
  const there = parent[key] ?? {};
  parent[key] = there;
  return there as Record<string, unknown>;
}

/** The name as an object spells it, whatever its case. */
export function findName(holder: object, name: string): string | undefined {
  return Object.keys(holder).find((one) => one.toLowerCase() === name.toLowerCase());
}
