import { randomBytes, randomInt } from 'node:crypto';

/** A password or a key that nobody guesses. */
export function makeSecret(): string {
  return randomBytes(16).toString('base64url');
}

/** A text of so many digits, the first of them not 0. */
export function digits(length: number): string {
  const rest = Array.from({ length: length - 1 }, () => randomInt(10));
  return [randomInt(1, 10), ...rest].join('');
}
