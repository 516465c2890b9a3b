import type { GeneratedFile, Output } from '../output';
import type { Operation } from '../../shared/model';
import type { Parameter } from './fields';
import { outputSchema } from './outputSchema';
import { operationParameters, selectors } from './properties';

const folder = 'nodes/SendClean';

/** What the n8n node shows: its parameters as literals, and a preview of each operation's output. */
export const n8nOutput: Output = {
  places: [{ folder: 'nodes', isGenerated: (path) => path.includes('.gen.') || path.includes('__schema__') }],
  files: (table, source) => [
    [`${folder}/description/properties.gen.ts`, properties(table)],
    ...table.map(
      (operation): GeneratedFile => [
        `${folder}/description/${operation.name}.gen.ts`,
        parameters(operation.name, operationParameters(operation)),
      ],
    ),
    ...source.operations.map(
      (file): GeneratedFile => [
        `${folder}/__schema__/v1.0.0/${file['x-operation'].resource}/${file.$id}`,
        outputSchema(file, source),
      ],
    ),
  ],
};

function properties(table: Operation[]): string {
  const imports = table.map(({ name }) => `import { ${name} } from './${name}.gen';`);
  return `${imports.join('\n')}
${parameters('selectors', selectors(table))}
/** What the node will do, under its name on the canvas. */
export const subtitle = ${JSON.stringify(subtitle(table))};

/** The form of the node. */
export const properties: INodeProperties[] = [...selectors, ${table.map(({ name }) => `...${name}`).join(', ')}];
`;
}

/** An expression that n8n evaluates for the operation that is chosen. */
function subtitle(table: Operation[]): string {
  const actions = Object.fromEntries(table.map(({ name, action }) => [name, action]));
  return `={{ (${JSON.stringify(actions)})[$parameter["operation"]] }}`;
}

function parameters(name: string, list: Parameter[]): string {
  return `import type { INodeProperties } from 'n8n-workflow';

export const ${name}: INodeProperties[] = ${JSON.stringify(list, null, 2)};
`;
}
