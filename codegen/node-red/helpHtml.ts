import { readdirSync, readFileSync } from 'node:fs';
import { helpTexts as texts } from './helpTexts';
import type { Translate } from './languages';
import { escape } from './text';

const exampleFolder = new URL('../../node-red/examples/', import.meta.url);

/** The names of the example flows that have a node. */
export function exampleFlows(type: string): string[] {
  return readdirSync(exampleFolder)
    .filter((file) => readFileSync(new URL(file, exampleFolder), 'utf8').includes(`"${type}"`))
    .map((file) => file.replace(/\.json$/, ''))
    .sort();
}

/** A link to a page of the project's documentation. */
export function link(translate: Translate, address: string): string {
  const url = `https://github.com/sendclean-nodes/sendclean-nodes/blob/main/docs/${address}`;
  return paragraph(`<a href="${url}" target="_blank" rel="noopener">${translate(texts.documentation)}</a>`);
}

/** The help of a node. */
export function page(node: string, parts: readonly string[]): string {
  return `<script type="text/html" data-help-name="${node}">\n${parts.join('\n')}\n</script>`;
}

export function heading(text: string): string {
  return `  <h3>${text}</h3>`;
}

export function paragraph(text: string): string {
  return `  <p>${text}</p>`;
}

/** A heading and a list, or nothing where there are no entries. */
export function section(title: string, entries: readonly string[]): string[] {
  return entries.length === 0 ? [] : [heading(title), list(entries)];
}

export function list(entries: readonly string[]): string {
  return `  <dl class="message-properties">\n${entries.join('\n')}\n  </dl>`;
}

/** A row of a list: a name, the types of what it takes, and what it is. */
export function entry(name: string, takes: string, text: string, optional = false): string {
  return `    <dt${optional ? ' class="optional"' : ''}>${escape(name)} <span class="property-type">${takes}</span></dt>
    <dd>${text}</dd>`;
}
