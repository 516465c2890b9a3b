import type { GeneratedFile, Output } from '../output';
import { settings, type SettingName } from '../../shared/form/settings';
import { fieldWith, type Operation } from '../../shared/model';
import type { Parameter } from './fields';
import { outputSchema } from './outputSchema';
import { emailOperation, sendAndWait, sendAndWaitForm } from './sendAndWait';
import { trigger } from './trigger';
import { operationForm, selectors, type OperationForm } from './properties';

const folder = 'nodes/SendClean';

/** Of the node; n8n looks for previews in a folder for each. */
const versions = [1, 2];

/** What the n8n node shows: its parameters as literals, and a preview of each operation's output. */
export const n8nOutput: Output = {
  places: [{ folder: 'nodes', isGenerated: (path) => path.includes('.gen.') || path.includes('__schema__') }],
  files: (table, source) => [
    [`${folder}/description/properties.gen.ts`, properties(table)],
    ...forms(table.map((operation) => [operation.name, operationForm(operation)])),
    ...waiting(table),
    ...trigger(table, source),
    ...versions.flatMap((version) =>
      source.operations.map(
        (file): GeneratedFile => [
          `${folder}/__schema__/v${version}.0.0/${file['x-operation'].resource}/${file.$id}`,
          outputSchema(file, source),
        ],
      ),
    ),
  ],
};

/** The form of the operation that n8n has besides. */
function waiting(table: Operation[]): GeneratedFile[] {
  const operation = emailOperation(table);
  if (!operation) return [];
  const form = list(sendAndWait.name, sendAndWaitForm(operation));
  return [
    [
      `${folder}/description/${sendAndWait.name}.gen.ts`,
      `import type { INodeProperties } from 'n8n-workflow';\n\n${form}`,
    ],
  ];
}

function properties(table: Operation[]): string {
  const names = [...table.map(({ name }) => name), ...(emailOperation(table) ? [sendAndWait.name] : [])];
  const imports = names.map((name) => `import { ${name} } from './${name}.gen';`);
  return `import type { INodeProperties, NodeHint } from 'n8n-workflow';
${imports.join('\n')}

${list('selectors', selectors(table))}
/** What the node will do, under its name on the canvas. */
export const subtitle = ${JSON.stringify(subtitle(table))};

${nodeHints(table)}
/** The operations whose lists fields are chosen from. */
export const lists: readonly string[] = ${JSON.stringify(listsOf(table))};

/** The form of the node. */
export const properties: INodeProperties[] = [...selectors, ${names.map((name) => `...${name}`).join(', ')}];
`;
}

/** An expression that n8n evaluates for the operation that is chosen. */
function subtitle(table: Operation[]): string {
  const actions = Object.fromEntries([...table, sendAndWait].map(({ name, action }) => [name, action]));
  return `={{ (${JSON.stringify(actions)})[$parameter["operation"]] + (${isOn('validateOnly')} ? " (${settings.validateOnly.title})" : "") }}`;
}

/** The forms of all operations, and a file of the lists that several of them have. */
function forms(all: readonly [name: string, form: OperationForm][]): GeneratedFile[] {
  const written = all.flatMap(([, { lists }]) => Object.values(lists).map((list) => JSON.stringify(list)));
  const several = written.filter((text, index) => text !== '[]' && written.indexOf(text) !== index);
  const shared = new Map([...new Set(several)].map((text, index) => [text, `list${index + 1}`]));
  const constants = [...shared].map(([text, name]) => `export const ${name}: INodeProperties[] = ${text};`);
  return [
    [`${folder}/description/lists.gen.ts`, [typeImport, ...constants].join('\n\n')],
    ...all.map(
      ([name, own]): GeneratedFile => [`${folder}/description/${name}.gen.ts`, form(name, own, shared)],
    ),
  ];
}

const typeImport = "import type { INodeProperties } from 'n8n-workflow';";

/**
 * A form whose lists are written once, as both versions of the node have them.
 * @param shared the names of lists that other operations have as well, by their texts.
 */
function form(
  name: string,
  { parameters: all, lists }: OperationForm,
  shared: ReadonlyMap<string, string>,
): string {
  const used = Object.entries(lists).filter(([, own]) => own.length > 0);
  const imports: string[] = [];
  const constants: string[] = [];
  for (const [listName, own] of used) {
    const text = JSON.stringify(own);
    const common = shared.get(text);
    if (common) imports.push(`${common} as ${listName}`);
    else constants.push(`const ${listName}: INodeProperties[] = ${text};`);
  }
  const lead =
    imports.length > 0 ? [typeImport, `import { ${imports.join(', ')} } from './lists.gen';`] : [typeImport];
  const parts = [lead.join('\n'), ...constants, list(name, all)];
  return parts.join('\n\n').replaceAll(/"(\.\.\.(?:options|rows|delivery))"/g, '$1');
}

/** Whether a setting is on, in an expression; version 1 of the node has it among the options. */
function isOn(name: SettingName): string {
  return `($parameter["delivery"] || $parameter["options"] || {})["${name}"] === true`;
}

function listsOf(table: Operation[]): string[] {
  const fields = table.flatMap((operation) => operation.fields);
  return [...new Set(fields.flatMap(({ choicesFrom }) => choicesFrom?.operation ?? []))].sort();
}

/** What the form says before the node runs, where its settings do not do what one may think. */
function nodeHints(table: Operation[]): string {
  const ids = table.filter(({ effect }) => effect === 'send').map((one) => fieldWith(one, 'uniqueId')?.name);
  const [id] = new Set(ids.filter((name) => name !== undefined));
  const { validateOnly, skipSent } = settings;
  const hints = [
    {
      type: 'warning',
      message: `${validateOnly.title} is on: nothing is sent`,
      displayCondition: `={{ ${isOn('validateOnly')} }}`,
      whenToDisplay: 'always',
      location: 'ndv',
    },
    {
      type: 'warning',
      message: `${skipSent.title} needs an X-Unique-ID of your own for each email: add it to the options`,
      displayCondition: `={{ ${isOn('skipSent')} && !($parameter["options"] || {})["${id}"] }}`,
      whenToDisplay: 'beforeExecution',
      location: 'ndv',
    },
  ];
  return `/** What the form says before the node runs. */\nexport const hints: NodeHint[] = ${JSON.stringify(hints)};\n`;
}

function list(name: string, all: readonly Parameter[]): string {
  return `export const ${name}: INodeProperties[] = ${JSON.stringify(all, null, 2)};\n`;
}
