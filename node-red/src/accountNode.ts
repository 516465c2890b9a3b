import { baseUrl } from '../../shared/account';
import { createClient, type Client } from '../../shared/client';
import { invalid } from '../../shared/errors';
import type { Limits } from '../../shared/limits';
import { createPacer } from '../../shared/pacing';
import { createRedact } from '../../shared/redact';
import { createSentMemory } from '../../shared/sentMemory';
import type { AccountDefaults } from '../../shared/request';
import { clock } from './clock';
import type { Node, NodeAPI, NodeDef } from './red';
import { createTransport } from './transport';

export interface Account {
  client: Client;
  defaults: AccountDefaults;
}

/** What an account was deployed with; texts that are not set are empty. */
export interface StoredAccount {
  ownerId: string;
  token: string;
  domain: string;
  endpoint: string;
}

/** The config node that holds a SendClean account. */
interface AccountNode extends Node {
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
  const node = typeof id === 'string' ? RED.nodes.getNode(id) : null;
  if (!node || !isAccount(node))
    throw invalid('account', 'is required: choose a SendClean account in the node', 'Account');
  const account = accounts.get(node) ?? open(node);
  accounts.set(node, account);
  return account;
}

/** What the account with an ID was deployed with, if there is one. */
export function storedAccount(RED: NodeAPI, id: string): StoredAccount | undefined {
  const node = RED.nodes.getNode(id);
  return node && isAccount(node) ? storedOf(node) : undefined;
}

function storedOf({ credentials = {}, definition: { domain, endpoint } }: AccountNode): StoredAccount {
  const { ownerId, token } = credentials;
  return {
    ownerId: setting(ownerId),
    token: setting(token),
    domain: setting(domain),
    endpoint: setting(endpoint),
  };
}

function isAccount(node: Node): node is AccountNode {
  return node.type === 'sendclean-account' && 'definition' in node;
}

/** @throws SendCleanError when the account is not complete. */
function open(node: AccountNode): Account {
  const { domain, endpoint, smtpUser } = node.definition;
  const limits = node.definition as Limits;
  const ownerId = secret(node, 'ownerId');
  const token = secret(node, 'token');
  const pacer = createPacer(clock, limits);
  const base = baseUrl({ domain: setting(domain), endpoint: setting(endpoint) });
  const transport = createTransport({ baseUrl: base, ownerId, token, limits });
  node.on('close', (_removed, done) => {
    transport.close();
    done();
  });
  const redact = createRedact({ ownerId, token });
  const sends = sentMemory.of(JSON.stringify([base, ownerId]));
  return {
    client: createClient({ transport, clock, pacer, limits, redact, sends }),
    defaults: { smtpUser: setting(smtpUser) },
  };
}

function setting(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function secret({ credentials }: Node, name: 'ownerId' | 'token'): string {
  const value = credentials?.[name];
  if (!value) throw invalid(name, 'is required: set it in the SendClean account');
  return value;
}
