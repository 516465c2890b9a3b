import { readFileSync } from 'node:fs';
import type { Operation } from '../../shared/model';
import { catalog } from './catalog';
import { definition } from './definitions';
import { form } from './forms';
import { help } from './help';

const folder = 'node-red/nodes';

/** What the definitions of the nodes call in the editor. */
const scripts = ['editor.js', 'editorTexts.js', 'editorLists.js'];

/** What Node-RED's editor shows: the nodes with their forms, their texts, and their help. */
export function nodeRedOutputs(table: Operation[]): [string, string][] {
  const locale = `${folder}/locales/en-US`;
  return [
    [`${folder}/sendclean.html`, page(table)],
    [`${locale}/sendclean.json`, catalog(table)],
    [`${locale}/sendclean.html`, `${[written('account.help.html'), ...table.map(help)].join('\n\n')}\n`],
  ];
}

function page(table: Operation[]): string {
  return `${written('account.html')}

<script type="text/javascript">
(() => {
${scripts
  .map(written)
  .join('\n\n')
  .replace(/^(?=.)/gm, '  ')}

${table.map(definition).join('\n\n')}
})();
</script>

${table.map(form).join('\n\n')}
`;
}

/** A hand-written part, which stands beside this file. */
function written(name: string): string {
  return readFileSync(new URL(name, import.meta.url), 'utf8').trim();
}
