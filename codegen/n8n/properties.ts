import type { Operation, Place } from '../../shared/model';
import { resourceTitle } from '../model/operations';
import { mainParameters } from './extras';
import { byName, parameter, sentence, type Parameter } from './fields';
import { emailOperation, sendAndWait } from './sendAndWait';
import { readParameters, settingParameters } from './settings';

/** The selectors of resource and operation. */
export function selectors(table: Operation[]): Parameter[] {
  const resources = [...new Set(table.map(({ resource }) => resource))];
  // Most who add the node want to send an email.
  const preferred = table.find(({ effect }) => effect === 'send')?.resource;
  return [
    {
      displayName: 'Resource',
      name: 'resource',
      ...selector,
      options: resources.map((value) => ({ name: resourceTitle(value), value })).sort(byName),
      default: preferred ?? resources[0],
    },
    ...resources.map((resource) => operationSelector(resource, table)),
  ];
}

const selector = { type: 'options', noDataExpression: true };

function operationSelector(resource: string, table: Operation[]): Parameter {
  const operations = table
    .filter((operation) => operation.resource === resource)
    .sort((a, b) => Number(b.effect === 'send') - Number(a.effect === 'send'));
  const hasWaiting = operations.some((one) => one === emailOperation(table));
  const all = [...operations, ...(hasWaiting ? [sendAndWait] : [])];
  const options = all.map(({ name, title, action, description }) => ({
    name: title,
    value: name,
    description: sentence(description.split('. ')[0] ?? ''),
    action,
  }));
  return {
    displayName: 'Operation',
    name: 'operation',
    ...selector,
    displayOptions: { show: { resource: [resource] } },
    // In the order of use; n8n's rules want five and more sorted by name.
    options: options.length < 5 ? options : options.sort(byName),
    default: usual(operations)?.name,
  };
}

/** What most want first: to send, or to see what is there; what changes something is chosen by a person. */
function usual(operations: readonly Operation[]): Operation | undefined {
  return (
    operations.find(({ effect }) => effect === 'send') ??
    operations.find(({ list }) => list !== undefined) ??
    operations[0]
  );
}

/** The form of an operation, with the lists that its collections name. */
export interface OperationForm {
  parameters: Parameter[];
  /** What a person can add; none of an empty list. */
  lists: Record<ListName | 'rows', Parameter[]>;
}

/** The form of one operation: its notice, what always shows, and what a person can add. */
export function operationForm(operation: Operation): OperationForm {
  const options = added(operation, 'options');
  const rows = options.filter(isRows);
  const lists = {
    options: options.filter((one) => !isRows(one)),
    rows,
    delivery: added(operation, 'delivery'),
  };
  const filled = (['options', 'rows', 'delivery'] as const).filter((name) => lists[name].length > 0);
  const all = [
    ...(operation.notice ? [notice(operation.notice)] : []),
    ...mainParameters(operation),
    ...readParameters(operation),
    inVersion(1, collection('options', filled)),
    ...filled.flatMap((name) =>
      (name === 'rows' ? rows.map((one) => besideFiles(one, operation)) : [collection(name, [name])]).map(
        (one) => inVersion(2, one),
      ),
    ),
  ];
  const show = { resource: [operation.resource], operation: [operation.name] };
  const parameters = all.map(({ displayOptions, ...one }) => {
    const own = displayOptions as { show: object } | undefined;
    return { ...one, displayOptions: { show: { ...show, ...own?.show } } } as Parameter;
  });
  return { parameters, lists };
}

/** What a person can add to one of the lists of a form: fields, and settings beside them. */
function added(operation: Operation, place: ListName): Parameter[] {
  const fields = operation.fields.filter((field) => field.place === place).map(parameter);
  const all = [...fields, ...settingParameters(operation, place)];
  return all.sort((a, b) => byName({ name: a.displayName }, { name: b.displayName }));
}

function inVersion(version: number, one: Parameter): Parameter {
  const { show } = (one.displayOptions ?? {}) as { show?: object };
  return { ...one, displayOptions: { show: { ...show, '@version': [version] } } };
}

/** Details of files show where there are files; n8n does not look into a collection for that. */
function besideFiles(one: Parameter, { fields }: Operation): Parameter {
  const files = fields.find(({ name, place }) => place === 'main' && one.name === `${name}Details`);
  return files ? { ...one, displayOptions: { show: { [files.name]: [{ _cnd: { not: '' } }] } } } : one;
}

/** Lists of rows: n8n drops one without rows from a collection as soon as another option is added. */
function isRows({ type }: Parameter): boolean {
  return type === 'fixedCollection';
}

function notice(sentence: string): Parameter {
  return { displayName: sentence, name: 'notice', type: 'notice', default: '' };
}

/** The lists of a form that people add to. */
type ListName = Exclude<Place, 'main'>;

const listTitles = {
  options: { displayName: 'Options', placeholder: 'Add option' },
  delivery: { displayName: 'Delivery', placeholder: 'Add delivery setting' },
};

/** @param contents the lists that it has, each written once in the file. */
function collection(name: ListName, contents: readonly (ListName | 'rows')[]): Parameter {
  return {
    displayName: listTitles[name].displayName,
    name,
    type: 'collection',
    placeholder: listTitles[name].placeholder,
    default: {},
    options: contents.map((list) => `...${list}`),
  };
}
