/** What the names of entities have in common up to a letter. */
interface Branch {
  /** The text of the entity with this name. */
  value?: string;
  /** Whether the name also counts without its semicolon, as `&copy` does. */
  isBare?: boolean;
  next: Map<number, Branch>;
}

/**
 * The tree in which the library `entities` looks names up, made of a list that takes half its room: `A9.!copy,!COPY` is
 * the code point (base 36) after that of the entity before, 1 if it is left out, that of a second character, if any, and
 * the names; those with `!` need no semicolon. Spaces are between entities.
 */
export function treeOf(list: string): Uint16Array {
  const root: Branch = { next: new Map() };
  let point = 0;
  for (const entity of list.split(' ')) {
    const parts = entity.split('.');
    const names = parts.pop() ?? '';
    const [step = '1', ...more] = parts;
    point += Number.parseInt(step, 36);
    const value = String.fromCodePoint(point, ...more.map((other) => Number.parseInt(other, 36)));
    for (const name of names.split(',')) add(root, name.replace('!', ''), value, name.startsWith('!'));
  }
  const words: number[] = [];
  write(root, words, true);
  return Uint16Array.from(words);
}

function add(root: Branch, name: string, value: string, isBare: boolean): void {
  let branch = root;
  for (const letter of name) {
    const code = letter.charCodeAt(0);
    const next = branch.next.get(code) ?? { next: new Map<number, Branch>() };
    branch.next.set(code, next);
    branch = next;
  }
  branch.value = value;
  branch.isBare = isBare;
}

/**
 * One word says what follows: the length of the value (2 bits, 1 for none of it), whether a semicolon is needed (1), how
 * many letters can follow (6) and the only or the first one (7), if places and not letters are stored for them.
 */
function write({ value = '', isBare = false, next }: Branch, words: number[], isRoot = false): void {
  const codes = [...next.keys()].sort((a, b) => a - b);
  const [first = 0] = codes;
  const [last = 0] = codes.slice(-1);
  const slots = isRoot ? last - first + 1 : codes.length === 1 ? 0 : codes.length;
  const isListed = !isRoot && codes.length > 1;
  const valueBits = value ? ((value.length + 1) << 14) | (isBare ? 0 : 1 << 13) : 0;
  words.push(valueBits | (slots << 7) | (isListed ? 0 : first));
  for (let index = 0; index < value.length; index += 1) words.push(value.charCodeAt(index));
  if (isListed) {
    for (let index = 0; index < codes.length; index += 2)
      words.push((codes[index] ?? 0) | ((codes[index + 1] ?? 0) << 8));
  }
  const places = words.length;
  for (let slot = 0; slot < slots; slot += 1) words.push(0);
  for (const code of codes) {
    const slot = isListed ? codes.indexOf(code) : code - first;
    // Places are counted from behind the table; in one without letters, 0 is for no place.
    if (slots > 0) words[places + slot] = words.length - places - slots + (isListed ? 0 : 1);
    write(next.get(code)!, words);
  }
}
