import { readFile, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020';
import { base64, email } from './formats';
import fieldAnnotation from './field-annotation.schema.json';
import operationFile from './operation-file.schema.json';
import { fieldKinds, roles } from '../../shared/model';
import type { JsonSchema, OperationFile } from './schema';

/** The operation files of a folder, read and checked. */
export interface Source {
  common: JsonSchema;
  /** In the order of their titles, so that every output is the same wherever it is made. */
  operations: OperationFile[];
  /** What the service reports by webhook. */
  event: JsonSchema;
  /** Follows a `$ref` of `file`; what is beside the `$ref` wins over what it refers to. */
  resolve(schema: JsonSchema, file: JsonSchema): { schema: JsonSchema; file: JsonSchema };
}

/** An ajv that knows the operation files' formats and annotations. */
export function createAjv(options: ConstructorParameters<typeof Ajv2020>[0] = {}): Ajv2020 {
  const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, ...options });
  ajv.addFormat('email', email).addFormat('base64', base64);
  for (const annotation of ['x-expected', 'x-operation']) ajv.addKeyword(annotation);
  for (const mark of ['x-envelope', 'x-secret'])
    ajv.addKeyword({ keyword: mark, metaSchema: { const: true } });
  ajv.addKeyword({ keyword: 'x-simplified', metaSchema: simplified });
  ajv.addKeyword({ keyword: 'x-field', metaSchema: { anyOf: [false, 'one', 'list'].map(annotationForm) } });
  return ajv;
}

const simplified = {
  type: 'object',
  properties: {
    kind: { enum: ['plain', 'raw', 'time', 'date', 'yesNo', 'visits'] },
    name: { type: 'string' },
  },
  required: ['kind'],
  additionalProperties: false,
};

function annotationForm(form: unknown): object {
  if (form === false) return { const: false };
  const { $schema, $id, properties, ...rest } = fieldAnnotation;
  const one = {
    ...rest,
    properties: { ...properties, kind: { enum: Object.keys(fieldKinds) }, role: { enum: roles } },
  };
  return form === 'one' ? one : { type: 'array', items: one };
}

/**
 * Reads every operation file of a folder, and the schema of events beside it.
 * @throws Error that names the file and what is wrong with it.
 */
export async function load(folder: string): Promise<Source> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
  const files = await Promise.all(names.map((name) => readSchema(join(folder, name))));
  const event = await readSchema(join(folder, '../events/event.json'));
  check(files);
  checkEvent(event);
  const byId = new Map(files);
  const common = byId.get('common.json');
  if (!common) throw new Error(`${folder}: common.json is missing`);
  const operations = files
    .filter(([name]) => name !== 'common.json')
    .map(([, file]) => file as OperationFile);
  operations.sort((a, b) => (a.title < b.title ? -1 : 1));
  return { common, operations, event: event[1], resolve: (schema, file) => resolve(schema, file, byId) };
}

async function readSchema(path: string): Promise<[name: string, schema: JsonSchema]> {
  const name = basename(path);
  const text = await readFile(path, 'utf8');
  try {
    return [name, JSON.parse(text) as JsonSchema];
  } catch (error) {
    throw new Error(`${name}: is not JSON: ${(error as Error).message}`);
  }
}

function checkEvent([name, schema]: [string, JsonSchema]): void {
  const ajv = createAjv();
  if (schema.$id !== name) throw new Error(`${name}: "$id" must be "${name}"`);
  if (!ajv.validateSchema(schema)) throw new Error(`${name}: ${ajv.errorsText()}`);
}

function check(files: [string, JsonSchema][]): void {
  const ajv = createAjv();
  const isOperationFile = ajv.compile(operationFile);
  for (const [name, file] of files) {
    if (name !== 'common.json' && !isOperationFile(file)) {
      throw new Error(`${name}: ${ajv.errorsText(isOperationFile.errors, { dataVar: 'the file' })}`);
    }
    if (file.$id !== name) throw new Error(`${name}: "$id" must be "${name}"`);
    if (!ajv.validateSchema(file)) throw new Error(`${name}: ${ajv.errorsText()}`);
    ajv.addSchema(file);
  }
  // Only what is compiled has its annotations checked, and nothing in `$defs` is compiled alone.
  for (const [name, { $defs = {} }] of files)
    for (const definition of Object.keys($defs)) ajv.getSchema(`${name}#/$defs/${definition}`);
}

function resolve(
  schema: JsonSchema,
  file: JsonSchema,
  byId: Map<string, JsonSchema>,
): ReturnType<Source['resolve']> {
  if (schema.$ref === undefined) return { schema, file };
  const { $ref, ...beside } = schema;
  const [id, pointer = ''] = $ref.split('#');
  const home = id ? byId.get(id) : file;
  const target = pointer
    .split('/')
    .slice(1)
    .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], home);
  if (!home || target === undefined) throw new Error(`${String(file.$id)}: nothing stands at ${$ref}`);
  const found = resolve(target as JsonSchema, home, byId);
  return { schema: { ...found.schema, ...beside }, file: found.file };
}
