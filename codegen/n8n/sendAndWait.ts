/**
 * The operation of n8n alone that sends an email and waits for its reader. Its parameters have the names that n8n's own
 * Send Email has, as n8n makes a tool for human review of every node with this operation.
 */
import { settingsOf } from '../../shared/form/settings';
import { fieldWith, type Field, type Operation } from '../../shared/model';
import { byName, parameter, type Parameter } from './fields';
import { formFields } from './responseForm';
import { contentParameter } from './settings';

/** As n8n calls it. */
export const sendAndWait = {
  name: 'sendAndWait',
  title: 'Send and Wait for Response',
  description: 'Send an email and wait until its reader has approved, declined or answered',
  action: 'Send email and wait for response',
};

/** The operation whose emails it sends: the one that takes content of one's own. */
export function emailOperation(table: readonly Operation[]): Operation | undefined {
  return table.find(({ fields }) => fields.some(({ plainText }) => plainText !== undefined));
}

/** The form of the operation. */
export function sendAndWaitForm(operation: Operation): Parameter[] {
  const all = [
    ...operation.fields.filter(({ nameField }) => nameField !== undefined).map(parameter),
    {
      displayName: 'To Email',
      name: 'toEmail',
      type: 'string',
      default: '',
      required: true,
      placeholder: 'e.g. jane@example.com',
      description: 'Address of the one who decides',
    },
    subject(operation),
    {
      displayName: 'Message',
      name: 'message',
      type: 'string',
      default: '',
      required: true,
      typeOptions: { rows: 4 },
      description: 'Plain text above the buttons of the email, and on the page that they open',
    },
    responseType,
    ...formFields.map((one) => during(one, ['customForm'])),
    during(approvalOptions, ['approval']),
    collection('options', 'Options', 'Add option', [...ownOptions, ...emailOptions(operation)]),
    collection('delivery', 'Delivery', 'Add delivery setting', deliveryOptions()),
  ];
  const show = { resource: [operation.resource], operation: [sendAndWait.name] };
  return all.map(({ displayOptions, ...one }) => {
    const own = displayOptions as { show: object } | undefined;
    return { ...one, displayOptions: { show: { ...show, ...own?.show } } } as Parameter;
  });
}

function subject(operation: Operation): Parameter {
  const field = fieldWith(operation, 'subject');
  if (!field) throw new Error(`${operation.name} has no subject`);
  return { ...parameter({ ...field, required: true }), placeholder: 'e.g. Please approve order 1042' };
}

function during(one: Parameter, responseTypes: readonly string[]): Parameter {
  const { show } = (one.displayOptions ?? {}) as { show?: object };
  return { ...one, displayOptions: { show: { responseType: responseTypes, ...show } } };
}

const responseType: Parameter = {
  displayName: 'Response Type',
  name: 'responseType',
  type: 'options',
  options: [
    { name: 'Approval', value: 'approval', description: 'The reader approves or declines' },
    { name: 'Free Text', value: 'freeText', description: 'The reader writes a text' },
    { name: 'Custom Form', value: 'customForm', description: 'The reader fills in a form' },
  ],
  default: 'approval',
};

/** As n8n's rules have it from five on. */
const byTitle = (one: { displayName: string }, other: { displayName: string }) =>
  byName({ name: one.displayName }, { name: other.displayName });

const styles = {
  type: 'options',
  options: [
    { name: 'Primary', value: 'primary' },
    { name: 'Secondary', value: 'secondary' },
  ],
};
const forDouble = { displayOptions: { show: { approvalType: ['double'] } } };

const approvalOptions: Parameter = {
  displayName: 'Approval Options',
  name: 'approvalOptions',
  type: 'fixedCollection',
  placeholder: 'Add option',
  default: {},
  options: [
    {
      displayName: 'Values',
      name: 'values',
      values: [
        {
          displayName: 'Type of Approval',
          name: 'approvalType',
          type: 'options',
          options: [
            { name: 'Approve Only', value: 'single' },
            { name: 'Approve and Disapprove', value: 'double' },
          ],
          default: 'single',
        },
        { displayName: 'Approve Button Label', name: 'approveLabel', type: 'string', default: 'Approve' },
        { displayName: 'Approve Button Style', name: 'buttonApprovalStyle', ...styles, default: 'primary' },
        {
          displayName: 'Disapprove Button Label',
          name: 'disapproveLabel',
          type: 'string',
          default: 'Decline',
          ...forDouble,
        },
        {
          displayName: 'Disapprove Button Style',
          name: 'buttonDisapprovalStyle',
          ...styles,
          default: 'secondary',
          ...forDouble,
        },
      ].sort(byTitle),
    },
  ],
};

const forInterval = { displayOptions: { show: { limitType: ['afterTimeInterval'] } } };

const ownOptions: Parameter[] = [
  {
    displayName: 'Limit Wait Time',
    name: 'limitWaitTime',
    type: 'fixedCollection',
    default: { values: { limitType: 'afterTimeInterval', resumeAmount: 45, resumeUnit: 'minutes' } },
    description:
      'How long to wait for a response. After that the workflow goes on with the item as it came in, without a response.',
    options: [
      {
        displayName: 'Values',
        name: 'values',
        values: [
          {
            displayName: 'Limit Type',
            name: 'limitType',
            type: 'options',
            options: [
              { name: 'After Time Interval', value: 'afterTimeInterval' },
              { name: 'At Specified Time', value: 'atSpecifiedTime' },
            ],
            default: 'afterTimeInterval',
          },
          {
            displayName: 'Amount',
            name: 'resumeAmount',
            type: 'number',
            typeOptions: { minValue: 0, numberPrecision: 2 },
            default: 1,
            ...forInterval,
          },
          {
            displayName: 'Unit',
            name: 'resumeUnit',
            type: 'options',
            options: [
              { name: 'Minutes', value: 'minutes' },
              { name: 'Hours', value: 'hours' },
              { name: 'Days', value: 'days' },
            ],
            default: 'hours',
            ...forInterval,
          },
          {
            displayName: 'Max Date and Time',
            name: 'maxDateAndTime',
            type: 'dateTime',
            default: '',
            displayOptions: { show: { limitType: ['atSpecifiedTime'] } },
          },
        ],
      },
    ],
  },
  {
    displayName: 'Message Button Label',
    name: 'messageButtonLabel',
    type: 'string',
    default: 'Respond',
    description: 'Label of the button in the email, unless it is an approval',
  },
  {
    displayName: 'Response Form Title',
    name: 'responseFormTitle',
    type: 'string',
    default: '',
    description: 'Title of the page, instead of the subject',
  },
  {
    displayName: 'Response Form Description',
    name: 'responseFormDescription',
    type: 'string',
    default: '',
    description: 'Text of the page, instead of the message',
  },
  {
    displayName: 'Response Form Button Label',
    name: 'responseFormButtonLabel',
    type: 'string',
    default: 'Submit',
    description: 'Label of the button of the page, unless it is an approval',
  },
];

/** The options of an email that make sense for one reader. */
function emailOptions({ fields }: Operation): Parameter[] {
  const isSender = ({ name }: Field) => fields.some(({ nameField }) => nameField === name);
  const isUseful = (field: Field) =>
    isSender(field) ||
    field.role === 'uniqueId' ||
    field.account !== undefined ||
    ['addresses', 'priority'].includes(field.kind);
  return fields.filter(isUseful).map(parameter);
}

function deliveryOptions(): Parameter[] {
  return [...settingsOf('run', 'n8n').map(([name]) => name), 'whenUnsure' as const].map(contentParameter);
}

function collection(name: string, displayName: string, placeholder: string, options: Parameter[]): Parameter {
  return { displayName, name, type: 'collection', placeholder, default: {}, options: options.sort(byTitle) };
}
