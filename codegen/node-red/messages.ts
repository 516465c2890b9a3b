import { resourceTitle } from '../model/operations';
import { settings } from './catalog';
import { eventsHelpTexts, eventsTexts } from './events';
import { helpTexts } from './helpTexts';
import { isShared, type NodeType } from './nodeTypes';

/** Texts by their keys, or deeper ones. */
interface Texts {
  readonly [key: string]: string | Texts | undefined;
}

/**
 * Every English text of the editor and of the runtime's errors, by the key under which the tables in `languages/` have
 * it. A text that several places show has the key of the first. Fields of the same name share their keys where they
 * share their texts; otherwise the operation's name is in front.
 * @param errors what the runtime says, see `errors.ts`.
 */
export function messages(nodes: readonly NodeType[], errors: readonly string[]): Map<string, string> {
  const byKey = new Map<string, string>();
  const known = new Set<string>();
  const add = (key: string, text: string, owner?: string) => {
    if (known.has(text)) return;
    known.add(text);
    byKey.set(owner !== undefined && byKey.has(key) ? `${owner}.${key}` : key, text);
  };
  const addAll = (texts: Texts, path: string, owner?: string) => {
    for (const [key, text] of Object.entries(texts)) {
      const place = `${path}.${key}`;
      if (typeof text === 'string') add(place, text, owner);
      else if (text) addAll(text, place, owner);
    }
  };
  add('fullStop', '.');
  addAll(settings, 'form');
  addAll(helpTexts, 'help');
  for (const node of nodes.filter(isShared)) {
    addAll({ title: node.title }, node.type);
    for (const { resource } of node.operations) add(`resource.${resource}`, resourceTitle(resource));
  }
  for (const { name, title, description, notice, fields } of nodes.flatMap(({ operations }) => operations)) {
    addAll({ title, description, notice }, name);
    for (const field of fields) {
      const choices = Object.fromEntries((field.choices ?? []).map((one) => [one.value, one.title]));
      const { placeholder } = field;
      const sample = placeholder?.includes(' ') ? placeholder : undefined;
      const own = { title: field.title, description: field.description, placeholder: sample, choices };
      addAll(own, `field.${field.name}`, name);
    }
  }
  addAll(eventsTexts, 'events');
  addAll(eventsHelpTexts, 'events.help');
  for (const text of errors) add(`error.${text}`, text);
  return byKey;
}
