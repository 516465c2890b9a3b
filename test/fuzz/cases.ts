import fc, { type Arbitrary } from 'fast-check';
import type { Field, Operation } from '../../shared/model';
import type { Case, Entry, Host } from './model';
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

/** HTML that shows the images of its mail. */
function showImages({ fields }: Operation, entered: Partial<Record<string, Entry>>): Case {
  const given = Object.fromEntries(
    Object.entries(entered).filter(([, entry]) => entry !== undefined),
  ) as Record<string, Entry>;
  const nameOf = (kind: Field['kind']) => fields.find((field) => field.kind === kind)?.name ?? '';
  const html = given[nameOf('html')];
  const images = given[nameOf('images')]?.meaning;
  if (typeof html?.entered !== 'string' || html.meaning.is !== 'value' || images?.is !== 'value')
    return given;
  const names = (images.value as { name: unknown }[]).map(({ name }) => name);
  const shows = names.filter((name) => typeof name === 'string' && /^[^\s<>"]+$/.test(name)) as string[];
  const shown = html.entered + shows.map((name) => `<img src="cid:${encoded(name)}">`).join('');
  return { ...given, [nameOf('html')]: { entered: shown, meaning: { is: 'value', value: shown }, shows } };
}

/** As a URL has it (RFC 2392), where it can. */
function encoded(name: string): string {
  return /\p{Surrogate}/u.test(name) ? name : encodeURIComponent(name);
}
