/** The list that a value holds in a form of its own, if it does. */
type ListIn = (value: object) => unknown[] | undefined;

/** The entries of a value that may be a list, JSON text of one, or lists in such lists; without those that are empty. */
export function entriesOf(value: unknown, listIn: ListIn = () => undefined): unknown[] {
  if (typeof value === 'string' && !isJson(value)) return isBlank(value) ? [] : [value];
  return flatten(value, (one) => listOf(one, listIn)).filter((one) => !isBlank(one));
}

/**
 * A value, or what is in it where it is a list, and in lists within lists, in their order. No list is read twice, so
 * that one which holds itself has an end, and none is walked through by its length, which may be a billion without an
 * entry.
 * @param listOf the list that a value is, if it is one.
 */
export function flatten(
  value: unknown,
  listOf: (one: unknown) => unknown[] | undefined = (one) => (Array.isArray(one) ? one : undefined),
): unknown[] {
  const entries: unknown[] = [];
  const read = new Set<object>();
  const pending = [value];
  while (pending.length > 0) {
    const one = pending.pop();
    const list = listOf(one);
    if (!list) entries.push(one);
    else if (!read.has(list)) {
      read.add(list);
      for (const entry of presentIn(list).reverse()) pending.push(entry);
    }
  }
  return entries;
}

/** What a text holds that is JSON of a list or an object. */
export function fromJson(text: string): object | undefined {
  if (!isJson(text)) return undefined;
  try {
    return JSON.parse(text) as object;
  } catch {
    return undefined;
  }
}

function isJson(text: string): boolean {
  return /^\s*[[{]/.test(text);
}

function listOf(value: unknown, listIn: ListIn): unknown[] | undefined {
  if (Array.isArray(value)) return value;
  if (typeof value === 'object' && value !== null) return listIn(value);
  const data = typeof value === 'string' ? fromJson(value) : undefined;
  return data && (Array.isArray(data) ? (data as unknown[]) : [data]);
}

function presentIn(list: unknown[]): unknown[] {
  const indices = Object.keys(list).filter((key) => /^\d+$/.test(key));
  return indices.map((key) => list[Number(key)]);
}

function isBlank(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}
