import { toInput } from '../../codegen/node-red/fields';
import { settingFields } from '../../shared/form/settings';
import { operations } from '../../shared/generated/operations';
import type { OperationName } from '../../shared/generated/types';
import type { Limits } from '../../shared/form/readSettings';
import type { Operation } from '../../shared/model';
import type { FlowNode, RuntimeOptions } from './nodeRed';
import { account } from './account';

/** IDs of the nodes of `flowOf`. */
export const ids = { node: 'node', out: 'out', caught: 'caught', completed: 'completed' } as const;

/** A typed input: what it holds, and its type. */
export type Typed = readonly [value: string, type: string];

/** Settings of the account that differ from the sandbox's. */
export type AccountSettings = Partial<
  Record<'ownerId' | 'token' | 'smtpUser' | 'domain' | 'endpoint' | keyof Limits, string>
>;

/**
 * A flow of one operation's node: what it sends goes to `out`, what a Catch node sees to `caught`, what a Complete
 * node sees to `completed`.
 * @param inputs typed inputs that differ from those of a new node.
 */
export function flowOf(
  name: OperationName,
  settings: AccountSettings,
  inputs: Readonly<Record<string, Typed>> = {},
): RuntimeOptions {
  const { ownerId = account.owner_id, token = account.token, ...others } = settings;
  const shown = { name: '', domain: '', endpoint: '', smtpUser: account.smtpUser, ...others };
  const typed = Object.entries(inputs).map(([field, [value, type]]) => ({
    [field]: value,
    [`${field}Type`]: type,
  }));
  const node = (id: string, type: string, more: object): FlowNode => ({
    id,
    type,
    z: 'tab',
    x: 0,
    y: 0,
    ...more,
  });
  return {
    flows: [
      { id: 'tab', type: 'tab', label: 'Test', env: [{ name: 'SUBJECT', value: 'From env', type: 'str' }] },
      { id: 'account', type: 'sendclean-account', ...shown },
      node(ids.node, operations[name].hosts.nodeRed.type, {
        account: 'account',
        ...newNode(operations[name]),
        ...Object.assign({}, ...typed),
        wires: [[ids.out]],
      }),
      node('catch', 'catch', { scope: [ids.node], wires: [[ids.caught]] }),
      node('complete', 'complete', { scope: [ids.node], wires: [[ids.completed]] }),
      ...[ids.out, ids.caught, ids.completed].map((id) => node(id, 'debug', { active: false, wires: [] })),
    ],
    credentials: { account: { ownerId, token } },
  };
}

/** The settings that the editor gives a new node. */
function newNode(operation: Operation): Record<string, unknown> {
  const settings = [...operation.fields, ...settingFields(operation, 'nodeRed')]
    .map(toInput)
    .map(({ name, value, type }) => ({ [name]: value, [`${name}Type`]: type }));
  const { name, hosts } = operation;
  const isOneOfSeveral = Object.values(operations).some(
    (other) => other.name !== name && other.hosts.nodeRed.type === hosts.nodeRed.type,
  );
  const chosen = isOneOfSeveral ? { operation: name } : {};
  const outcome = { ...chosen, simplify: true, output: 'list', result: 'payload' };
  return Object.assign(outcome, ...settings) as Record<string, unknown>;
}

/** The same flow with other IDs, so that several run side by side. */
export function renamed({ flows, credentials = {} }: RuntimeOptions, prefix: string): RuntimeOptions {
  const known = new Set<unknown>(flows.map(({ id }) => id));
  const rename = (value: unknown): unknown =>
    Array.isArray(value) ? value.map(rename) : known.has(value) ? `${prefix}${String(value)}` : value;
  const rest = (node: object) => Object.entries(node).map(([name, value]) => [name, rename(value)]);
  return {
    flows: flows.map(({ id, type, ...node }) => ({
      ...(Object.fromEntries(rest(node)) as object),
      id: `${prefix}${id}`,
      type,
    })),
    credentials: Object.fromEntries(
      Object.entries(credentials).map(([id, data]) => [`${prefix}${id}`, data]),
    ),
  };
}
