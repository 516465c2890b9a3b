import type { Choice, FieldKind } from '../../model';

/** The hosts whose forms may have a setting. */
export type Host = 'n8n' | 'nodeRed';

/** What a setting is about: the account, all requests, what an email says, a send, its files, or what a read gives. */
export type Group = 'account' | 'run' | 'content' | 'send' | 'files' | 'read';

/** How a host has a setting where it differs from what the setting says itself, or why the host does not have it. */
export type InHost =
  | {
      title?: string;
      description?: string;
      /** Those of the values that it has. */
      choices?: readonly string[];
      default?: number | string;
    }
  | { reason: string };

/** A setting of a form that is not part of the request. It stands here once; forms, help, docs and readers follow. */
export interface Setting {
  title: string;
  description: string;
  group: Group;
  /** Where forms have it; among the settings of the delivery by default. */
  place?: 'options';
  kind: Extract<FieldKind, 'text' | 'multiline' | 'number' | 'choice' | 'switch'> | 'secret' | 'rows';
  /** The values of a `choice`; of a `switch` the one for on and the one for off. */
  choices?: readonly Choice[];
  /** The smallest and the greatest number. */
  min?: number;
  max?: number;
  /** Whether the number must be a whole one. */
  isWhole?: boolean;
  /** What it is where nothing is entered; without one, nothing. */
  default?: number | string;
  /** An example. */
  placeholder?: string;
  hosts?: { n8n?: InHost; nodeRed?: InHost };
}

/** The choices of a setting that is on or off. */
export const yesOrNo: readonly Choice[] = [
  { value: 'yes', title: 'Yes' },
  { value: 'no', title: 'No' },
];

/** A setting as a host shows it; undefined where the host does not have it. */
export function inHost(setting: Setting, host: Host): Setting | undefined {
  const own = setting.hosts?.[host] ?? {};
  if ('reason' in own) return undefined;
  const { choices, ...others } = own;
  return {
    ...setting,
    ...others,
    ...(choices && { choices: setting.choices?.filter(({ value }) => choices.includes(value)) ?? [] }),
  };
}
