import { kindOf, type Field, type Operation } from '../model';
import { noRedact, type Redact } from './redact';
import { valueAt } from '../paths';

/** Shorter texts may be in any sentence. */
const shortest = 12;

/** How much of a text is repeated, at least, by whoever quotes its beginning. */
const head = 24;

/**
 * For the response to a send, also blacks out what the email says: bodies, values and files, whole or their beginning, files
 * also in base64. All that such a response says is the service's own, while a read's may be of emails. Each of its texts is
 * read once, however many contents there are.
 * @param longest how many characters a text of the response may have.
 */
export function redactMessage(
  operation: Operation,
  request: object,
  longest: number,
  redact = noRedact,
): Redact {
  if (operation.effect !== 'send') return redact;
  const contents = operation.fields
    .filter((field) => kindOf(field).isContent && field.role !== 'headers')
    .flatMap((field) => texts(field, valueAt(request, field.path)));
  const beginnings = byBeginning(contents.flatMap((content) => spellings(content, longest)));
  const everything = (text: string) => without(redact.error(text), beginnings);
  return { result: everything, error: everything };
}

/** The texts of a field's value; of files their content, as their names help to find them. */
function texts(field: Field, value: unknown): string[] {
  const list = typeof value === 'object' && value !== null ? Object.values(value) : [value];
  const all = kindOf(field).isFiles ? list.map((file) => valueAt(file, ['content'])) : list;
  return all.filter((one) => typeof one === 'string');
}

/** A content as it is and, where it is base64, decoded, as much of it as a text of the response can repeat. */
function spellings(content: string, longest: number): string[] {
  const base64 = content.slice(0, Math.ceil(longest / 3) * 4);
  const isBase64 = base64.length % 4 === 0 && /^[a-z0-9+/]+={0,2}$/i.test(base64);
  const all = [content.slice(0, longest), ...(isBase64 ? [decoded(base64)] : [])];
  return all.filter(({ length }) => length >= shortest);
}

function decoded(base64: string): string {
  return new TextDecoder().decode(Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0)));
}

/** Contents in the order of their characters, by their beginnings, and those by the shortest that these may be. */
type Beginnings = Map<string, Map<string, string[]>>;

function byBeginning(contents: readonly string[]): Beginnings {
  const all: Beginnings = new Map();
  for (const content of [...contents].sort()) {
    const starts = entryOf(all, content.slice(0, shortest), () => new Map<string, string[]>());
    entryOf(starts, content.slice(0, head), () => []).push(content);
  }
  return all;
}

/** The value of a key, made where there is none. */
function entryOf<Value>(map: Map<string, Value>, key: string, make: () => Value): Value {
  const value = map.get(key) ?? make();
  map.set(key, value);
  return value;
}

/** A text without the stretches that begin as a content does. */
function without(text: string, beginnings: Beginnings): string {
  const parts: string[] = [];
  let copied = 0;
  let at = 0;
  while (at + shortest <= text.length) {
    const end = endOfContent(text, at, beginnings);
    if (end > at) {
      parts.push(text.slice(copied, at), '***');
      copied = end;
    }
    at = Math.max(end, at + 1);
  }
  return parts.join('') + text.slice(copied);
}

/** The end of what begins at a place of a text as a content does; the place itself where nothing does. */
function endOfContent(text: string, at: number, beginnings: Beginnings): number {
  const starts = beginnings.get(text.slice(at, at + shortest));
  for (let length = head; starts && length >= shortest; length -= 1) {
    const contents = starts.get(text.slice(at, at + length));
    if (contents) return at + longestMatch(text.slice(at), contents);
  }
  return at;
}

/** How much of a text one of several sorted contents begins with: no other has as much as the text's neighbours. */
function longestMatch(text: string, contents: readonly string[]): number {
  let low = 0;
  let high = contents.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((contents[middle] ?? '') < text) low = middle + 1;
    else high = middle;
  }
  const neighbours = contents.slice(Math.max(low - 1, 0), low + 1);
  return Math.max(...neighbours.map((content) => common(content, text)));
}

/** How many characters two texts have in common at their beginnings. */
function common(one: string, other: string): number {
  const most = Math.min(one.length, other.length);
  let count = 0;
  while (count < most && one[count] === other[count]) count += 1;
  return count;
}
