import type { INode } from 'n8n-workflow';
import { settings as catalogue, type Setting } from '../../shared/form/settings';
import { operations } from '../../shared/generated/operations';
import type { Operation } from '../../shared/model';

/** The version of the node that a person adds. */
export const newestVersion = 2;

/** What the form has under Delivery. */
const deliveryNames = new Set<string>(
  [
    ...Object.values<Operation>(operations).flatMap(({ fields }) => fields),
    ...Object.entries<Setting>(catalogue).map(([name, { place = 'delivery' }]) => ({ name, place })),
  ].flatMap(({ name, place }) => (place === 'delivery' ? [name] : [])),
);

/** What the form has as lists of rows beside its options. */
const rowNames = /Details$|^customHeaders$/;

/** Parameters whose options are in the list that the newest version of the form has them in. */
export function inLists(parameters: INode['parameters']): INode['parameters'] {
  const { options, ...others } = parameters;
  if (typeof options !== 'object' || options === null || 'delivery' in others) return parameters;
  const entries = Object.entries(options);
  const listOf = (name: string) =>
    deliveryNames.has(name) ? 'delivery' : rowNames.test(name) ? 'rows' : 'options';
  const inList = (list: ReturnType<typeof listOf>) =>
    Object.fromEntries(entries.filter(([name]) => listOf(name) === list));
  const lists = { options: inList('options'), delivery: inList('delivery') };
  return { ...others, ...inList('rows'), ...lists } as INode['parameters'];
}
