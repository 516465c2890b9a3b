import type { Operation, Simplification } from '../../shared/model';
import { fieldsOf } from './fields';
import type { Source } from './load';
import type { JsonSchema, OperationFile } from './schema';

/** The operation table: one entry for each operation file. */
export function operationTable(source: Source): Operation[] {
  return source.operations.map((file) => operation(file, source));
}

/** `sendMail.json` → `sendMail`. */
export function operationName(file: OperationFile): string {
  return file.$id.replace(/\.json$/, '');
}

function operation(file: OperationFile, source: Source): Operation {
  const simplified = simplifications(file, source);
  const secrets = secretsOf(file, source);
  return {
    name: operationName(file),
    title: file.title,
    description: file.description,
    ...file['x-operation'],
    ...(simplified.length && { simplified }),
    ...(secrets.length && { secrets }),
    fields: fieldsOf(file, source),
  };
}

/** What is simplified of an operation's result. */
function simplifications(file: OperationFile, source: Source): Simplification[] {
  const result = source.resolve(file.$defs.result ?? file.$defs.response, file);
  return simplifiedProperties(result.schema, (schema) => source.resolve(schema, result.file).schema);
}

/** Words that are written in capitals. */
const abbreviations = new Set(['smtp']);

/** What people read of a resource: `smtpUser` → `SMTP User`. */
export function resourceTitle(resource: string): string {
  return resource
    .split(/(?=[A-Z])/)
    .map((word) =>
      abbreviations.has(word) ? word.toUpperCase() : word.charAt(0).toUpperCase() + word.slice(1),
    )
    .join(' ');
}

/** The properties of an operation's response and result that are passwords or keys. */
function secretsOf(file: OperationFile, source: Source): string[] {
  const { response, result = response } = file.$defs;
  const all = [response, result].flatMap((schema) => {
    const { properties = {} } = source.resolve(schema, file).schema;
    return Object.entries(properties).flatMap(([name, one]) => (one['x-secret'] ? [name] : []));
  });
  return [...new Set(all)];
}

/** The properties of a schema that are annotated with `x-simplified`. */
export function simplifiedProperties(
  { properties = {} }: JsonSchema,
  resolve: (schema: JsonSchema) => JsonSchema,
): Simplification[] {
  return Object.entries(properties).flatMap(([property, schema]) => {
    const annotation = resolve(schema)['x-simplified'];
    return annotation ? [{ property, kind: annotation.kind, name: annotation.name ?? property }] : [];
  });
}

/** `envelopes.ts`: the properties of requests that only hold the others, so that no sentence names them. */
export function envelopesSource({ operations }: Source): string {
  const names = operations.flatMap(({ $defs }) =>
    Object.entries($defs.request.properties ?? {}).flatMap(([name, schema]) =>
      schema['x-envelope'] ? [name] : [],
    ),
  );
  return `/** The properties of requests that only hold the others, so that no sentence names them. */
export const envelopes: ReadonlySet<string> = new Set(${JSON.stringify([...new Set(names)])});
`;
}

/** `operations.ts`: the table as a literal. */
export function operationTableSource(table: Operation[]): string {
  const entries = table.map((entry) => `${entry.name}: ${JSON.stringify(entry, null, 2)},`);
  return `import type { Operation } from '../model';
import type { OperationName } from './types';

/** Every call of the service, by name. */
export const operations: { readonly [Name in OperationName]: Operation<Name> } = {
${entries.join('\n')}
};
`;
}
