import { isNothing } from '../../shared/form/empty';
import { hasNames } from '../../shared/form/fieldValues';
import type { Field } from '../../shared/model';
import { inSentence } from '../../shared/quote';
import type { NodeDef } from './red';
import { phrase, term, type Words } from '../../shared/phrase';

/** Where the value of a typed input comes from, for a sentence; of other types it is entered in the form itself. */
const sources: Record<string, (value: string) => Words> = {
  msg: (property) => inSentence(`msg.${property}`),
  flow: (property) => inSentence(`flow.${property}`),
  global: (property) => inSentence(`global.${property}`),
  env: (name) => phrase`the environment variable ${inSentence(name)}`,
  jsonata: () => phrase`its expression`,
};

/**
 * A sentence for each field that a person gave a source of its own, which came to nothing for a message: the call is
 * made without what they meant. What feeds a field in a new node may be missing, as most messages have no `msg.cc`.
 */
export function blankFields(
  fields: readonly Pick<Field, 'name' | 'title' | 'hosts'>[],
  definition: NodeDef,
): (values: Readonly<Record<string, unknown>>) => Words[] {
  const fed = fields.flatMap(({ name, title, hosts }) => {
    const value = definition[name];
    const type = String(definition[`${name}Type`]);
    const source = Object.hasOwn(sources, type) ? sources[type] : undefined;
    if (!source || typeof value !== 'string' || value === '') return [];
    if (type === 'msg' && value === hosts?.nodeRed?.msg) return [];
    const sentence = phrase`${term(title)} counts as empty, because ${source(value)} came to nothing (reported once per deploy)`;
    return [{ name, sentence }];
  });
  return (values) => fed.filter(({ name }) => isBlank(values[name])).map(({ sentence }) => sentence);
}

function isBlank(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isNothing);
  return isNothing(value) || (hasNames(value) && Object.keys(value).length === 0);
}
