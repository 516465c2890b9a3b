import { settingFields } from '../../shared/form/settings';
import type { Operation } from '../../shared/model';
import { expectations } from '../core/validators';
import type { GeneratedFile, Output } from '../output';
import { catalog } from './catalog';
import { definition, storedVersion } from './definitions';
import { errorTable, errorTexts } from './errors';
import { eventsDefinition, eventsForm, eventsHelp, eventsType } from './events';
import { form } from './forms';
import { accountHelp, help } from './help';
import { limitDefaults, limitRows } from './limits';
import { english, languages, translator, type Translate } from './languages';
import { messages } from './messages';
import { nodeTypes, type NodeType } from './nodeTypes';
import { written } from './written';

const folder = 'node-red/nodes';

/** What the definitions of the nodes call in the editor. */
const scripts = [
  'editor.js',
  'editorTexts.js',
  'editorLists.js',
  'editorStatus.js',
  'editorOperations.js',
  'editorOffers.js',
];

/** What Node-RED's editor shows: the nodes with their forms, and their texts and help in each language. */
export const nodeRedOutput: Output = {
  places: [{ folder, isGenerated: () => true }],
  files(operations, source) {
    const nodes = nodeTypes(operations.map(withSettings));
    const errors = errorTexts(operations, [...expectations(source).values()]);
    const keys = messages(nodes, errors);
    return [
      [`${folder}/sendclean.html`, page(nodes)],
      ...locale('en-US', nodes, english),
      ...languages.flatMap((language) => {
        const translate = translator(language, keys);
        const table: GeneratedFile = [`${placeOf(language)}/errors.json`, errorTable(errors, translate)];
        return [...locale(language, nodes, translate), table];
      }),
    ];
  },
};

/** An operation whose form also has the settings of a send and its files. */
function withSettings(operation: Operation): Operation {
  return { ...operation, fields: [...operation.fields, ...settingFields(operation, 'nodeRed')] };
}

function placeOf(language: string): string {
  return `${folder}/locales/${language}`;
}

function locale(language: string, nodes: readonly NodeType[], translate: Translate): GeneratedFile[] {
  const place = `${placeOf(language)}/sendclean`;
  const helps = [
    accountHelp(translate),
    ...nodes.map((node) => help(node, translate)),
    eventsHelp(translate),
  ];
  return [
    [`${place}.json`, catalog(language, nodes, translate)],
    [`${place}.html`, `${helps.join('\n\n')}\n`],
  ];
}

/**
 * Every text that the editor shows and the runtime says, in English and by key: what a table in `languages/` has to hold.
 * @param expected what values must be, from the operation files.
 */
export function textsToTranslate(
  operations: Operation[],
  expected: readonly string[],
): { keys: Map<string, string>; shown: Set<string> } {
  const nodes = nodeTypes(operations.map(withSettings));
  const errors = errorTexts(operations, expected);
  const shown = new Set(errors);
  locale('', nodes, (text) => {
    shown.add(text);
    return text;
  });
  return { keys: messages(nodes, errors), shown };
}

function page(nodes: readonly NodeType[]): string {
  const table = nodes.flatMap(({ operations }) => operations);
  const types = [...nodes.map(({ type }) => type), eventsType];
  return `${accountPage()}

<script type="text/javascript">
(() => {
${indented(scripts.map(written).join('\n\n'))}

${nodes.map(definition).join('\n\n')}

${indented(eventsDefinition(table))}

  translateStatuses(${JSON.stringify(types)});
})();
</script>

${[...nodes.map(form), eventsForm(table)].join('\n\n')}
`;
}

function indented(script: string): string {
  return script.replace(/^(?=.)/gm, '  ');
}

/** The account's form, with the settings that limit requests. */
function accountPage(): string {
  return written('account.html')
    .replace('/* limits */', limitDefaults)
    .replace('/* version */ 0', `${storedVersion}`)
    .replace('<!-- limits -->', limitRows);
}
