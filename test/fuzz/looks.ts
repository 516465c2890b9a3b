/** Stands in an expected request for a value that is only known by what it looks like. */
export class Looks {
  /** @param some the same for a list from which entries may be missing. */
  constructor(
    readonly fits: (found: unknown) => boolean,
    readonly some?: Looks,
  ) {}
}

/** A list that holds some entries that are known, while each of the others fits in one way or another. */
export function listOf(known: readonly unknown[], ways: readonly Looks[]): Looks {
  const fits = (found: unknown) => {
    const others = Array.isArray(found) ? [...(found as unknown[])] : [];
    const isThere = known.every((one) => {
      const index = others.findIndex((other) => matches(one, other));
      return index >= 0 && others.splice(index, 1).length > 0;
    });
    return isThere && others.every((one) => ways.some((way) => way.fits(one)));
  };
  const each = [...ways, ...known.map((one) => new Looks((found) => matches(one, found)))];
  return new Looks(fits, known.length > 0 ? listOf([], each) : undefined);
}

/** Whether a value is what was expected, to the last property. */
export function matches(expected: unknown, found: unknown): boolean {
  if (expected instanceof Looks) return expected.fits(found);
  // No names and values are as good as none at all.
  if (expected === undefined) return found === undefined || JSON.stringify(found) === '{}';
  if (typeof expected !== 'object' || expected === null) return expected === found;
  if (typeof found !== 'object' || found === null || Array.isArray(expected) !== Array.isArray(found))
    return false;
  const [one, other] = [expected, found].map((value) => new Map<string, unknown>(Object.entries(value)));
  return [...new Set([...one!.keys(), ...other!.keys()])].every((key) =>
    matches(one!.get(key), other!.get(key)),
  );
}
