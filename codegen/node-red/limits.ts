import { settingsOf } from '../../shared/form/settings';

const all = settingsOf('run', 'nodeRed');

export const limitNames = all.map(([name]) => name);

/** The limits among the defaults of the account, in literals as Node-RED's own tools read them. */
export const limitDefaults = all
  .map(([name, { min, max }]) => `${name}: { value: '', validate: limit('${name}', ${min}, ${max}) },`)
  .join('\n');

/** The rows of the account's form for its limits; an empty one shows what it is then. */
export const limitRows = all
  .map(([name, { default: otherwise }]) => {
    const id = `node-config-input-${name}`;
    const placeholder =
      otherwise === undefined
        ? 'data-i18n="[placeholder]sendclean.placeholder.unlimited"'
        : `placeholder="${otherwise}"`;
    return `<div class="form-row" data-i18n="[title]sendclean.description.${name}">
      <label for="${id}"><span data-i18n="sendclean.label.${name}"></span></label>
      <input type="text" inputmode="numeric" id="${id}" ${placeholder} />
    </div>`;
  })
  .join('\n');
