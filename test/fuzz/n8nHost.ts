import fc, { type Arbitrary } from 'fast-check';
import type { Field } from '../../shared/model';
import type { BinaryInput } from '../support/n8nEngine';
import { deliveryEntries, numberEntry } from './extras';
import { asRequest, fileParts } from './fileParts';
import { empty, refused, stands, type Entry, type Host, type Meaning, type WritePairs } from './model';
import { rowsOf, runCases, type BinaryMode } from './n8nRun';
import { pairForms } from './proper';
import { isBlank, read } from './reading';
import { settleText } from './textRule';
import { oddJson, oddText } from './values';

/** Where the expressions of a workflow find the files of an item, by its binary mode. */
const filePaths: Record<BinaryMode, string[]> = {
  separate: ['$binary', "$('Items').item.binary"],
  combined: ['$json._files', "$('Items').item._files"],
};

/** The n8n node in n8n's own engine. */
export function n8nHost(url: string, binaryMode: BinaryMode): Host {
  return {
    odd: (field) => (isCollection(field) ? oddRows : oddJson),
    files: (field) => files(field, filePaths[binaryMode]),
    pairs: (field) => [asCollection, ...(isCollection(field) ? [] : pairForms)],
    read: readValue,
    settle: settleText,
    extras: (operation) => ({
      ...deliveryEntries(operation, oddJson),
      ...(operation.paged && {
        limit: numberEntry(oddJson, (number) => Number.isInteger(number) && number > 0, refused),
      }),
    }),
    run: (name, cases) => runCases(url, binaryMode, name, cases),
  };
}

/** The rows of n8n's own form; only the JSON of a field takes other values. */
const asCollection: WritePairs = (pairs) => ({ pair: pairs.map(([name, value]) => ({ name, value })) });

const oddRows = fc
  .array(fc.record({ name: oddJson, value: oddJson }), { minLength: 1, maxLength: 3 })
  .map((pair) => ({ pair }));

function isCollection({ kind, place }: Field): boolean {
  return kind === 'pairs' && place !== 'main';
}

/** Rows into which something was entered; n8n's form begins with an empty one. */
const enteredRows = (value: unknown) =>
  rowsOf(value)?.filter((row) => Object.values(row).some((cell) => cell !== ''));

/** Files are named; names that the item has no file for are refused. */
function readValue(field: Field, value: unknown): Meaning {
  const hasNothing = (one: unknown) =>
    typeof one === 'object' && one !== null && Object.keys(one).length === 0;
  if (field.kind === 'pairs') return hasNothing(value) ? empty : read(field, enteredRows(value) ?? value);
  if (field.kind !== 'attachments' && field.kind !== 'images') return read(field, value);
  const names: unknown[] = typeof value === 'string' ? value.split(',') : [value].flat();
  const isNothing = names.every((name) => (typeof name === 'string' ? name.trim() === '' : hasNothing(name)));
  const isAll = typeof value === 'string' && value.trim() === '*';
  return isBlank(value) || isNothing ? empty : isAll ? { is: 'unsure', fits: () => true } : refused;
}

const binaryFields = ['data', 'Anhang 1', 'constructor', 'toString', '\u6570\u636e', 'a.b[0]'];

/** The named files with their names. n8n refuses an expression that looks a name up, as it may be `constructor`. */
const chosen = (names: string, path: string) =>
  `Object.entries(${path}).filter(([name]) => ${names}.includes(name))`;

/** Ways to give files by an expression, of their names and of where they are. */
const fileExpressions: ((names: string, path: string) => string)[] = [
  (names, path) => `${chosen(names, path)}.map(([, file]) => file)`,
  (names, path) => `${chosen(names, path)}.map(([name, file], index) => index % 2 ? name : [[file]])`,
  (names, path) => `Object.fromEntries(${chosen(names, path)})`,
];

/** Binary fields, with rows of details that say what their files are called in the mail. */
function files(field: Field, paths: readonly string[]): Arbitrary<Entry> {
  const isImage = field.kind === 'images';
  const fields = fc.shuffledSubarray(binaryFields, { minLength: 3, maxLength: 3 });
  const expression = fc
    .tuple(fc.constantFrom(...fileExpressions), fc.constantFrom(...paths))
    .map(([write, path]) => ({ expression: (names: string) => write(names, path) }));
  const form = fc.oneof(
    fc.constantFrom(...(isImage ? ['text', 'list'] : ['text', 'list', 'all'])),
    expression,
  );
  const parts = fc.tuple(fileParts(field), fields, form, fc.option(oddText, { freq: 10 }));
  return parts.map(([given, chosen, form, oddName]) => {
    const details = given.map(({ name, type }, index) => {
      const binaryField = `${chosen[index]}${isImage ? ' inline' : ''}`;
      return { binaryField, name: index === 0 ? (oddName ?? name) : name, type };
    });
    const names = details.map(({ binaryField }) => binaryField);
    const arrive = given.map((part, index) => {
      const { name = '', binaryField = '' } = details[index] ?? {};
      return { ...part, name: name || (isImage ? binaryField : `${binaryField}.bin`) };
    });
    const binary = given.map(({ bytes }, index): [string, BinaryInput] => [
      names[index] ?? '',
      { bytes: Buffer.from(bytes), fileName: `${names[index]}.bin`, mimeType: 'application/octet-stream' },
    ]);
    return {
      entered: form === 'all' ? '*' : form === 'text' ? names.join(' , ') : names,
      ...(typeof form === 'object' && form),
      meaning: stands(asRequest(arrive)),
      binary: Object.fromEntries(binary),
      details,
    };
  });
}
