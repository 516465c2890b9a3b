import { limits, type Limit, type LimitName } from '../../shared/delivery/limits';

const all = Object.entries<Limit>(limits);

export const limitNames = Object.keys(limits) as LimitName[];

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

/** One text of each limit, by name. */
export function limitTexts(text: 'title' | 'description'): Record<LimitName, string> {
  const texts = all.map(([name, limit]) => [name, limit[text]]);
  return Object.fromEntries(texts) as Record<LimitName, string>;
}
