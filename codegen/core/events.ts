import { compile, type JSONSchema } from 'json-schema-to-typescript';
import type { Source } from '../model/load';
import { simplifiedProperties } from '../model/operations';
import type { JsonSchema } from '../model/schema';

/** A property as its type needs it; one of which nothing is known can be anything. */
function withType({ type, description = '' }: JsonSchema): JsonSchema {
  return { description, ...(type ? { type } : { tsType: 'unknown' }) };
}

/** `events.ts`: the type of an event, and what is simplified of it, in the order of the schema. */
export async function eventsSource({ event }: Source): Promise<string> {
  const { $defs: { msg = {} } = {}, properties = {}, ...rest } = event;
  const typed = {
    ...rest,
    properties: Object.fromEntries(
      Object.entries({ ...properties, msg }).map(([name, schema]) => [name, withType(schema)]),
    ),
  };
  const type = await compile(typed as JSONSchema, 'WebhookEvent', {
    bannerComment: '',
    format: false,
    unknownAny: true,
    additionalProperties: true,
  });
  const asItIs = (schema: JsonSchema) => schema;
  const simplified = [event, msg].flatMap((schema) => simplifiedProperties(schema, asItIs));
  return `import type { Simplification } from '../model';

${type}
/** The properties of an event, or of its \`msg\`, that a simplified one has. */
export const simplifiedEvent: readonly Simplification[] = ${JSON.stringify(simplified)};
`;
}
