/** Parameters that n8n has beside the fields of an operation. `nodes/SendClean` reads them by these names. */
import type { Field, Operation } from '../../shared/model';
import { parameter, type Parameter } from './fields';
import { contentParameter } from './settings';

/** The parameters of the fields that always show. */
export function mainParameters({ fields }: Operation): Parameter[] {
  const main = fields.filter(({ place }) => place === 'main');
  const plainText = main.find((field) => field.plainText)?.plainText;
  return main.flatMap((field) => {
    if (field.kind === 'pairs') return pairs(field);
    if (field.plainText) return formats(field);
    return field.name === plainText ? [inFormats(parameter(field), ['text', 'both'])] : [parameter(field)];
  });
}

/** The choice of a format, and the field of HTML beside what is written in other formats. */
function formats(field: Field): Parameter[] {
  return [
    contentParameter('emailFormat'),
    inFormats(parameter(field), ['html', 'both']),
    inFormats(contentParameter('markdown'), ['markdown']),
    inFormats(contentParameter('content'), ['auto']),
  ];
}

function inFormats(one: Parameter, emailFormat: readonly string[]): Parameter {
  const { displayName, name, ...look } = one;
  return { displayName, name, required: true, ...look, displayOptions: { show: { emailFormat } } };
}

/** Names and values, entered one by one or as JSON. */
function pairs(field: Field): Parameter[] {
  const { displayName, name, description, ...look } = parameter(field);
  const specify = `${name}As`;
  return [
    {
      displayName: `Specify ${displayName}`,
      name: specify,
      type: 'options',
      options: [
        { name: 'Using Fields Below', value: 'pairs' },
        { name: 'Using JSON', value: 'json' },
      ],
      default: 'pairs',
    },
    { displayName, name, ...look, displayOptions: { show: { [specify]: ['pairs'] } }, description },
    {
      displayName,
      name: `${name}Json`,
      type: 'json',
      displayOptions: { show: { [specify]: ['json'] } },
      default: '{}',
      description: `${String(description).replace(/\.$/, '')}. An object such as {"${field.placeholder ?? 'NAME'}": "Jane"}.`,
    },
  ];
}
