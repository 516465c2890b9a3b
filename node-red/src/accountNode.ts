import { createClient, type Client } from '../../shared/client';
import { invalid } from '../../shared/errors';
import { createRateLimiter } from '../../shared/delivery/rateLimiter';
import { createRedact } from '../../shared/response/redact';
import { createSentMemory } from '../../shared/delivery/sentMemory';
import type { AccountDefaults } from '../../shared/form/buildRequest';
import { deployedLimits, deployedSettings } from './accountSettings';
import { clock } from './clock';
import type { Node, NodeAPI, NodeDef } from './red';
import { createTransport } from './transport/transport';
import { phrase } from '../../shared/phrase';

export interface Account {
  /** Tells it from other accounts, and from itself with another token; to be held in memory only. */
  key: string;
  client: Client;
  defaults: AccountDefaults;
}

/** An account and its connections. */
export interface OpenAccount extends Account {
  /** Tells whose account it is, whatever its token. */
  owner: string;
  /** Ends its connections. */
  close(): void;
}

/** The config node that holds a SendClean account. */
export interface AccountNode extends Node {
  definition: NodeDef;
}

/** What this process is sending and has sent, also before its flows were deployed anew. */
const sentMemory = createSentMemory(clock);

/** One client and its connections for all nodes of an account, until it is closed. */
const accounts = new WeakMap<AccountNode, Account>();

/**
 * The account that a node was given.
 * @throws SendCleanError when there is none, or it is not complete.
 */
export function accountOf(RED: NodeAPI, id: unknown): Account {
  const node = deployedNode(RED, id);
  const known = accounts.get(node);
  if (known) return known;
  const account = open(RED, node);
  node.on('close', (_removed: boolean, done: () => void) => {
    account.close();
    done();
  });
  accounts.set(node, account);
  return account;
}

/**
 * The account that a node was given, with connections of its own: for what outlives the account's node, as the removal
 * of a webhook does. Whoever opens it closes it.
 * @throws SendCleanError when there is none, or it is not complete.
 */
export function openAccount(RED: NodeAPI, id: unknown): OpenAccount {
  return open(RED, deployedNode(RED, id));
}

function deployedNode(RED: NodeAPI, id: unknown): AccountNode {
  const node = typeof id === 'string' ? accountNode(RED, id) : undefined;
  if (!node) throw invalid('account', phrase`is required: choose a SendClean account in the node`, 'Account');
  return node;
}

/** The deployed account with an ID, if there is one. */
export function accountNode(RED: NodeAPI, id: string): AccountNode | undefined {
  const node = RED.nodes.getNode(id);
  return node && isAccount(node) ? node : undefined;
}

function isAccount(node: Node): node is AccountNode {
  return node.type === 'sendclean-account' && 'definition' in node;
}

/** @throws SendCleanError when the account is not complete. */
function open(RED: NodeAPI, node: AccountNode): OpenAccount {
  const { definition } = node;
  const { ownerId, token, smtpUser, baseUrl } = deployedSettings(RED, node, definition);
  const limits = deployedLimits(definition);
  const rateLimiter = createRateLimiter(clock, limits);
  const transport = createTransport({ baseUrl, ownerId, token, ...limits });
  const redact = createRedact({ ownerId, token });
  const owner = JSON.stringify([baseUrl, ownerId]);
  const sends = sentMemory.of(owner);
  return {
    owner,
    key: JSON.stringify([baseUrl, ownerId, token]),
    client: createClient({ transport, clock, rateLimiter, limits, redact, sends }),
    defaults: { smtpUser },
    close: () => transport.close(),
  };
}
