import { invalidFields, type Problem } from '../errors';
import type { Field, Operation } from '../model';
import { inSentence } from '../quote';
import { pathOf } from '../paths';
import { listed, phrase, term, type Words } from '../phrase';

/** How many headers a sentence names. */
const mostNamed = 10;

/** Whether a header never goes into an email, see `leftOut` in `model.ts`. */
export function isLeftOut({ leftOut = [] }: Field, header: string): boolean {
  const name = header.toLowerCase();
  return leftOut.some((one) => {
    const known = one.toLowerCase();
    return known.endsWith('*') ? name.startsWith(known.slice(0, -1)) : name === known;
  });
}

/**
 * Joins the headers of a field to those that fields of their own have set; the names of headers have no case.
 * @param there is changed.
 * @returns the names of those that are left out.
 * @throws SendCleanError of kind `validation` for headers that have a field to use instead, and for those set twice.
 */
export function joinHeaders(operation: Operation, field: Field, there: object, added: object): string[] {
  const own = new Set(Object.keys(there).map((name) => name.toLowerCase()));
  const instead = new Map(
    Object.entries(field.instead ?? {}).map(([name, one]) => [name.toLowerCase(), one]),
  );
  const names = new Set<string>();
  const leftOut: string[] = [];
  const problems: Problem[] = [];
  for (const [name, value] of Object.entries(added)) {
    const key = name.toLowerCase();
    const path = pathOf([...field.path, name]);
    const other = operation.fields.find((one) => one.name === instead.get(key));
    if (isLeftOut(field, name)) leftOut.push(name);
    else if (other)
      problems.push({ path, reason: phrase`cannot be set here: use the field ${term(other.title)}` });
    else if (own.has(key))
      problems.push({ path, reason: phrase`is set twice: by its own field and among the others` });
    else if (names.size === names.add(key).size)
      problems.push({ path, reason: phrase`is set twice: the names of headers have no case` });
    else Object.assign(there, { [name]: value });
  }
  if (problems.length > 0) throw invalidFields(problems);
  return leftOut;
}

/** What to tell a person whose headers were left out. */
export function leftOutNote({ title }: Field, headers: readonly string[]): Words {
  const named = headers.slice(0, mostNamed).map(inSentence);
  const more = headers.length > mostNamed ? [phrase`${headers.length - mostNamed} more`] : [];
  const all = listed([...named, ...more], 'and');
  return phrase`${term(title)}: left out ${all}, which do not belong in an email`;
}
