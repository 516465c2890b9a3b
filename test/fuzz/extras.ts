import fc, { type Arbitrary } from 'fast-check';
import { settingFields } from '../../shared/form/settings';
import type { Operation } from '../../shared/model';
import { empty, refused, type Entry, type Meaning } from './model';
import { isBlank } from './reading';

/** These change what is sent, or whether it is; n8n gives the node what is about Markdown only where there is some. */
const decisive = ['sendAs', 'validateOnly', 'markdownHtml'];

/** Values for the settings of how an email is delivered. */
export function deliveryEntries(
  operation: Operation,
  odd: Arbitrary<unknown>,
): Record<string, Arbitrary<Entry>> {
  const settings = settingFields(operation, 'n8n').filter(({ name }) => !decisive.includes(name));
  const fields = settings.map(({ name, kind, choices = [] }) => {
    if (kind === 'number')
      return [name, numberEntry(odd, (number) => number >= 0.1 && number <= 10_000, empty)] as const;
    const values: unknown[] = choices.map(({ value }) => value);
    if (kind === 'switch') values.push(true, false);
    return [
      name,
      entries(fc.constantFrom(...values), odd, (value) => isBlank(value) || values.includes(value)),
    ] as const;
  });
  return Object.fromEntries(fields);
}

/** Numbers, of which one that is taken changes nothing in the request. */
export function numberEntry(
  odd: Arbitrary<unknown>,
  isTaken: (number: number) => boolean,
  blank: Meaning,
): Arbitrary<Entry> {
  const read = (value: unknown) => {
    if (isBlank(value)) return blank.is === 'empty';
    const isNumber = typeof value === 'number' || (typeof value === 'string' && value.trim() !== '');
    return isNumber && isTaken(Number(value));
  };
  return entries(fc.integer({ min: 1, max: 200 }), odd, read);
}

function entries(proper: Arbitrary<unknown>, odd: Arbitrary<unknown>, isTaken: (value: unknown) => boolean) {
  const values = fc.oneof({ weight: 10, arbitrary: proper }, { weight: 1, arbitrary: odd });
  return values.map((entered): Entry => ({ entered, meaning: isTaken(entered) ? empty : refused }));
}
