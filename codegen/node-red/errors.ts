import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { inHost, settings } from '../../shared/form/settings';
import { kindOf, type Operation } from '../../shared/model';
import { accountLabels } from '../../shared/wire/account';
import { settings as editorTexts } from './catalog';
import { eventsTexts } from './events';
import type { Translate } from './languages';

/** The translations of what the runtime says, by the English; `node-red/src/language.ts` reads them. */
export function errorTable(texts: readonly string[], translate: Translate): string {
  const translated = texts.map((text) => [text, translate(text)]);
  return JSON.stringify(Object.fromEntries(translated.filter(([text, other]) => text !== other)), null, 2);
}

/**
 * What the runtime says, in English: the templates of its sentences, and the names of fields and values in them.
 * @param expectations what values must be, from the operation files.
 */
export function errorTexts(operations: readonly Operation[], expectations: readonly string[]): string[] {
  const fields = operations.flatMap((operation) => operation.fields);
  const nouns = fields.flatMap((field) => kindOf(field).entry?.noun ?? []);
  const own = Object.values(settings).filter((setting) => inHost(setting, 'nodeRed'));
  const titles = [...operations, ...fields, ...own].map(({ title }) => title);
  const labels = [accountLabels, editorTexts.label, eventsTexts.label].flatMap((all) => Object.values(all));
  return [...new Set([...templates(), ...nouns, ...expectations, ...titles, ...labels])];
}

/** The folders of the code that runs in Node-RED. */
const folders = ['../../shared/', '../../node-red/src/'];

/** The templates of the phrases in the code: tagged ones, and objects that are a phrase. */
export function templates(): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node) => {
    if (ts.isTaggedTemplateExpression(node) && node.tag.getText() === 'phrase')
      found.push(templateOf(node.template));
    if (ts.isPropertyAssignment(node) && node.name.getText() === 'template' && isText(node.initializer))
      found.push(node.initializer.text);
    ts.forEachChild(node, visit);
  };
  for (const file of folders.flatMap(sources))
    visit(ts.createSourceFile(file.href, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true));
  return [...new Set(found)].filter((template) => template.replaceAll(/\{\d\}| /g, '') !== '');
}

const isText = ts.isStringLiteralLike;

/** As `phrase` makes it. */
function templateOf(template: ts.TemplateLiteral): string {
  if (isText(template)) return template.text;
  return template.templateSpans.reduce(
    (start, { literal }, index) => `${start}{${index}}${literal.text}`,
    template.head.text,
  );
}

function sources(folder: string): URL[] {
  const root = new URL(folder, import.meta.url);
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => /(?<!\.d)\.ts$/.test(path) && !path.startsWith('generated'))
    .sort()
    .map((path) => new URL(path, root));
}
