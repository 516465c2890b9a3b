import type { IExecuteFunctions, INodeParameters } from 'n8n-workflow';
import { isEmpty, isNothing } from '../../../shared/form/empty';
import { hasTag } from '../../../shared/form/htmlText';
import { kindOf, type Field } from '../../../shared/model';
import { inSentence } from '../../../shared/quote';

/** A sentence about what goes out, though perhaps not as the person meant it; the same for all items of one cause. */
export type Hint = string;

/**
 * What is worth a look in the form of one item.
 * @param parameters as they are in the node, with their expressions.
 * @param entered what the fields that show came to, by their names.
 * @param values the same, with files in place of their names.
 */
export function hintsOf(
  parameters: INodeParameters,
  fields: readonly Field[],
  entered: Readonly<Record<string, unknown>>,
  values: Readonly<Record<string, unknown>>,
): Hint[] {
  return fields.flatMap((field) => {
    const empty = emptyExpressions(written(parameters, field), entered[field.name], field.title);
    return [
      ...empty.map((label) => `${label}: its expression came to nothing, so the field counts as empty`),
      ...fileHint(field, entered, values),
      ...htmlHint(field, values),
    ];
  });
}

/** A field as it is in the node; names and values may be written as JSON. */
export function written(parameters: INodeParameters, { name, kind, place }: Field): unknown {
  const { options, delivery } = parameters as { options?: object; delivery?: object };
  const holder = place === 'main' ? parameters : { ...parameters, ...options, ...delivery };
  const isJson = kind === 'pairs' && place === 'main' && parameters[`${name}As`] === 'json';
  const value = at(holder, isJson ? `${name}Json` : name);
  return at(value, '__rl') ? at(value, 'value') : value;
}

/** The labels of the expressions in a parameter that came to nothing; in a list of pairs with the pair's name. */
function emptyExpressions(raw: unknown, value: unknown, label: string): string[] {
  if (typeof raw === 'string') return raw.startsWith('=') && isNothing(value) ? [label] : [];
  if (typeof raw !== 'object' || raw === null) return [];
  const name = at(value, 'name');
  const inner = typeof name === 'string' && name ? `${label} (${inSentence(name)})` : label;
  return Object.entries(raw).flatMap(([key, one]) => emptyExpressions(one, at(value, key), inner));
}

function fileHint(
  field: Field,
  entered: Readonly<Record<string, unknown>>,
  values: Readonly<Record<string, unknown>>,
): Hint[] {
  const { name, title } = field;
  if (!kindOf(field).isFiles || isNothing(entered[name]) || !isEmpty(values[name])) return [];
  return [`${title}: ${entered[name] === '*' ? '* found' : 'its expression gave'} no file`];
}

/** @param values in which text without a tag is still where it was entered. */
function htmlHint({ name, title, plainText }: Field, values: Readonly<Record<string, unknown>>): Hint[] {
  const value = values[name];
  if (plainText === undefined || typeof value !== 'string' || isNothing(value) || hasTag(value)) return [];
  const effect = isEmpty(values[plainText])
    ? 'so it goes out as plain text'
    : 'so its line breaks will not show';
  return [`${title}: there is not a single tag in it, ${effect}`];
}

function at(holder: unknown, key: string): unknown {
  return typeof holder === 'object' && holder !== null && Object.hasOwn(holder, key)
    ? (holder as Record<string, unknown>)[key]
    : undefined;
}

/** How many items of a cause are named. */
const mostNamed = 10;

/** Shows hints in n8n's output pane, one for each cause; older versions of n8n have no such pane. */
export function showHints(
  context: Partial<Pick<IExecuteFunctions, 'addExecutionHints'>>,
  hints: ReadonlyMap<Hint, readonly number[]>,
  items: number,
): void {
  const messages = [...hints].map(([hint, indexes]) => (items > 1 ? `${hint} ${inItems(indexes)}` : hint));
  for (const message of messages)
    context.addExecutionHints?.({ message, type: 'warning', location: 'outputPane' });
}

/** `[items 0, 3, 4 and 7 more]`; n8n counts items from 0. */
function inItems(indexes: readonly number[]): string {
  const named = indexes.slice(0, mostNamed).join(', ');
  const more = indexes.length > mostNamed ? ` and ${indexes.length - mostNamed} more` : '';
  return `[${indexes.length > 1 ? 'items' : 'item'} ${named}${more}]`;
}
