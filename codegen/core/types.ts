import { compile, type JSONSchema } from 'json-schema-to-typescript';
import { operationName } from '../model/operations';
import { givesList } from '../../shared/model';
import type { Source } from '../model/load';
import type { JsonSchema, OperationFile } from '../model/schema';

/** `types.ts`: the types of every request, response and result, and the table of them by operation name. */
export async function typesSource(source: Source): Promise<string> {
  const $defs: Record<string, JsonSchema> = {};
  const names = source.operations.map(operationName);
  for (const file of [source.common, ...source.operations]) {
    const prefix =
      file === source.common ? '' : pascalCase(operationName({ ...source.operations[0]!, $id: file.$id! }));
    for (const [name, schema] of Object.entries(file.$defs ?? {})) {
      $defs[prefix + pascalCase(name)] = rewrite(schema, prefix) as JsonSchema;
    }
  }
  const root = {
    type: 'object',
    additionalProperties: false,
    required: names,
    properties: Object.fromEntries(
      source.operations.map((file) => [operationName(file), entry(file, $defs)]),
    ),
    $defs,
  };
  const types = await compile(root as JSONSchema, 'Operations', {
    bannerComment: '',
    format: false,
    unknownAny: true,
    unreachableDefinitions: true,
    ignoreMinAndMaxItems: true,
    additionalProperties: true,
  });
  return `${types}
export type OperationName = keyof Operations;
`;
}

/** The types of one operation; the result of one that lists records is the list of them. */
function entry(file: OperationFile, $defs: Record<string, JsonSchema>): JsonSchema {
  const prefix = pascalCase(operationName(file));
  const result = { $ref: `#/$defs/${prefix}${`${prefix}Result` in $defs ? 'Result' : 'Response'}` };
  return {
    type: 'object',
    additionalProperties: false,
    required: ['request', 'response', 'result'],
    properties: {
      request: { $ref: `#/$defs/${prefix}Request` },
      response: { $ref: `#/$defs/${prefix}Response` },
      result: givesList(file['x-operation']) ? { type: 'array', items: result } : result,
    },
  };
}

/** Points every `$ref` at the one root, and drops the titles, which are for forms and would name types. */
function rewrite(value: unknown, prefix: string): unknown {
  if (Array.isArray(value)) return value.map((item) => rewrite(item, prefix));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, item]) => !(key === 'title' && typeof item === 'string'))
      .filter(([key]) => !key.startsWith('x-') && key !== 'examples' && key !== 'anyOf')
      .map(([key, item]) => [key, key === '$ref' ? target(String(item), prefix) : rewrite(item, prefix)]),
  );
}

function target(ref: string, prefix: string): string {
  const [file, pointer = ''] = ref.split('#');
  const name = pascalCase(pointer.replace('/$defs/', ''));
  return `#/$defs/${file === 'common.json' ? '' : prefix}${name}`;
}

function pascalCase(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
