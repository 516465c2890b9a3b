/** The fields of a form that a reader fills in. */
import { invalid } from '../../../shared/errors';
import { shown } from '../../../shared/quote';
import { objectOf, textOf, type Get } from './values';
import { phrase, type Words } from '../../../shared/phrase';

const types = [
  'text',
  'textarea',
  'number',
  'date',
  'email',
  'password',
  'dropdown',
  'radio',
  'checkbox',
  'file',
  'hiddenField',
] as const;

export interface FormField {
  /** Of the input in the page. */
  name: string;
  /** What stands above it, and its name in the output. */
  label: string;
  type: (typeof types)[number];
  isRequired: boolean;
  placeholder: string;
  /** What it holds at first; several only where several options can be chosen. */
  values: readonly string[];
  options: readonly string[];
  /** How many of the options may be chosen, where there can be several. */
  least: number;
  most: number;
  /** Of a file: whether there may be several. */
  isMultiple: boolean;
  accept: string;
}

/**
 * Reads the fields that a person defined.
 * @throws SendCleanError of kind `validation` for a form without a field, and for fields without what they need.
 */
export function readFields(get: Get): FormField[] {
  const entered = get('defineForm', 'fields') === 'json' ? fromJson(get('jsonOutput', '')) : fromRows(get);
  if (entered.length === 0)
    throw invalid(
      'formFields',
      phrase`must have at least one field for the reader to fill in`,
      'Form Elements',
    );
  const fields = entered.map((one, index) => readField(objectOf(one), index));
  const labels = fields.map(({ label }) => label);
  const twice = labels.find((label, index) => labels.indexOf(label) !== index);
  if (twice !== undefined)
    throw invalid('formFields', phrase`has two fields with the label ${shown(twice)}`, 'Form Elements');
  return fields;
}

function fromRows(get: Get): unknown[] {
  const { values } = objectOf(get('formFields', {}));
  return Array.isArray(values) ? (values as unknown[]) : [];
}

function fromJson(entered: unknown): unknown[] {
  try {
    const fields: unknown = typeof entered === 'string' ? JSON.parse(entered) : entered;
    if (Array.isArray(fields)) return fields as unknown[];
  } catch {
    // What is no JSON is no list either.
  }
  throw invalid('jsonOutput', phrase`must be a JSON list of fields`, 'Form Fields');
}

function readField(entered: Readonly<Record<string, unknown>>, index: number): FormField {
  const given = entered.fieldType ?? 'text';
  // n8n's own dropdown of several choices is one of an older version; boxes can be used without a keyboard's modifiers.
  const isSeveral = given === 'dropdown' && entered.multiselect === true;
  const type = isSeveral ? 'checkbox' : types.find((one) => one === given);
  const wrong = (reason: Words) =>
    invalid('formFields', phrase`${reason} (field ${index + 1})`, 'Form Elements');
  if (!type) throw wrong(phrase`cannot have the element type ${shown(given)}`);
  const label = textOf(entered.fieldLabel) || textOf(entered.fieldName);
  if (!label) throw wrong(phrase`must have a label`);
  if (label === '__proto__') throw wrong(phrase`must not have the label __proto__`);
  const options = optionsOf(entered.fieldOptions);
  if (['dropdown', 'radio', 'checkbox'].includes(type) && options.length === 0)
    throw wrong(phrase`must have options to choose from`);
  const [least, most] = limitsOf(entered, options.length);
  if (options.length > 0 && !([least, most].every(Number.isInteger) && Math.max(least, 1) <= most))
    throw wrong(phrase`has limits that no selection meets`);
  return {
    name: `field-${index}`,
    label,
    type,
    isRequired: entered.requiredField === true,
    placeholder: textOf(entered.placeholder),
    values: valuesOf(type, entered, options),
    options,
    least,
    most,
    isMultiple: type === 'file' && entered.multipleFiles !== false,
    accept: textOf(entered.acceptFileTypes),
  };
}

function optionsOf(entered: unknown): string[] {
  const { values } = objectOf(entered);
  const list = Array.isArray(values) ? (values as unknown[]) : [];
  return list.map((one) => textOf(objectOf(one).option)).filter(Boolean);
}

function valuesOf(
  type: FormField['type'],
  entered: Readonly<Record<string, unknown>>,
  options: readonly string[],
): string[] {
  const value = textOf(type === 'hiddenField' ? entered.fieldValue : entered.defaultValue);
  // n8n's own form has a default date with a time.
  if (type === 'date') return [value.slice(0, 10)];
  return type === 'checkbox' && !options.includes(value)
    ? value.split(',').map((one) => one.trim())
    : [value];
}

/** How many of the options may be chosen, in a few words; undefined where any number may be. */
export function countText({ type, least, most, options }: FormField): string | undefined {
  if (type !== 'checkbox' || (least === 0 && most >= options.length)) return undefined;
  if (least === most) return `choose ${least}`;
  return least > 0 ? `choose ${least} to ${most}` : `choose up to ${most}`;
}

/** How many of the options of a field may be chosen: at least, and at most. */
function limitsOf(entered: Readonly<Record<string, unknown>>, count: number): [number, number] {
  const { fieldType, limitSelection } = entered;
  const { numberOfSelections = 1, minSelections = 0, maxSelections = 1 } = entered;
  const upTo = (most: unknown) => Math.min(Number(most), count);
  if (fieldType !== 'checkbox') return [0, count];
  if (limitSelection === 'exact') return [Number(numberOfSelections), upTo(numberOfSelections)];
  return limitSelection === 'range' ? [Number(minSelections), upTo(maxSelections)] : [0, count];
}
