import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Operation } from '../../shared/model';
import type { Validator } from '../../shared/generated/validators';

/** The parts of JSON Schema that a sample value is made from. */
interface Schema {
  $ref?: string;
  $defs?: Record<string, Schema>;
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  default?: unknown;
  examples?: unknown[];
  minimum?: number;
  properties?: Record<string, Schema>;
  items?: Schema;
  minItems?: number;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
}

/** A schema, and the file that its local references start from. */
interface Located {
  schema: Schema;
  file: string;
}

const folder = fileURLToPath(new URL('../../shared/operations/', import.meta.url));
const documents = new Map<string, Schema>();

function load(file: string): Schema {
  const loaded = documents.get(file) ?? (JSON.parse(readFileSync(folder + file, 'utf8')) as Schema);
  documents.set(file, loaded);
  return loaded;
}

function resolve({ schema, file }: Located): Located {
  if (schema.$ref === undefined) return { schema, file };
  const [name, pointer = ''] = schema.$ref.split('#');
  const target = name || file;
  const found = load(target).$defs?.[pointer.replace('/$defs/', '')];
  if (!found) throw new Error(`The reference ${schema.$ref} in ${file} leads nowhere`);
  return resolve({ schema: found, file: target });
}

function part(operation: Operation, name: 'request' | 'response'): Located {
  const file = `${operation.name}.json`;
  return resolve({ schema: { $ref: `#/$defs/${name}` }, file });
}

/**
 * A reply that an operation's file allows, made from its examples.
 * @throws Error when the examples make none that the generated validator accepts.
 */
export function sampleResponse(operation: Operation, validator: Validator<unknown>): object {
  const sample = sampleOf(part(operation, 'response'));
  if (typeof sample !== 'object' || sample === null || !validator(sample)) {
    throw new Error(
      `The reply in ${operation.name}.json needs examples from which a valid reply can be made`,
    );
  }
  return sample;
}

function sampleOf(located: Located): unknown {
  const { schema, file } = resolve(located);
  if (schema.const !== undefined) return schema.const;
  const given = schema.examples?.[0] ?? schema.default ?? schema.enum?.[0];
  if (given !== undefined) return given;
  const alternative = schema.allOf?.[0] ?? schema.anyOf?.[0] ?? schema.oneOf?.[0];
  if (alternative && !schema.properties) return sampleOf({ schema: alternative, file });
  switch ([schema.type].flat()[0]) {
    case 'array':
      return schema.items ? [sampleOf({ schema: schema.items, file })] : [];
    case 'integer':
    case 'number':
      return schema.minimum ?? 0;
    case 'boolean':
      return false;
    case 'null':
      return null;
    case 'string':
      return '';
    default:
      return Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([name, one]) => [name, sampleOf({ schema: one, file })]),
      );
  }
}

/** The request that a query stands for: `outer[inner]=value` is nested, numbers and switches are read. */
export function fromQuery(operation: Operation, query: URLSearchParams): Record<string, unknown> {
  const { schema, file } = part(operation, 'request');
  const request = new Map<string, unknown>();
  const properties = new Map(Object.entries(schema.properties ?? {}));
  const nested = new Map<string, Map<string, string>>();
  for (const [name, value] of query) {
    const [, outer, inner] = /^([^[\]]+)\[([^\]]*)\]$/.exec(name) ?? [];
    if (outer === undefined || inner === undefined) {
      const property = properties.get(name);
      request.set(name, property ? read(value, resolve({ schema: property, file }).schema) : value);
    } else nested.set(outer, (nested.get(outer) ?? new Map<string, string>()).set(inner, value));
  }
  for (const [outer, values] of nested) request.set(outer, Object.fromEntries(values));
  return Object.fromEntries(request);
}

function read(value: string, { type }: Schema): unknown {
  const types = [type].flat();
  if ((types.includes('integer') || types.includes('number')) && value.trim() !== '') {
    const number = Number(value);
    return Number.isNaN(number) ? value : number;
  }
  if (types.includes('boolean') && (value === 'true' || value === 'false')) return value === 'true';
  return value;
}
