/**
 * The catalogue of settings: what the forms have that is not part of a request. Forms, help, docs and readers of both
 * hosts come from it.
 */
import { kindOf, fieldWith, type Field, type Operation } from '../../model';
import { hasInlineImages } from '../../request/inlineImages';
import { accountSettings } from './account';
import { contentSettings } from './content';
import { fileSettings } from './files';
import { readingSettings } from './read';
import { runSettings } from './run';
import { sendSettings } from './send';
import { inHost, type Host, type Setting } from './setting';

export { inHost, type Host, type Setting } from './setting';

export const settings = {
  ...accountSettings,
  ...runSettings,
  ...contentSettings,
  ...sendSettings,
  ...fileSettings,
  ...readingSettings,
};

export type SettingName = keyof typeof settings;

/** The settings of a group that a host has, by name, as it shows them. */
export function settingsOf(group: Setting['group'], host: Host): [name: SettingName, setting: Setting][] {
  return Object.entries<Setting>(settings).flatMap(([name, setting]) => {
    const own = setting.group === group ? inHost(setting, host) : undefined;
    return own ? [[name as SettingName, own]] : [];
  });
}

/** A setting as a host shows it. */
export function settingOf(name: SettingName, host: Host): Setting {
  const setting = inHost(settings[name], host);
  if (!setting) throw new Error(`${host} has no setting ${name}`);
  return setting;
}

/** The settings that not every operation of their group has. */
const needs: Partial<Record<SettingName, (operation: Operation) => boolean>> = {
  sendAs: ({ fields }) => fields.some(({ kind }) => kind === 'recipients'),
  whenUnsure: canSkipSent,
  skipSent: canSkipSent,
  missingImages: hasInlineImages,
  emailFormat: hasFormats,
  markdownHtml: hasFormats,
};

/** Whether an operation sends emails that can be found again. */
export function canSkipSent(operation: Operation): boolean {
  return operation.effect === 'send' && fieldWith(operation, 'uniqueId') !== undefined;
}

/** Whether the content of an operation's emails can be written in several formats. */
function hasFormats({ fields }: Operation): boolean {
  return fields.some(({ plainText }) => plainText !== undefined);
}

/** Whether an operation has a setting of a send, of its content or of its files. */
export function hasSetting(operation: Operation, name: SettingName): boolean {
  const { group }: Setting = settings[name];
  const isOfGroup =
    group === 'files' ? operation.fields.some((field) => kindOf(field).isFiles) : operation.effect === 'send';
  return isOfGroup && (needs[name]?.(operation) ?? true);
}

/** The settings of an operation that stand among its optional fields, each of a kind that fields have. */
export function settingFields(operation: Operation, host: Host): readonly Field[] {
  // n8n shows those of the content where the content is.
  const content = host === 'nodeRed' ? settingsOf('content', host) : [];
  return [...content, ...settingsOf('send', host), ...settingsOf('files', host)].flatMap(([name, setting]) =>
    hasSetting(operation, name) && setting.kind !== 'rows' && setting.kind !== 'secret'
      ? [toField(name, setting, setting.kind)]
      : [],
  );
}

function toField(name: string, setting: Setting, kind: Field['kind']): Field {
  const { title, description, choices, place = 'delivery' } = setting;
  return {
    name,
    path: [],
    kind,
    title,
    description,
    required: false,
    place,
    ...(choices && { choices }),
  };
}
