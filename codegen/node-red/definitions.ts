import type { Field, Operation } from '../../shared/model';
import { limitInput, toInput, type Input } from './fields';

/** Settings that every node of Node-RED has, or that ours have besides their fields. */
const reserved = new Set(
  'id type x y z d g l wires info env name account version limit simplify nothingFound output result inputs outputs label credentials'.split(
    ' ',
  ),
);

/** Of the settings that the editor stores; see `node-red/src/migrations.ts`. */
export const storedVersion = 1;

/**
 * The definition of an operation's node in the editor. It is written in literals, as Node-RED's own tools read it.
 * @throws Error for a field whose name means something else to Node-RED.
 */
export function definition(operation: Operation): string {
  const clash = operation.fields.find(({ name }) => reserved.has(name));
  if (clash)
    throw new Error(
      `${operation.name}: Node-RED uses the name "${clash.name}" itself; give the field another`,
    );
  const { type, icon = 'sendclean.svg' } = operation.hosts.nodeRed;
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
${[...operation.fields.map(fieldDefaults), ...(operation.paged ? [defaults(limitInput, 'false')] : []), ...outcome(operation)].join('\n')}
    },
    label() {
      return this.name || summary(this, [${labels(operation).map(literal).join(', ')}]);
    },
    labelStyle() {
      return this.name ? 'red-ui-flow-node-label-italic' : '';
    },
    oneditprepare() {
      prepareForm(this);
    },
  });`;
}

/** The names of the fields that tell a node from others of its type, the best one first. */
function labels({ fields }: Operation): string[] {
  const rank = ({ hosts }: Field) => hosts?.nodeRed?.label ?? 0;
  const labelled = fields.filter((field) => rank(field) > 0);
  return labelled.sort((a, b) => rank(a) - rank(b)).map(({ name }) => name);
}

/** How the result goes on, see `src/results.ts`. */
function outcome({ simplified, paged }: Operation): string[] {
  return [
    ...(simplified ? ['      simplify: { value: true },'] : []),
    ...(paged ? ["      nothingFound: { value: 'nothing' },", "      output: { value: 'list' },"] : []),
    "      result: { value: 'payload', validate: validResult },",
  ];
}

/** The kind of a field tells the rows of its list. */
function fieldDefaults(field: Field): string {
  const hasList = toInput(field).types.some((type) => typeof type === 'object' && 'list' in type);
  return defaults(toInput(field), `${field.required}${hasList ? `, '${field.kind}'` : ''}`);
}

function defaults({ name, value, type }: Input, checks: string): string {
  return `      ${name}: { value: ${literal(value)}, validate: validator('${name}', ${checks}) },
      ${name}Type: { value: ${literal(type)} },`;
}

function literal(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
