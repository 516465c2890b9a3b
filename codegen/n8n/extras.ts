/** Parameters that n8n has beside the fields of an operation. `nodes/SendClean` reads them by these names. */
import { kindOf, type Field, type Operation } from '../../shared/model';
import { limits, type Limit } from '../../shared/delivery/limits';
import { parameter, sentence, type Parameter } from './fields';

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

/** Options beside those that are fields. */
export function extraOptions({ fields, effect }: Operation): Parameter[] {
  const files = fields.filter((field) => kindOf(field).isFiles);
  return [
    ...(fields.some(({ kind }) => kind === 'recipients') ? [sendAs] : []),
    ...files.map(fileDetails),
    ...(files.length ? [sizeLimit] : []),
    ...runLimits,
    ...(effect === 'send' ? [validateOnly] : []),
  ];
}

const sendAs: Parameter = {
  displayName: 'Recipient Mode',
  name: 'sendAs',
  type: 'options',
  options: [
    { name: 'Separate Emails', value: 'each', description: 'Recipients do not see each other' },
    { name: 'One Email to All', value: 'all', description: 'Everyone sees the recipients in To and CC' },
  ],
  default: 'all',
  description: 'Send one email to everyone, or a separate email to each recipient',
};

/** Other names and types for files than those that n8n knows. */
function fileDetails(field: Field): Parameter {
  const isImage = field.kind === 'images';
  const names = isImage
    ? { displayName: 'Content-ID', placeholder: 'e.g. logo', description: 'Name used in the HTML' }
    : {
        displayName: 'File Name',
        placeholder: 'e.g. invoice.pdf',
        description: 'File name shown to the recipient',
      };
  return {
    displayName: `${field.title.replace(/s$/, '')} Details`,
    name: `${field.name}Details`,
    type: 'fixedCollection',
    typeOptions: { multipleValues: true },
    placeholder: `Add ${field.title.replace(/s$/, '')}`,
    default: {},
    description: 'Name or MIME type to use instead of those of the binary field',
    options: [
      {
        displayName: 'File',
        name: 'file',
        values: [
          {
            displayName: 'Binary Field',
            name: 'binaryField',
            type: 'string',
            default: '',
            placeholder: 'e.g. data',
          },
          { ...names, name: 'name', type: 'string', default: '' },
          {
            displayName: 'MIME Type',
            name: 'type',
            type: 'string',
            default: '',
            placeholder: isImage ? 'e.g. image/png' : 'e.g. application/pdf',
          },
        ],
      },
    ],
  };
}

const sizeLimit: Parameter = {
  displayName: 'Size Limit (MB)',
  name: 'sizeLimit',
  type: 'number',
  typeOptions: { minValue: 1 },
  default: 25,
  description: 'Maximum total size of attachments and images per email',
};

/** Limits of a run; n8n lets no node set a time for connecting. */
const runLimits = (['requestsPerMinute', 'atOnce', 'megabytes', 'attempts', 'timeout'] as const).map(
  (name): Parameter => {
    const { title, description }: Limit = limits[name];
    return { displayName: title, name, ...numberBetween(limits[name]), description: sentence(description) };
  },
);

function numberBetween({ min, max, default: usual = 60 }: Limit) {
  return { type: 'number', typeOptions: { minValue: min, maxValue: max }, default: usual };
}

const validateOnly: Parameter = {
  displayName: 'Validate Only',
  name: 'validateOnly',
  type: 'boolean',
  default: true,
  description: 'Whether to check everything and return the request without sending it',
};

/** Of a paged operation: how many records, and in which form. */
export function readParameters({ paged, simplified }: Operation): Parameter[] {
  return [...(paged ? paging : []), ...(simplified ? [simplify] : [])];
}

const paging: Parameter[] = [
  {
    displayName: 'Return All',
    name: 'returnAll',
    type: 'boolean',
    default: false,
    description: 'Whether to return all results or only up to a given limit',
  },
  {
    displayName: 'Limit',
    name: 'limit',
    type: 'number',
    displayOptions: { show: { returnAll: [false] } },
    typeOptions: { minValue: 1 },
    default: 50,
    description: 'Max number of results to return',
  },
];

const simplify: Parameter = {
  displayName: 'Simplify',
  name: 'simplify',
  type: 'boolean',
  default: true,
  description: 'Whether to return a simplified version of the response instead of the raw data',
};
