import { givesList, type Field, type Operation } from '../../shared/model';

/** A node of the palette: that of one operation, or of several, of which its form chooses one. */
export interface NodeType {
  type: string;
  icon: string;
  title: string;
  operations: readonly Operation[];
  /** The fields of its operations, each name once. */
  fields: readonly Field[];
}

/** The nodes that the operation files name, each with its operations. */
export function nodeTypes(table: readonly Operation[]): NodeType[] {
  const groups = grouped(table, ({ hosts }) => hosts.nodeRed.type);
  return [...groups].map(([type, operations]) => {
    const [first] = operations as [Operation];
    const { icon = 'sendclean.svg' } = first.hosts.nodeRed;
    const title = operations.length > 1 ? titleOf(type) : first.title;
    return { type, icon, title, operations, fields: fieldsOf(type, operations) };
  });
}

/** Operations by what they have in common, in their order. */
export function grouped(
  operations: readonly Operation[],
  keyOf: (operation: Operation) => string,
): Map<string, Operation[]> {
  const groups = new Map<string, Operation[]>();
  for (const operation of operations) {
    const key = keyOf(operation);
    groups.set(key, [...(groups.get(key) ?? []), operation]);
  }
  return groups;
}

/** Whether the form of a node chooses between operations. */
export function isShared({ operations }: Pick<NodeType, 'operations'>): boolean {
  return operations.length > 1;
}

/** `sendclean-manage` → `Manage`. */
function titleOf(type: string): string {
  const word = type.replace(/^sendclean-/, '').replaceAll('-', ' ');
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** @throws Error for two fields of one name that cannot share a row of the form. */
function fieldsOf(type: string, operations: readonly Operation[]): Field[] {
  const fields = new Map<string, Field>();
  for (const { name: operation, fields: own } of operations)
    for (const field of own) {
      const known = fields.get(field.name) ?? field;
      if (known.kind !== field.kind || known.title !== field.title)
        throw new Error(
          `${operation}: ${field.name} differs from that of another operation of ${type} in kind or title`,
        );
      fields.set(field.name, { ...known, ...(field.choicesFrom && { choicesFrom: field.choicesFrom }) });
    }
  return [...fields.values()];
}

/** What a form has beside the fields: settings of what an operation gives. */
export const outcomes: readonly [setting: string, has: (operation: Operation) => boolean][] = [
  ['limit', ({ paged }) => paged !== undefined],
  ['simplify', ({ simplified }) => simplified !== undefined],
  ['includeSecrets', ({ effect, secrets }) => effect === 'read' && secrets !== undefined],
  ['nothingFound', ({ paged }) => paged !== undefined],
  ['output', givesList],
];

/** Whether the form of a node has a setting of the outcome. */
export function hasOutcome({ operations }: NodeType, setting: string): boolean {
  return outcomes.some(([name, has]) => name === setting && operations.some(has));
}

/** Names of the operations of a node that have a field, or a setting of the outcome. */
export function operationsWith({ operations }: NodeType, name: string): string[] {
  const has = outcomes.find(([setting]) => setting === name)?.[1];
  return operations
    .filter((operation) => has?.(operation) ?? operation.fields.some((field) => field.name === name))
    .map((operation) => operation.name);
}
