import {
  accountError,
  accountSettings,
  baseUrl,
  readAccountSettings,
  requireSecrets,
  trimmed,
  type AccountSetting,
  type AccountSettings,
} from '../../shared/account';
import { invalid } from '../../shared/errors';
import { limits, type LimitName, type Limits } from '../../shared/limits';
import type { Node, NodeAPI, NodeDef } from './red';

/** A setting that stands for an environment variable as a whole, in the two ways that Node-RED reads. */
const wholeVariable = /^\$(?:\{(\S+)\}|\((\S+)\))$/;

/** The name of the environment variable that a setting stands for, if it does. */
export function variableOf(setting: string): string | undefined {
  const [, name, oldName] = wholeVariable.exec(setting) ?? [];
  return name ?? oldName;
}

const notSet = (variable: string) => `uses the environment variable ${variable}, which is not set`;

/**
 * Reads what an account was deployed with.
 * @throws SendCleanError for a setting that is missing or cannot be used, or whose environment variable is not set.
 */
export function deployedSettings(
  RED: NodeAPI,
  node: Node,
  definition: NodeDef,
): AccountSettings & { baseUrl: string } {
  const values = accountSettings.map((name) => [name, deployedSetting(RED, node, definition, name)]);
  const settings = readAccountSettings(Object.fromEntries(values) as AccountSettings);
  requireSecrets(settings, 'account');
  return { ...settings, baseUrl: baseUrl(settings) };
}

/**
 * One setting that an account was deployed with. Node-RED has put in the environment variables that are set, except
 * where there are blanks around one; they are those of Node-RED, a flow or a group, as the node sees them.
 * @throws SendCleanError when its environment variable is not set.
 */
export function deployedSetting(RED: NodeAPI, node: Node, definition: NodeDef, name: AccountSetting): string {
  const value = trimmed(node.credentials?.[name] ?? definition[name]);
  const variable = variableOf(value);
  if (variable === undefined) return value;
  const known = trimmed(RED.util.evaluateNodeProperty(variable, 'env', node, {}));
  if (!known) throw accountError(name, notSet(variable));
  return known;
}

/**
 * The limits that an account was deployed with.
 * @throws SendCleanError for one whose environment variable is not set.
 */
export function deployedLimits(definition: Readonly<Record<string, unknown>>): Limits {
  const names = Object.keys(limits) as LimitName[];
  for (const name of names) {
    const variable = variableOf(trimmed(definition[name]));
    if (variable !== undefined) throw invalid(name, notSet(variable), limits[name].title);
  }
  return definition;
}
