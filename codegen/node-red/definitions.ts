import type { Field, Operation } from '../../shared/model';
import { limitInput, toInput, type Input } from './fields';
import { hasOutcome, isShared, type NodeType } from './nodeTypes';

/** Settings that every node of Node-RED has, or that ours have besides their fields. */
const reserved = new Set(
  'id type x y z d g l wires info env name account version operation limit simplify includeSecrets nothingFound output result inputs outputs label credentials'.split(
    ' ',
  ),
);

/** Of the settings that the editor stores; see `node-red/src/migrations.ts`. */
export const storedVersion = 1;

/**
 * The definition of a node in the editor. It is written in literals, as Node-RED's own tools read it.
 * @throws Error for a field whose name means something else to Node-RED.
 */
export function definition(node: NodeType): string {
  const { type, icon, fields } = node;
  const clash = fields.find(({ name }) => reserved.has(name));
  if (clash)
    throw new Error(`${type}: Node-RED uses the name "${clash.name}" itself; give the field another`);
  return `  RED.nodes.registerType('${type}', {
    category: 'SendClean',
    color: '#8ab8f0',
    icon: '${icon}',
    align: 'right',
    inputs: 1,
    outputs: 1,
    paletteLabel() {
      return this._('${type}.title');
    },
    defaults: {
      name: { value: '' },
      version: { value: ${storedVersion} },
      account: { value: '', type: 'sendclean-account', required: true },
${[...chosen(node), ...fields.map((field) => fieldDefaults(field, node)), ...outcome(node)].join('\n')}
    },
    label() {
      return this.name || summary(this, [${labels(node).map(literal).join(', ')}]);
    },
    labelStyle() {
      return this.name ? 'red-ui-flow-node-label-italic' : '';
    },
    oneditprepare() {
      prepareForm(this);
    },
  });`;
}

/** The operation of a node that has several: the first read of a new node, or none for that of the message. */
function chosen(node: NodeType): string[] {
  if (!isShared(node)) return [];
  const first = node.operations.find(({ effect }) => effect === 'read');
  return [`      operation: { value: ${literal(first?.name ?? '')} },`];
}

/** The names of the fields that tell a node from others of its type, the best one first. */
function labels({ fields }: NodeType): string[] {
  const rank = ({ hosts }: Field) => hosts?.nodeRed?.label ?? 0;
  const labelled = fields.filter((field) => rank(field) > 0);
  return labelled.sort((a, b) => rank(a) - rank(b)).map(({ name }) => name);
}

/** How the result goes on, see `src/results.ts`. */
function outcome(node: NodeType): string[] {
  return [
    ...(hasOutcome(node, 'limit') ? [defaults(limitInput, 'false')] : []),
    ...(hasOutcome(node, 'simplify') ? ['      simplify: { value: true },'] : []),
    ...(hasOutcome(node, 'includeSecrets') ? ['      includeSecrets: { value: false },'] : []),
    ...(hasOutcome(node, 'nothingFound') ? ["      nothingFound: { value: 'nothing' },"] : []),
    ...(hasOutcome(node, 'output') ? ["      output: { value: 'list' },"] : []),
    "      result: { value: 'payload', validate: validResult },",
  ];
}

/** The kind of a field tells the rows of its list. */
function fieldDefaults(field: Field, node: NodeType): string {
  const hasList = toInput(field).types.some((type) => typeof type === 'object' && 'list' in type);
  return defaults(toInput(field), `${requirement(field, node)}${hasList ? `, '${field.kind}'` : ''}`);
}

/** Whether a field is required; in a node of several operations, by the names of those that have it. */
function requirement({ name, required }: Field, node: NodeType): string {
  if (!isShared(node)) return String(required);
  const entries = node.operations.flatMap((operation: Operation) => {
    const own = operation.fields.find((field) => field.name === name);
    return own ? [`${operation.name}: ${own.required}`] : [];
  });
  return `{ ${entries.join(', ')} }`;
}

function defaults({ name, value, type }: Input, checks: string): string {
  return `      ${name}: { value: ${literal(value)}, validate: validator('${name}', ${checks}) },
      ${name}Type: { value: ${literal(type)} },`;
}

function literal(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
