import type { Operation } from '../../shared/model';
import { mainParameters } from './extras';
import { byName, parameter, sentence, type Parameter } from './fields';
import { readParameters, settingParameters } from './settings';

/** The selectors of resource and operation. */
export function selectors(table: Operation[]): Parameter[] {
  const resources = [...new Set(table.map(({ resource }) => resource))];
  const preferred = resources.find((one) => table.filter(({ resource }) => resource === one).length > 1);
  return [
    {
      displayName: 'Resource',
      name: 'resource',
      ...selector,
      options: resources.map((value) => ({ name: capitalize(value), value })).sort(byName),
      default: preferred ?? resources[0],
    },
    ...resources.map((resource) => operationSelector(resource, table)),
  ];
}

const selector = { type: 'options', noDataExpression: true };

function operationSelector(resource: string, table: Operation[]): Parameter {
  const operations = table.filter((operation) => operation.resource === resource);
  const options = operations.map(({ name, title, action, description }) => ({
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
    options: options.sort(byName),
    default: (operations.find(({ effect }) => effect === 'send') ?? operations[0])?.name,
  };
}

/** The form of one operation: its notice, what always shows, and the options. */
export function operationParameters(operation: Operation): Parameter[] {
  const fields = operation.fields.filter(({ place }) => place === 'options').map(parameter);
  const options = [...fields, ...settingParameters(operation)];
  const all = [
    ...(operation.notice ? [notice(operation.notice)] : []),
    ...mainParameters(operation),
    ...readParameters(operation),
    ...(options.length ? [collection(options)] : []),
  ];
  const show = { resource: [operation.resource], operation: [operation.name] };
  return all.map(({ displayOptions, ...one }) => {
    const own = displayOptions as { show: object } | undefined;
    return { ...one, displayOptions: { show: { ...show, ...own?.show } } } as Parameter;
  });
}

function notice(sentence: string): Parameter {
  return { displayName: sentence, name: 'notice', type: 'notice', default: '' };
}

function collection(options: Parameter[]): Parameter {
  return {
    displayName: 'Options',
    name: 'options',
    type: 'collection',
    placeholder: 'Add option',
    default: {},
    options: options.sort((a, b) => byName({ name: a.displayName }, { name: b.displayName })),
  };
}

function capitalize(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
