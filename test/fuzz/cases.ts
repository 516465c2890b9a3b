import fc, { type Arbitrary } from 'fast-check';
import type { Field, Operation } from '../../shared/model';
import { empty, type Case, type Entry, type Host } from './model';
import { proper } from './proper';

/** What people enter into the form of an operation: half of the fields that may be empty, and about one odd value. */
export function cases(host: Host, operation: Operation): Arbitrary<Case> {
  const { fields } = operation;
  const weight = Math.max(1, Math.round(fields.length / 2));
  const entries = fields.map((field): [string, Arbitrary<Entry | undefined>] => {
    const odd = host.odd(field).map((entered) => ({ entered, meaning: host.read(field, entered) }));
    const either = fc.oneof(
      { weight, arbitrary: proper(host, operation, field) },
      { weight: 1, arbitrary: odd },
    );
    const isAlways = field.required || field.kind === 'html';
    return [field.name, isAlways ? either : fc.option(either, { nil: undefined, freq: 2 })];
  });
  return fc
    .record({ ...Object.fromEntries(entries), ...host.extras(operation) })
    .map((entered) => host.settle(operation, showImages(operation, entered)));
}

/** Ways to show an image, whose name is written as in a URL. */
const writings: ((name: string) => string)[] = [
  (name) => `<img src="cid:${name}">`,
  (name) => `<img alt="a > b" src="cid:${name}">`,
  (name) => `<IMG title='</p><img src="cid:none">' SRC = "CID:${name}"/>`,
  (name) => `<td data-a="<" style="background: url(&quot;cid:${name}&quot;)">`,
  (name) => `<style>p > b { background: url("cid:${name}") }</style>`,
  (name) => `<!--[if mso]><v:fill src="cid:${name}"/><![endif]--><!-- <img src="cid:none"> -->`,
];

/** An image that no email of a case has. */
const absent = 'absent';

/** Whether the HTML also shows that image: where it may, and sometimes where it must not. */
function showsAbsent(given: Record<string, Entry>, names: readonly unknown[]): boolean {
  const chosen = given.missingImages?.entered;
  return chosen === 'send' || (chosen === 'report' && names.length === 0);
}

/** HTML that shows the images of its email, before all else, as what is entered may have tags without an end. */
function showImages({ fields }: Operation, entered: Partial<Record<string, Entry>>): Case {
  const given = Object.fromEntries(
    Object.entries(entered).filter(([, entry]) => entry !== undefined),
  ) as Record<string, Entry>;
  const nameOf = (kind: Field['kind']) => fields.find((field) => field.kind === kind)?.name ?? '';
  const html = given[nameOf('html')];
  const text = html?.entered;
  const images = given[nameOf('images')]?.meaning ?? empty;
  if (typeof text !== 'string' || html?.meaning.is !== 'value' || images.is === 'refused') return given;
  const names = images.is === 'value' ? (images.value as { name: unknown }[]).map(({ name }) => name) : [];
  const shows = names.filter((name) => typeof name === 'string' && /^[^\s<>"]+$/.test(name)) as string[];
  if (showsAbsent(given, names)) shows.push(absent);
  const write = (name: string, index: number) => {
    // Styles have no half surrogates, so that such a name can be in an attribute of its own only.
    const way = isWhole(name) ? (index + text.length) % writings.length : 0;
    return writings[way]!(isWhole(name) ? encodeURIComponent(name) : name);
  };
  const shown = shows.map(write).join('') + text;
  return { ...given, [nameOf('html')]: { entered: shown, meaning: { is: 'value', value: shown }, shows } };
}

/** Whether a name can be encoded as URLs are (RFC 2392). */
function isWhole(name: string): boolean {
  return !/\p{Surrogate}/u.test(name);
}
