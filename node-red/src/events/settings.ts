import { invalid } from '../../../shared/errors';
import type { Choice } from '../../../shared/events/wanted';
import { trimmed } from '../../../shared/wire/account';
import { eventChoices } from '../../../shared/webhooks';
import { openAccount, type OpenAccount } from '../accountNode';
import { notSet, variableOf } from '../accountSettings';
import type { Node, NodeAPI, NodeDef } from '../red';
import { pathOf } from './path';
import { phrase, type Phrase } from '../../../shared/phrase';

/** How a node receives events, as its form says. */
export interface EventSettings {
  choice: Choice;
  simplify: boolean;
  /** The webhook at the service, where the node registers it or verifies what it signs. */
  webhook?: PublicWebhook;
  /** Whether the node registers it. */
  register: boolean;
  verifySignature: boolean;
}

/** A webhook of an account. */
export interface PublicWebhook {
  /** The address that the service posts to. */
  url: string;
  account: OpenAccount;
}

/**
 * Reads the settings of a node.
 * @param other the node that serves the path already, if one does.
 * @throws SendCleanError of kind `validation` for one that is missing or cannot be used.
 */
export function eventSettings(
  RED: NodeAPI,
  node: Node,
  definition: NodeDef,
  other: Node | undefined,
): EventSettings {
  const { httpNodeRoot = '/' } = RED.settings;
  if (httpNodeRoot === false)
    throw invalid(
      'path',
      phrase`is not served, because httpNodeRoot is false in the settings of Node-RED`,
      'Path',
    );
  const path = pathOf(definition);
  if (other) throw invalid('path', taken(other, node), 'Path');
  const events = filled(definition, 'events', 'Events').split(',').filter(Boolean);
  if (events.length === 0) throw invalid('events', phrase`is required: choose at least one`, 'Events');
  const register = definition.register === true;
  const verifySignature = definition.verifySignature === true;
  return {
    choice: {
      events,
      all: eventChoices.map(({ value }) => value),
      smtpUser: filled(definition, 'smtpUser', 'SMTP User'),
    },
    simplify: definition.simplify !== false,
    register,
    verifySignature,
    ...((register || verifySignature) && {
      webhook: {
        url: publicUrl(filled(definition, 'publicAddress', 'Public Address'), httpNodeRoot, path),
        account: openAccount(RED, definition.account),
      },
    }),
  };
}

function taken(other: Node, node: Node): Phrase {
  const name = (one: Node) => `“${one.name || one.id}”`;
  return phrase`is taken by the node ${name(other)}, so ${name(node)} receives nothing: give it one of its own`;
}

/** A setting without blanks around it; one that a flow from elsewhere lacks is empty. */
function filled(definition: NodeDef, name: string, label: string): string {
  const value = trimmed(definition[name]);
  const variable = variableOf(value);
  if (variable !== undefined) throw invalid(name, notSet(variable), label);
  return value;
}

/**
 * The address of a path that Node-RED serves, as it is reached from elsewhere.
 * @throws SendCleanError of kind `validation` for a public address that is none. It does not show it, as it may hold a
 * password.
 */
function publicUrl(address: string, root: string, path: string): string {
  if (!address)
    throw invalid(
      'publicAddress',
      phrase`is required: SendClean posts to it from the internet`,
      'Public Address',
    );
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const isHttp = url && /^https?:$/.test(url.protocol);
  if (!isHttp || url.username || url.password || url.search || url.hash)
    throw invalid(
      'publicAddress',
      phrase`must be an address such as https://flows.example.com, without a user, a query or a fragment`,
      'Public Address',
    );
  const parts = [url.pathname, root, path].flatMap((one) => one.split('/'));
  return [url.origin, ...parts.filter((part) => part !== '')].join('/');
}
