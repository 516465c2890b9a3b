import type { FieldKind, Operation } from './model';
import { noRedact, type Redact } from './redact';
import { valueAt } from './validation';

/** The fields that hold what a mail says. */
const kinds = new Set<FieldKind>(['html', 'multiline', 'attachments', 'images', 'pairs']);

/** Shorter texts may stand in any sentence. */
const shortest = 12;

/** How much of a text is repeated, at least, by whoever quotes its beginning. */
const head = 24;

/**
 * For the reply to a send, also blacks out what the mail says: bodies, values and files, whole or their beginning, files
 * also in base64. All that such a reply says is the service's own, while a read's may be of mails.
 */
export function redactContents(operation: Operation, request: object, redact = noRedact): Redact {
  if (operation.effect === 'read') return redact;
  const contents = operation.fields
    .filter(({ kind, path }) => kinds.has(kind) && !isHeaders(operation, path))
    .flatMap(({ kind, path }) => texts(kind, valueAt(request, path)));
  const everything = (text: string) =>
    contents.reduce(
      (left, content) => without(without(left, content), decoded(content, text.length)),
      redact.error(text),
    );
  return { result: everything, error: everything };
}

/** Headers are what the X-Unique-Id is one of. */
function isHeaders({ uniqueId }: Operation, path: readonly string[]): boolean {
  return uniqueId?.slice(0, -1).join() === path.join();
}

/** The texts of a field's value; of files their content, as their names help to find them. */
function texts(kind: FieldKind, value: unknown): string[] {
  const list = typeof value === 'object' && value !== null ? Object.values(value) : [value];
  const isFiles = kind === 'attachments' || kind === 'images';
  const all = isFiles ? list.map((file) => valueAt(file, ['content'])) : list;
  return all.filter((one) => typeof one === 'string');
}

/** A text without the stretches that begin as a content does. */
function without(text: string, content: string): string {
  if (content.length < shortest) return text;
  const start = content.slice(0, head);
  let left = text;
  for (let at = left.indexOf(start); at !== -1; at = left.indexOf(start, at)) {
    let end = at + start.length;
    while (end < left.length && left[end] === content[end - at]) end += 1;
    left = `${left.slice(0, at)}***${left.slice(end)}`;
  }
  return left;
}

/** Base64 decoded, about as much of it as a text of that length can repeat; empty where it is none. */
function decoded(content: string, length: number): string {
  const base64 = content.slice(0, Math.ceil(length / 3) * 4);
  if (base64.length % 4 || !/^[a-z0-9+/]+={0,2}$/i.test(base64)) return '';
  return new TextDecoder().decode(Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0)));
}
