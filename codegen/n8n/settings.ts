/** How n8n shows the settings of `shared/form/settings/`. `nodes/SendClean` reads them by their names. */
import {
  hasSetting,
  settingOf,
  settingsOf,
  type Setting,
  type SettingName,
} from '../../shared/form/settings';
import { kindOf, type Field, type Operation, type Place } from '../../shared/model';
import { sentence, type Parameter } from './fields';

/** The settings of an operation in one of the lists that people add to: of a send, of its files, and of all its requests. */
export function settingParameters(operation: Operation, place: Place): Parameter[] {
  const own = [...settingsOf('send', 'n8n'), ...settingsOf('files', 'n8n')].filter(
    ([name, { kind }]) => kind !== 'rows' && hasSetting(operation, name),
  );
  const all = [...own, ...settingsOf('run', 'n8n')].filter(
    ([, setting]) => (setting.place ?? 'delivery') === place,
  );
  const files = operation.fields.filter((field) => kindOf(field).isFiles);
  return [
    ...all.map(([name, setting]) => parameterOf(name, setting)),
    ...(place === 'options' ? files.map(fileDetails) : []),
  ];
}

/** The settings of a read: how many records, in which form, and whether with secrets. */
export function readParameters({ effect, paged, simplified, secrets }: Operation): Parameter[] {
  const shown = (name: SettingName) => parameterOf(name, settingOf(name, 'n8n'));
  const limit = { ...shown('limit'), displayOptions: { show: { returnAll: [false] } } };
  return [
    ...(paged ? [shown('returnAll'), limit] : []),
    ...(simplified ? [shown('simplify')] : []),
    ...(secrets && effect === 'read' ? [shown('includeSecrets')] : []),
    ...(paged ? [shown('nothingFound')] : []),
  ];
}

/** A setting of the content, which stands among the fields that always show. */
export function contentParameter(name: SettingName): Parameter {
  return parameterOf(name, settingOf(name, 'n8n'));
}

function parameterOf(name: SettingName, setting: Setting): Parameter {
  const { title, description } = setting;
  const shown = inFormat[name] && { displayOptions: { show: { '/emailFormat': [inFormat[name]] } } };
  return { displayName: title, name, ...lookOf(setting), ...shown, description: sentence(description) };
}

/** The options that only one Email Format has. */
const inFormat: Partial<Record<SettingName, string>> = { markdownHtml: 'markdown' };

/** What n8n offers for a limit that has no default: the usual quota. */
const quota = 60;

function lookOf({ kind, group, choices = [], min, max, placeholder, default: usual }: Setting) {
  if (kind === 'multiline')
    return {
      type: 'string',
      typeOptions: { rows: 8 },
      placeholder: `e.g. ${placeholder ?? ''}`,
      default: '',
    };
  // One among the options is on where a person adds it.
  if (kind === 'switch') return { type: 'boolean', default: group === 'send' || usual === 'yes' };
  if (kind === 'number') {
    // n8n takes this for the step as well, so that a fraction cannot be the least.
    const range = { minValue: Math.ceil(min ?? 1), ...(group === 'run' && { maxValue: max }) };
    return { type: 'number', typeOptions: range, default: usual ?? quota };
  }
  const options = choices.map(({ title, ...choice }) => ({ name: title, ...choice }));
  return { type: 'options', options, default: usual ?? '' };
}

/** Other names and types for files than those that n8n knows. */
function fileDetails(field: Field): Parameter {
  const { title, description } = settingOf('details', 'n8n');
  const isImage = field.kind === 'images';
  const names = isImage
    ? { displayName: 'Content-ID', placeholder: 'e.g. logo', description: 'Name used in the HTML' }
    : {
        displayName: 'File Name',
        placeholder: 'e.g. invoice.pdf',
        description: 'File name shown to the recipient',
      };
  return {
    displayName: `${field.title.replace(/s$/, '')} ${title}`,
    name: `${field.name}Details`,
    type: 'fixedCollection',
    typeOptions: { multipleValues: true },
    placeholder: `Add ${field.title.replace(/s$/, '')}`,
    default: {},
    description,
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
