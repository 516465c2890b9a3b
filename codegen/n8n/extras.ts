/** Parameters that n8n has beside the fields of an operation. `nodes/SendClean` reads them by these names. */
import type { Field, Operation } from '../../shared/model';
import { parameter, type Parameter } from './fields';

/** The choice of HTML, text or both, for the field of HTML that has a partner of plain text. */
const emailFormat: Parameter = {
  displayName: 'Email Format',
  name: 'emailFormat',
  type: 'options',
  options: [
    {
      name: 'Both',
      value: 'both',
      description: 'Write HTML, and plain text for email apps that do not show HTML',
    },
    { name: 'HTML', value: 'html', description: 'Write HTML' },
    { name: 'Text', value: 'text', description: 'Write plain text' },
  ],
  default: 'html',
};

/** The parameters of the fields that always show. */
export function mainParameters({ fields }: Operation): Parameter[] {
  const main = fields.filter(({ place }) => place === 'main');
  const plainText = main.find((field) => field.plainText)?.plainText;
  return main.flatMap((field) => {
    if (field.kind === 'pairs') return pairs(field);
    if (field.plainText) return [emailFormat, inFormat(field, 'html')];
    return field.name === plainText ? [inFormat(field, 'text')] : [parameter(field)];
  });
}

function inFormat(field: Field, format: 'html' | 'text'): Parameter {
  const displayOptions = { show: { emailFormat: [format, 'both'] } };
  return { ...parameter({ ...field, required: true }), displayOptions };
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
