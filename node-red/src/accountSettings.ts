import {
  accountError,
  accountSettings,
  readAccountSettings,
  requireSecrets,
  trimmed,
  type AccountSetting,
  type AccountSettings,
} from '../../shared/wire/account';
import { baseUrl } from '../../shared/wire/baseUrl';
import { invalid } from '../../shared/errors';
import { readLimits, type Limits } from '../../shared/form/readSettings';
import { settingsOf } from '../../shared/form/settings';
import type { Node, NodeAPI, NodeDef } from './red';
import { phrase, type Phrase } from '../../shared/phrase';

/** A setting that stands for an environment variable as a whole, in the two ways that Node-RED reads. */
const wholeVariable = /^\$(?:\{(\S+)\}|\((\S+)\))$/;

/** The name of the environment variable that a setting stands for, if it does. */
export function variableOf(setting: string): string | undefined {
  const [, name, oldName] = wholeVariable.exec(setting) ?? [];
  return name ?? oldName;
}

/** A token as it is stored with the address that it was entered for. */
export interface BoundToken {
  token: string;
  address: string;
}

/** What is wrong with a setting that stands for an environment variable that is not set. */
export const notSet = (variable: string): Phrase =>
  phrase`uses the environment variable ${variable}, which is not set`;

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
 * @throws SendCleanError when its environment variable is not set, or when it is a token of another address.
 */
export function deployedSetting(RED: NodeAPI, node: Node, definition: NodeDef, name: AccountSetting): string {
  const stored = node.credentials?.[name] ?? definition[name];
  if (isBound(stored)) return tokenFor(deployedAddress(RED, node, definition), stored);
  const value = trimmed(stored);
  const variable = variableOf(value);
  if (variable === undefined) return value;
  const known = trimmed(RED.util.evaluateNodeProperty(variable, 'env', node, {}));
  if (!known) throw accountError(name, notSet(variable));
  return known;
}

/**
 * The base URL that an account was deployed with.
 * @throws SendCleanError when it cannot be used.
 */
export function deployedAddress(RED: NodeAPI, node: Node, definition: NodeDef): string {
  const [domain, endpoint] = (['domain', 'endpoint'] as const).map((name) =>
    deployedSetting(RED, node, definition, name),
  );
  return baseUrl({ domain, endpoint });
}

function isBound(stored: unknown): stored is BoundToken {
  return typeof stored === 'object' && stored !== null && 'token' in stored && 'address' in stored;
}

function tokenFor(address: string, bound: BoundToken): string {
  if (bound.address === address) return bound.token;
  throw accountError(
    'token',
    phrase`was entered for another address: enter it again in the SendClean account`,
  );
}

/**
 * The limits that an account was deployed with.
 * @throws SendCleanError for one that is out of its range, or whose environment variable is not set.
 */
export function deployedLimits(definition: Readonly<Record<string, unknown>>): Limits {
  for (const [name, { title }] of settingsOf('run', 'nodeRed')) {
    const variable = variableOf(trimmed(definition[name]));
    if (variable !== undefined) throw invalid(name, notSet(variable), title);
  }
  return readLimits(definition);
}
