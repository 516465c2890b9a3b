import {
  accountError,
  accountSettings,
  readAccountSettings,
  requireSecrets,
  trimmed,
  type AccountSetting,
  type AccountSettings,
} from '../../shared/wire/account';
import { invalid } from '../../shared/errors';
import { limits, type LimitName, type Limits } from '../../shared/delivery/limits';
import type { Node, NodeAPI } from './red';
import { baseUrl } from '../../shared/wire/baseUrl';

/** A setting that stands for an environment variable as a whole, in the two ways that Node-RED reads. */
const wholeVariable = /^\$(?:\{(\S+)\}|\((\S+)\))$/;

/** The name of the environment variable that a setting stands for, if it does. */
export function variableOf(setting: string): string | undefined {
  const [, name, oldName] = wholeVariable.exec(setting) ?? [];
  return name ?? oldName;
}

/** The value of an environment variable of Node-RED, a flow or a group, as the node sees it; empty if it has none. */
export function variableValue(RED: NodeAPI, node: Node | null, variable: string): string {
  return trimmed(RED.util.evaluateNodeProperty(variable, 'env', node, {}));
}

/** The error for a setting whose environment variable is not set. */
export function notSetError(name: AccountSetting, variable: string): Error {
  return accountError(name, notSet(variable));
}

const notSet = (variable: string) => `uses the environment variable ${variable}, which is not set`;

/**
 * Reads what an account was deployed with. Node-RED has put in the environment variables that are set, except where
 * there are blanks around one.
 * @throws SendCleanError for a setting that is missing or cannot be used, or whose environment variable is not set.
 */
export function deployedSettings(
  RED: NodeAPI,
  node: Node,
  definition: Readonly<Record<string, unknown>>,
): AccountSettings & { baseUrl: string } {
  const entered: Readonly<Record<string, unknown>> = { ...definition, ...node.credentials };
  const values = accountSettings.map((name) => {
    const value = trimmed(entered[name]);
    const variable = variableOf(value);
    if (variable === undefined) return [name, value];
    const known = variableValue(RED, node, variable);
    if (!known) throw notSetError(name, variable);
    return [name, known];
  });
  const settings = readAccountSettings(Object.fromEntries(values) as AccountSettings);
  requireSecrets(settings, 'account');
  return { ...settings, baseUrl: baseUrl(settings) };
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
