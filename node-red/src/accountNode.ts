import { baseUrl } from '../../shared/account';
import { createClient, type Client } from '../../shared/client';
import { invalid } from '../../shared/errors';
import type { Limits } from '../../shared/limits';
import { createPacer } from '../../shared/pacing';
import { createRedact } from '../../shared/redact';
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
  /** @throws SendCleanError when the account is not complete. */
  account(): Account;
  stored(): StoredAccount;
}

const type = 'sendclean-account';

/** Registers the config node, which keeps one client and its connections for all nodes of an account. */
export function registerAccount(RED: NodeAPI): void {
  RED.nodes.registerType(
    type,
    function (definition) {
      RED.nodes.createNode(this, definition);
      const { open, close } = openOnce(this, definition);
      Object.assign(this, { account: open, stored: () => storedOf(this, definition) });
      this.on('close', (_removed, done) => {
        close();
        done();
      });
    },
    { credentials: { ownerId: { type: 'text' }, token: { type: 'password' } } },
  );
}

/**
 * The account that a node was given.
 * @throws SendCleanError when there is none, or it is not complete.
 */
export function accountOf(RED: NodeAPI, id: unknown): Account {
  const node = typeof id === 'string' ? RED.nodes.getNode(id) : null;
  if (!node || !isAccount(node))
    throw invalid('account', 'is required: choose a SendClean account in the node');
  return node.account();
}

/** What the account with an ID was deployed with, if there is one. */
export function storedAccount(RED: NodeAPI, id: string): StoredAccount | undefined {
  const node = RED.nodes.getNode(id);
  return node && isAccount(node) ? node.stored() : undefined;
}

function storedOf({ credentials = {} }: Node, { domain, endpoint }: NodeDef): StoredAccount {
  const { ownerId, token } = credentials;
  return {
    ownerId: setting(ownerId),
    token: setting(token),
    domain: setting(domain),
    endpoint: setting(endpoint),
  };
}

function isAccount(node: Node): node is AccountNode {
  return node.type === type && 'account' in node;
}

function openOnce(node: Node, definition: NodeDef): { open: () => Account; close: () => void } {
  let account: Account | undefined;
  let close = () => {};
  const open = () => {
    if (account) return account;
    const limits = definition as Limits;
    const pacer = createPacer(clock, limits);
    const transport = createTransport({
      baseUrl: baseUrl({ domain: setting(definition.domain), endpoint: setting(definition.endpoint) }),
      ownerId: secret(node, 'ownerId'),
      token: secret(node, 'token'),
      limits,
    });
    close = () => transport.close();
    account = {
      client: createClient({
        transport,
        clock,
        pacer,
        limits,
        redact: createRedact({ ownerId: secret(node, 'ownerId'), token: secret(node, 'token') }),
      }),
      defaults: { smtpUser: setting(definition.smtpUser) },
    };
    return account;
  };
  return { open, close: () => close() };
}

function setting(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function secret({ credentials }: Node, name: 'ownerId' | 'token'): string {
  const value = credentials?.[name];
  if (!value) throw invalid(name, 'is required: set it in the SendClean account');
  return value;
}
