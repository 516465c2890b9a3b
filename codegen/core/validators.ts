import { fileURLToPath } from 'node:url';
import standaloneCode from 'ajv/dist/standalone';
import { _ } from 'ajv';
import { fullFormats } from 'ajv-formats/dist/formats';
import { build, type Plugin } from 'esbuild';
import { licences } from './licence';
import { createAjv, type Source } from '../model/load';
import { operationName } from '../model/operations';
import type { JsonSchema } from '../model/schema';

/** Folder that the bundled code resolves its imports from. */
const here = fileURLToPath(new URL('.', import.meta.url));

/** What a runtime part of ajv tells ajv of itself: a `require` in a string, of no use once it is bundled. */
const ajvSource = /^[ \t]*\w+\.code = ['"]require\(.*$/m;

/**
 * `validators.js`: ajv's standalone code for every request and response, bundled so that it needs nothing at run time.
 * Of a request all violations are found, because a person wants to hear of all of them, but of a list that is too long
 * only that; of a response the first will do, and a hostile one may have millions.
 */
export async function validatorsSource(source: Source): Promise<string> {
  const names = source.operations.map(operationName);
  const shared = (definition: string) => `common.json#/$defs/${definition}`;
  const pointers = (definition: string) =>
    Object.fromEntries(names.map((name) => [name, `${name}.json#/$defs/${definition}`]));
  const modules: Record<string, string> = {
    requests: standalone(source, { allErrors: true }, pointers('request'), sizeFirst),
    responses: standalone(source, {}, pointers('response')),
    common: standalone(
      source,
      {},
      {
        errorResponse: shared('errorResponse'),
        emailAddress: shared('emailAddress'),
        webhookEvent: 'event.json',
      },
    ),
  };
  const bundle = await build({
    stdin: {
      contents: `export * as requests from 'requests'; export * as responses from 'responses'; export * from 'common';`,
      resolveDir: here,
    },
    plugins: [modulesOf(modules), usedFormats],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['main'],
    legalComments: 'inline',
    banner: { js: await licences(['ajv', 'ajv-formats']) },
  });
  return bundle.outputFiles[0]!.text.replace(ajvSource, '');
}

/** ajv's code for schemas, as a module that exports a validator for each of them by its name. */
function standalone(
  source: Source,
  options: object,
  pointers: Record<string, string>,
  changed: (schema: JsonSchema) => JsonSchema = (schema) => schema,
): string {
  const ajv = createAjv({
    messages: false,
    ...options,
    code: { source: true, esm: true, lines: true, formats: _`require("../model/formats")` },
  });
  for (const file of [source.common, ...source.operations, source.event])
    ajv.addSchema(bare(file, changed) as JsonSchema);
  return standaloneCode(ajv, pointers);
}

/** Of ajv's formats the only one that ours are made with; the others would come along. */
const usedFormats: Plugin = {
  name: 'formats in use',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]ajv-formats[\\/]dist[\\/]formats\.js$/ }, () => ({
      contents: `export const fullFormats = { email: ${String(fullFormats.email)} };`,
    }));
  },
};

/** Gives esbuild modules that are texts. */
function modulesOf(texts: Record<string, string>): Plugin {
  return {
    name: 'validators',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^\w+$/ }, ({ path }) => (texts[path] ? { path, namespace: 'text' } : undefined));
      onLoad({ filter: /^/, namespace: 'text' }, ({ path }) => ({
        contents: texts[path] ?? '',
        resolveDir: here,
        loader: 'js',
      }));
    },
  };
}

/**
 * A schema that looks at the entries of a list or an object only where there are not too many: each of them may have
 * violations of its own.
 */
function sizeFirst(schema: JsonSchema): JsonSchema {
  const { maxItems, maxProperties, ...rest } = schema;
  const size = {
    ...(maxItems !== undefined && { maxItems }),
    ...(maxProperties !== undefined && { maxProperties }),
  };
  return Object.keys(size).length > 0 ? { if: size, then: rest, else: size } : schema;
}

/** A schema without what is only for people and forms; ajv would carry it into the validators. */
function bare(schema: unknown, changed: (schema: JsonSchema) => JsonSchema): unknown {
  if (Array.isArray(schema)) return schema.map((one) => bare(one, changed));
  if (typeof schema !== 'object' || schema === null) return schema;
  const isText = ([key, value]: [string, unknown]) =>
    key.startsWith('x-') ||
    (['title', 'description'].includes(key) && typeof value === 'string') ||
    (key === 'examples' && Array.isArray(value));
  const kept = Object.entries(schema).filter((entry) => !isText(entry));
  return changed(Object.fromEntries(kept.map(([key, value]) => [key, bare(value, changed)])));
}

/** `validators.d.ts`. */
export const validatorsTypes = `import type { WebhookEvent } from './events';
import type { ErrorResponse, OperationName, Operations } from './types';

/** What ajv says of a value that does not fit, see https://ajv.js.org/api.html#validation-errors. */
export interface SchemaViolation {
  instancePath: string;
  schemaPath: string;
  keyword: string;
  params: Record<string, unknown>;
  propertyName?: string;
}

export interface Validator<T> {
  (value: unknown): value is T;
  errors?: SchemaViolation[] | null;
}

export const errorResponse: Validator<ErrorResponse>;
export const emailAddress: Validator<string>;
export const webhookEvent: Validator<WebhookEvent>;
export const requests: { readonly [Name in OperationName]: Validator<Operations[Name]['request']> };
export const responses: { readonly [Name in OperationName]: Validator<Operations[Name]['response']> };
`;

/** `expected.ts`: what to say where a pattern or a format does not fit, from the \`x-expected\` annotations. */
export function expectedSource(source: Source): string {
  const expected = expectations(source);
  return `/** What a value must be, by the pattern or the format that it does not fit. */
export const expected: Readonly<Record<string, string>> = ${JSON.stringify(Object.fromEntries(expected), null, 2)};
`;
}

/** What values must be, by the pattern or the format that they may not fit. */
export function expectations(source: Source): Map<string, string> {
  const expected = new Map<string, string>();
  for (const file of [source.common, ...source.operations]) gather(file, expected, String(file.$id));
  return expected;
}

function gather(schema: JsonSchema, expected: Map<string, string>, file: string): void {
  const key = schema.pattern ?? schema.format;
  if (typeof key === 'string') {
    const sentence = schema['x-expected'];
    if (!sentence) throw new Error(`${file}: the pattern or format ${key} needs an "x-expected" beside it`);
    if ((expected.get(key) ?? sentence) !== sentence) {
      throw new Error(`${file}: ${key} has two different "x-expected"; let both refer to one $def`);
    }
    expected.set(key, sentence);
  }
  for (const value of Object.values(schema)) {
    for (const item of [value].flat()) {
      if (typeof item === 'object' && item !== null) gather(item as JsonSchema, expected, file);
    }
  }
}
