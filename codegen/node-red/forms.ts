import type { Field, Operation } from '../../shared/model';
import { limitInput, toInput, type Input } from './fields';
import { grouped, hasOutcome, isShared, operationsWith, type NodeType } from './nodeTypes';
import { escape } from './text';

/** Node-RED's widgets take over a width that stands here, and no other. */
const width = 'width: calc(100% - 150px)';

/** The form of a node: its notice, the fields that always show, and the options. */
export function form(node: NodeType): string {
  const { type, fields, operations } = node;
  const [{ notice }] = operations as [Operation];
  // In a node of several operations each row is there for some of them, and none is hidden among the options.
  const only = (name: string, row: string) =>
    isShared(node)
      ? row.replace('<div ', `<div data-operations="${operationsWith(node, name).join(' ')}" `)
      : row;
  const row = (field: Field) =>
    only(field.name, typedRow(type, toInput(field), field.placeholder !== undefined, field));
  const isMain = ({ place }: Field) => place === 'main' || isShared(node);
  const main = fields.filter(isMain).map(row);
  const options = fields.filter((field) => !isMain(field)).map(row);
  const outcome = (name: string, html: string) => (hasOutcome(node, name) ? [only(name, html)] : []);
  return `<script type="text/html" data-template-name="${type}">
  <div class="sendclean-form">
${[
  ...(notice && !isShared(node) ? [`    <div class="form-tips" data-i18n="${type}.notice"></div>`] : []),
  plainRow('name', 'tag'),
  plainRow('account', 'user'),
  ...(isShared(node) ? [operationRow(node)] : []),
  ...main,
  ...outcome('limit', typedRow('sendclean', limitInput, true)),
  ...outcome('simplify', checkboxRow('simplify', 'magic')),
  ...outcome('includeSecrets', checkboxRow('includeSecrets', 'key')),
  ...outcome('nothingFound', selectRow('nothingFound', 'question-circle-o', ['nothing', 'item', 'error'])),
  ...outcome('output', selectRow('output', 'sign-out', ['list', 'each'])),
  ...(options.length ? [collapsible(options)] : []),
  resultRow(),
].join('\n')}
  </div>
</script>`;
}

/** The choice of an operation, sorted by what it is about, and below it what the operation does. */
function operationRow({ type, operations }: NodeType): string {
  const groups = grouped(operations, ({ resource }) => resource);
  const options = [...groups].map(([resource, own]) => {
    const titles = own.map(
      ({ name }) => `<option value="${name}" data-i18n="${type}.of.${name}.title"></option>`,
    );
    return `<optgroup data-i18n="[label]${type}.resource.${resource}">${titles.join('')}</optgroup>`;
  });
  return `    <div class="form-row">
      ${labelOf('node-input-operation', 'cog', 'sendclean.label.operation')}
      <select id="node-input-operation" style="${width}" aria-describedby="sendclean-about">${options.join('')}<option value="" data-i18n="sendclean.operation.message"></option></select>
      <div id="sendclean-about" class="form-tips" role="status"></div>
    </div>`;
}

/** A label as Node-RED's own nodes have them: an icon, and the text in the editor's language. */
function labelOf(id: string, icon: string, key: string): string {
  return `<label for="${id}"><i class="fa fa-${icon}" aria-hidden="true"></i> <span data-i18n="${key}"></span></label>`;
}

function plainRow(name: string, icon: string): string {
  return `    <div class="form-row">
      ${labelOf(`node-input-${name}`, icon, `sendclean.label.${name}`)}
      <input type="text" id="node-input-${name}" style="${width}" />
    </div>`;
}

function checkboxRow(name: string, icon: string): string {
  return `    <div class="form-row" data-i18n="[title]sendclean.description.${name}">
      ${labelOf(`node-input-${name}`, icon, `sendclean.label.${name}`)}
      <input type="checkbox" id="node-input-${name}" style="width: auto; margin: 0" />
    </div>`;
}

function selectRow(name: string, icon: string, values: readonly string[]): string {
  const options = values.map(
    (value) => `<option value="${value}" data-i18n="sendclean.${name}.${value}"></option>`,
  );
  return `    <div class="form-row" data-i18n="[title]sendclean.description.${name}">
      ${labelOf(`node-input-${name}`, icon, `sendclean.label.${name}`)}
      <select id="node-input-${name}" style="width: calc(100% - 150px)">${options.join('')}</select>
    </div>`;
}

const resultRow = () => `    <div class="form-row" data-i18n="[title]sendclean.description.result">
      ${labelOf('node-input-result', 'arrow-right', 'sendclean.label.result')}
      <input type="text" id="node-input-result" style="width: calc(100% - 150px)" />
    </div>`;

function typedRow(
  catalog: string,
  { name, types, icon }: Input,
  hasPlaceholder: boolean,
  { choicesFrom }: Pick<Field, 'choicesFrom'> = {},
): string {
  const id = `node-input-${name}`;
  const placeholder = hasPlaceholder ? ` data-i18n="[placeholder]${catalog}.placeholder.${name}"` : '';
  return `    <div class="form-row" data-i18n="[title]${catalog}.description.${name}">
      ${labelOf(id, icon, `${catalog}.label.${name}`)}
      <input type="text" id="${id}" style="${width}" data-types="${escape(JSON.stringify(types))}"${placeholder}${choicesFrom ? ' data-offers' : ''} />
      <input type="hidden" id="${id}Type" />
    </div>`;
}

function collapsible(rows: readonly string[]): string {
  return `    <details>
      <summary data-i18n="sendclean.label.options"></summary>
${rows.join('\n')}
    </details>`;
}
