import { readFileSync } from 'node:fs';
import { settingFields } from '../../shared/form/settings';
import type { Operation } from '../../shared/model';
import type { GeneratedFile, Output } from '../output';
import { catalog } from './catalog';
import { definition, storedVersion } from './definitions';
import { form } from './forms';
import { accountHelp, help } from './help';
import { limitDefaults, limitRows } from './limits';
import { english, languages, translator, type Translate } from './languages';
import { messages } from './messages';

const folder = 'node-red/nodes';

/** What the definitions of the nodes call in the editor. */
const scripts = ['editor.js', 'editorTexts.js', 'editorLists.js', 'editorStatus.js'];

/** What Node-RED's editor shows: the nodes with their forms, and their texts and help in each language. */
export const nodeRedOutput: Output = {
  places: [{ folder, isGenerated: () => true }],
  files(operations) {
    const table = operations.map(withSettings);
    return [
      [`${folder}/sendclean.html`, page(table)],
      ...locale('en-US', table, english),
      ...languages.flatMap((language) => locale(language, table, translator(language, messages(table)))),
    ];
  },
};

/** An operation whose form also has the settings of a send and its files. */
function withSettings(operation: Operation): Operation {
  return { ...operation, fields: [...operation.fields, ...settingFields(operation, 'nodeRed')] };
}

function locale(language: string, table: Operation[], translate: Translate): GeneratedFile[] {
  const place = `${folder}/locales/${language}/sendclean`;
  const helps = [accountHelp(translate), ...table.map((operation) => help(operation, translate))];
  return [
    [`${place}.json`, catalog(table, translate)],
    [`${place}.html`, `${helps.join('\n\n')}\n`],
  ];
}

/** Every text that the editor shows, in English and by key: what a table in `languages/` has to hold. */
export function textsToTranslate(operations: Operation[]): { keys: Map<string, string>; shown: Set<string> } {
  const table = operations.map(withSettings);
  const shown = new Set<string>();
  locale('', table, (text) => {
    shown.add(text);
    return text;
  });
  return { keys: messages(table), shown };
}

function page(table: Operation[]): string {
  return `${accountPage()}

<script type="text/javascript">
(() => {
${scripts
  .map(written)
  .join('\n\n')
  .replace(/^(?=.)/gm, '  ')}

${table.map(definition).join('\n\n')}

  translateStatuses(${JSON.stringify(table.map(({ hosts }) => hosts.nodeRed.type))});
})();
</script>

${table.map(form).join('\n\n')}
`;
}

/** The account's form, with the settings that limit requests. */
function accountPage(): string {
  return written('account.html')
    .replace('/* limits */', limitDefaults)
    .replace('/* version */ 0', `${storedVersion}`)
    .replace('<!-- limits -->', limitRows);
}

/** A hand-written part, which is beside this file. */
function written(name: string): string {
  return readFileSync(new URL(`../../node-red/editor/${name}`, import.meta.url), 'utf8').trim();
}
