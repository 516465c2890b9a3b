import type { Field, Operation } from '../../shared/model';
import { limitInput, toInput, type Input } from './fields';
import { escape } from './text';

/** Node-RED's widgets take over a width that stands here, and no other. */
const width = 'width: calc(100% - 150px)';

/** The form of an operation's node: its notice, the fields that always show, and the options. */
export function form(operation: Operation): string {
  const { fields, notice, paged, simplified } = operation;
  const { type } = operation.hosts.nodeRed;
  const row = (field: Field) => typedRow(type, toInput(field), field.placeholder !== undefined);
  const main = fields.filter(({ place }) => place === 'main').map(row);
  const options = fields.filter(({ place }) => place !== 'main').map(row);
  return `<script type="text/html" data-template-name="${type}">
  <div class="sendclean-form">
${[
  ...(notice ? [`    <div class="form-tips" data-i18n="${type}.notice"></div>`] : []),
  plainRow('name', 'tag'),
  plainRow('account', 'user'),
  ...main,
  ...(paged ? [typedRow('sendclean', limitInput, true)] : []),
  ...(simplified ? [checkboxRow('simplify', 'magic')] : []),
  ...(paged
    ? [
        selectRow('nothingFound', 'question-circle-o', ['nothing', 'item', 'error']),
        selectRow('output', 'sign-out', ['list', 'each']),
      ]
    : []),
  ...(options.length ? [collapsible(options)] : []),
  resultRow(),
].join('\n')}
  </div>
</script>`;
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

function typedRow(catalog: string, { name, types, icon }: Input, hasPlaceholder: boolean): string {
  const id = `node-input-${name}`;
  const placeholder = hasPlaceholder ? ` data-i18n="[placeholder]${catalog}.placeholder.${name}"` : '';
  return `    <div class="form-row" data-i18n="[title]${catalog}.description.${name}">
      ${labelOf(id, icon, `${catalog}.label.${name}`)}
      <input type="text" id="${id}" style="${width}" data-types="${escape(JSON.stringify(types))}"${placeholder} />
      <input type="hidden" id="${id}Type" />
    </div>`;
}

function collapsible(rows: readonly string[]): string {
  return `    <details>
      <summary data-i18n="sendclean.label.options"></summary>
${rows.join('\n')}
    </details>`;
}
