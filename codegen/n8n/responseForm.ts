import { byName, type Parameter } from './fields';

const types = [
  { name: 'Checkboxes', value: 'checkbox' },
  { name: 'Date', value: 'date' },
  { name: 'Dropdown', value: 'dropdown' },
  { name: 'Email', value: 'email' },
  { name: 'File', value: 'file' },
  { name: 'Hidden Field', value: 'hiddenField' },
  { name: 'Number', value: 'number' },
  { name: 'Password', value: 'password' },
  { name: 'Radio Buttons', value: 'radio' },
  { name: 'Text Input', value: 'text' },
  { name: 'Textarea', value: 'textarea' },
];

const chosen = ['dropdown', 'radio', 'checkbox'];
const typed = ['text', 'textarea', 'number', 'email', 'password'];

const forLimit = (limitSelection: string) => ({
  displayOptions: { show: { fieldType: ['checkbox'], limitSelection: [limitSelection] } },
});
const forTypes = (fieldType: readonly string[]) => ({ displayOptions: { show: { fieldType } } });

/** The fields of a form that a reader fills in, by the names that n8n's own Form has for them. */
export const formFields: Parameter[] = [
  {
    displayName: 'Define Form',
    name: 'defineForm',
    type: 'options',
    noDataExpression: true,
    options: [
      { name: 'Using Fields Below', value: 'fields' },
      { name: 'Using JSON', value: 'json' },
    ],
    default: 'fields',
  },
  {
    displayName: 'Form Fields',
    name: 'jsonOutput',
    type: 'json',
    typeOptions: { rows: 5 },
    default: '[{ "fieldLabel": "Reason", "fieldType": "textarea", "requiredField": true }]',
    description: 'List of fields, each with fieldLabel and fieldType',
    displayOptions: { show: { defineForm: ['json'] } },
  },
  {
    displayName: 'Form Elements',
    name: 'formFields',
    type: 'fixedCollection',
    placeholder: 'Add Form Element',
    typeOptions: { multipleValues: true, sortable: true },
    default: {},
    displayOptions: { show: { defineForm: ['fields'] } },
    options: [
      {
        displayName: 'Values',
        name: 'values',
        values: [
          {
            displayName: 'Label',
            name: 'fieldLabel',
            type: 'string',
            default: '',
            placeholder: 'e.g. What is your name?',
            description: 'What stands above the field, and the name of its value in the output',
            required: true,
            displayOptions: { hide: { fieldType: ['hiddenField'] } },
          },
          {
            displayName: 'Element Type',
            name: 'fieldType',
            type: 'options',
            options: types,
            default: 'text',
            required: true,
          },
          {
            displayName: 'Field Name',
            name: 'fieldName',
            type: 'string',
            default: '',
            description: 'Name of the value in the output',
            ...forTypes(['hiddenField']),
          },
          {
            displayName: 'Field Value',
            name: 'fieldValue',
            type: 'string',
            default: '',
            ...forTypes(['hiddenField']),
          },
          {
            displayName: 'Placeholder',
            name: 'placeholder',
            type: 'string',
            default: '',
            ...forTypes(typed),
          },
          {
            displayName: 'Default Value',
            name: 'defaultValue',
            type: 'string',
            default: '',
            displayOptions: { hide: { fieldType: ['file', 'hiddenField', 'password'] } },
          },
          {
            displayName: 'Field Options',
            name: 'fieldOptions',
            type: 'fixedCollection',
            placeholder: 'Add Field Option',
            typeOptions: { multipleValues: true, sortable: true },
            default: { values: [{ option: '' }] },
            required: true,
            ...forTypes(chosen),
            options: [
              {
                displayName: 'Values',
                name: 'values',
                values: [{ displayName: 'Option', name: 'option', type: 'string', default: '' }],
              },
            ],
          },
          {
            displayName: 'Limit Selection',
            name: 'limitSelection',
            type: 'options',
            options: [
              { name: 'Exact Number', value: 'exact' },
              { name: 'Range', value: 'range' },
              { name: 'Unlimited', value: 'unlimited' },
            ],
            default: 'unlimited',
            ...forTypes(['checkbox']),
          },
          {
            displayName: 'Number of Selections',
            name: 'numberOfSelections',
            type: 'number',
            typeOptions: { minValue: 1, numberPrecision: 0 },
            default: 1,
            ...forLimit('exact'),
          },
          {
            displayName: 'Minimum Selections',
            name: 'minSelections',
            type: 'number',
            typeOptions: { minValue: 0, numberPrecision: 0 },
            default: 0,
            ...forLimit('range'),
          },
          {
            displayName: 'Maximum Selections',
            name: 'maxSelections',
            type: 'number',
            typeOptions: { minValue: 1, numberPrecision: 0 },
            default: 1,
            ...forLimit('range'),
          },
          {
            displayName: 'Multiple Files',
            name: 'multipleFiles',
            type: 'boolean',
            default: true,
            description: 'Whether the reader may choose several files',
            ...forTypes(['file']),
          },
          {
            displayName: 'Accepted File Types',
            name: 'acceptFileTypes',
            type: 'string',
            default: '',
            placeholder: 'e.g. .jpg, .png',
            description: 'Extensions of the files, separated by commas',
            ...forTypes(['file']),
          },
          {
            displayName: 'Required Field',
            name: 'requiredField',
            type: 'boolean',
            default: false,
            description: 'Whether the reader must fill in the field',
            displayOptions: { hide: { fieldType: ['hiddenField'] } },
          },
        ].sort((a, b) => byName({ name: a.displayName }, { name: b.displayName })),
      },
    ],
  },
];
