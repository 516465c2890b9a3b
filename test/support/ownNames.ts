import assert from 'node:assert/strict';

/** Names of what every object has, which a look-up must not find. */
export const ownNames = [...Object.getOwnPropertyNames(Object.prototype), 'prototype', 'length', 'name'];

/** A name as text, and as the name of something, as JSON from outside holds it. */
export function holding(name: string): unknown[] {
  const object = JSON.parse(`{${JSON.stringify(name)}:"x"}`) as object;
  return [
    name,
    object,
    [object],
    [{ name, value: 'x' }],
    [{ key: name, value: 'x' }],
    JSON.stringify(object),
  ];
}

/** Fails for what JavaScript says of itself in place of a sentence for a person. */
export function assertSentence(message: unknown): void {
  assert.match(String(message), /^[^\n]{10,}$/);
  assert.doesNotMatch(
    String(message),
    /TypeError|call stack|is not (a function|iterable)|Cannot (read|convert|set)|native code/,
  );
}
