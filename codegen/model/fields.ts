import { places, type Choice, type Field, type FieldKind } from '../../shared/model';
import type { Source } from './load';
import type { FieldAnnotation, JsonSchema, OperationFile } from './schema';

/** A property of a request that a form may show, with where it stands. */
interface Place {
  schema: JsonSchema;
  file: JsonSchema;
  path: string[];
  required: boolean;
}

/**
 * The fields of an operation's form, in the order of the request's properties, those that are always shown
 * first.
 * @throws Error naming the file and the property that cannot be shown.
 */
export function fieldsOf(operation: OperationFile, source: Source): Field[] {
  const fields: Field[] = [];
  const root = { schema: operation.$defs.request, file: operation, path: [], required: true };
  collect(root, source, fields);
  const names = fields.map((field) => field.name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice)
    throw new Error(`${operation.$id}: two fields are named ${twice}; give one another x-field.name`);
  for (const { name, nameField = [], instead = {} } of fields) {
    const unknown = [nameField, Object.values(instead)].flat().find((one) => !names.includes(one));
    if (unknown) throw new Error(`${operation.$id}: ${name} refers to ${unknown}, which is no field`);
  }
  for (const { name, choicesFrom } of fields) {
    const list = source.operations.find(({ $id }) => $id === `${choicesFrom?.operation}.json`);
    if (choicesFrom && list?.['x-operation'].list === undefined)
      throw new Error(`${operation.$id}: ${name} refers to ${choicesFrom.operation}, which lists nothing`);
  }
  return fields.sort((a, b) => places.indexOf(a.place) - places.indexOf(b.place));
}

function collect(place: Place, source: Source, fields: Field[]): void {
  const { schema, file } = source.resolve(place.schema, place.file);
  const annotation = schema['x-field'];
  if (annotation === false) return;
  if (schema.properties) {
    for (const [name, property] of Object.entries(schema.properties)) {
      const required = place.required && (schema.required?.includes(name) ?? false);
      collect({ schema: property, file, path: [...place.path, name], required }, source, fields);
    }
    if (!annotation) return;
  }
  for (const one of [annotation ?? {}].flat()) fields.push(field({ ...place, schema, file }, one));
}

function field({ schema, file, path, required }: Place, annotation: FieldAnnotation): Field {
  const property = path.at(-1) ?? '';
  const title = annotation.title ?? schema.title;
  const description = annotation.description ?? schema.description;
  if (!title || !description)
    throw new Error(`${String(file.$id)}: ${path.join('.')} needs a title and a description`);
  const kind = annotation.kind ?? kindOf(schema, `${String(file.$id)}: ${path.join('.')}`);
  const example = schema.examples?.find((value) => typeof value !== 'object');
  const placeholder = annotation.placeholder ?? (example === undefined ? undefined : String(example));
  const { recipientType, role, hosts, account, plainText, nameField, instead, leftOut } = annotation;
  const { choicesFrom } = annotation;
  const choices = choicesOf(kind, schema, annotation);
  return {
    name: annotation.name ?? camelCase(property),
    path,
    kind,
    // n8n's rules ask for “ID” wherever people read it, and both hosts show the same label.
    title: title.replace(/\bId\b/g, 'ID'),
    description,
    ...(placeholder && { placeholder }),
    required: annotation.required ?? (required && !account && kind !== 'recipients'),
    place: annotation.place ?? 'main',
    ...(choices && { choices }),
    ...(choicesFrom && { choicesFrom }),
    ...(recipientType && { recipientType }),
    ...(recipientType && required && { isOneRequired: true }),
    ...(nameField && { nameField }),
    ...(instead && { instead }),
    ...(leftOut && { leftOut }),
    ...(role && { role }),
    ...(hosts && { hosts }),
    ...(account && { account }),
    ...(plainText && { plainText }),
  };
}

/** The kind that a property without an annotated one is shown as. */
function kindOf(schema: JsonSchema, where: string): FieldKind {
  if (schema.enum) return schema.enum.join() === 'yes,no' ? 'switch' : 'choice';
  switch (schema.type) {
    case 'string':
      return 'text';
    case 'integer':
    case 'number':
      return 'number';
    case 'boolean':
      return 'boolean';
    default:
      throw new Error(
        `${where} has no obvious form field; give it an x-field.kind, or "x-field": false to hide it`,
      );
  }
}

function choicesOf(kind: FieldKind, schema: JsonSchema, { choices }: FieldAnnotation): Choice[] | undefined {
  if (!['choice', 'choices', 'switch', 'priority'].includes(kind)) return undefined;
  return (schema.enum ?? Object.keys(choices ?? {})).map((value) => ({
    value,
    title: choices?.[value] ?? titleCase(value),
  }));
}

/** `template_id` → `templateId`, `Reply-To` → `replyTo`. */
function camelCase(name: string): string {
  const [first = '', ...rest] = name.split(/[^A-Za-z0-9]+/).filter(Boolean);
  return first.charAt(0).toLowerCase() + first.slice(1) + rest.map(titleCase).join('');
}

function titleCase(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
