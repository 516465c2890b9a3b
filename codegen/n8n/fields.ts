import type { Field, FieldKind } from '../../shared/model';

/** A parameter of n8n's node description, as the literal that is written into a generated file. */
export interface Parameter {
  displayName: string;
  name: string;
  type: string;
  default: unknown;
  [key: string]: unknown;
}

/** What a kind adds to a parameter's name and description. */
interface Look {
  type: string;
  default: unknown;
  [key: string]: unknown;
}

type Render = (field: Field) => Look;

const text: Render = (field) => ({ type: 'string', ...example(field), default: '' });

const chosen = ({ choices = [] }: Pick<Field, 'choices'>): Look => ({
  type: 'options',
  options: choices.map(({ value, title }) => ({ name: title, value })).sort(byName),
  default: choices[0]?.value,
});

/** How each kind of field looks in n8n. What the person enters is read by `input.ts`. */
const renderers: Record<FieldKind, Render> = {
  text,
  address: text,
  addresses: text,
  messageIds: text,
  recipients: text,
  attachments: text,
  images: text,
  multiline: (field) => ({ ...text(field), typeOptions: { rows: 5 } }),
  html: (field) => ({ ...text(field), typeOptions: { editor: 'htmlEditor', rows: 8 } }),
  number: () => ({ type: 'number', default: 0 }),
  boolean: () => ({ type: 'boolean', default: false }),
  switch: () => ({ type: 'boolean', default: true }),
  choice: chosen,
  choices: ({ choices = [], required }) => ({
    ...chosen({ choices }),
    type: 'multiOptions',
    default: required ? choices.map(({ value }) => value) : [],
  }),
  priority: chosen,
  unsubscribe: text,
  pairs: (field) => ({
    type: 'fixedCollection',
    typeOptions: { multipleValues: true },
    placeholder: `Add ${field.title.replace(/s$/, '')}`,
    default: {},
    options: [
      {
        displayName: field.title,
        name: 'pair',
        values: [
          { displayName: 'Name', name: 'name', type: 'string', ...example(field), default: '' },
          { displayName: 'Value', name: 'value', type: 'string', default: '' },
        ],
      },
    ],
  }),
};

/** Files come from the item's binary fields, which n8n knows by name, or from an expression. */
const descriptions: Partial<Record<FieldKind, string>> = {
  attachments:
    "Names of the binary fields that hold the files, separated by commas, or * for all of them. An expression can also give a file of an earlier node, such as $('Download').item.binary.data, or a list of files.",
  images:
    'Names of the binary fields that hold the images, separated by commas, or an expression that gives files. The HTML shows an image with <img src="cid:NAME">, where NAME is that of its binary field, or the file name without its extension for a file of an earlier node.',
};

/** A choice from a list of the account, which any text may take the place of. */
function locator({ choicesFrom, ...field }: Field): Look {
  const list = { searchListMethod: choicesFrom?.operation, searchable: true };
  return {
    type: 'resourceLocator',
    default: { mode: 'list', value: '' },
    modes: [
      { displayName: 'From List', name: 'list', type: 'list', placeholder: 'Choose…', typeOptions: list },
      { ...byHand(choicesFrom), type: 'string', ...example(field) },
    ],
  };
}

/** How a value is entered that is not chosen from the list. */
function byHand(choicesFrom: Field['choicesFrom']): { displayName: string; name: string } {
  return /(^|_)id$/.test(choicesFrom?.value ?? '')
    ? { displayName: 'By ID', name: 'id' }
    : { displayName: 'By Name', name: 'name' };
}

/** The parameter that stands for a field. */
export function parameter(field: Field): Parameter {
  return {
    displayName: spelled(field.title),
    name: field.name,
    ...(field.required && { required: true }),
    ...(field.choicesFrom ? locator(field) : renderers[field.kind](field)),
    description: sentence(descriptions[field.kind] ?? field.description),
  };
}

function example({ placeholder: common, hosts }: Field): { placeholder?: string } {
  const placeholder = hosts?.n8n?.placeholder ?? common;
  return placeholder ? { placeholder: `e.g. ${placeholder}` } : {};
}

/** A description as n8n's rules have it: brackets encoded, a full stop only where there are several sentences. */
export function sentence(description: string): string {
  const bare = spelled(description).replace(/\.$/, '').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return bare.includes('. ') ? `${bare}.` : bare;
}

/** n8n's rules ask for “ID” wherever people read it. */
function spelled(text: string): string {
  return text.replaceAll(/\bId\b/g, 'ID');
}

/** Sorts what people choose from as n8n's rules ask for. */
export function byName(one: { name: string }, other: { name: string }): number {
  return one.name.localeCompare(other.name, 'en');
}
