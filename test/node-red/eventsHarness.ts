import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, beforeEach } from 'node:test';
import type { NodeMessage } from '../../node-red/src/red';
import type { Sandbox } from '../../sandbox/src/server';
import { eventChoices } from '../../shared/webhooks';
import { clear, control, until } from '../sandbox/client';
import { callAt } from '../sandbox/settingsClient';
import { startRuntime, type FlowNode, type Runtime, type RuntimeOptions } from '../support/nodeRed';
import { account, startSandbox } from '../support/sandbox';

/** IDs of the nodes of a flow with events. */
export const eventIds = { node: 'events', out: 'out' } as const;

const path = '/sendclean/k3v9x2m4q8w6z1t5';

/** A node as the editor makes a new one, with its path. */
export const newEventsNode = {
  id: eventIds.node,
  type: 'sendclean-events',
  z: 'tab',
  x: 0,
  y: 0,
  name: 'Reports',
  version: 1,
  account: '',
  path,
  events: eventChoices.map(({ value }) => value).join(),
  smtpUser: '',
  simplify: true,
  register: false,
  publicAddress: '',
  verifySignature: false,
  wires: [[eventIds.out]],
};

/** A webhook as the sandbox lists it. */
interface Listed {
  webhook_id: string;
  url: string;
  event: string;
  key: string;
}

/** Node-RED, which serves what flows serve, and a sandbox for the tests of a file. */
export function useEvents(options: Pick<RuntimeOptions, 'settings'> = {}) {
  let server: Server | undefined;
  let runtime: Runtime | undefined;
  const setup = {} as { sandbox: Sandbox };
  const red = () => runtime ?? assert.fail('Node-RED has not started');
  const origin = () => `http://127.0.0.1:${(server?.address() as AddressInfo).port}`;
  before(async () => {
    server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    setup.sandbox = await startSandbox();
    runtime = await startRuntime({ flows: [], http: server, ...options });
  });
  after(async () => {
    await runtime?.stop();
    await setup.sandbox?.close();
    server?.closeAllConnections();
    server?.close();
  });
  beforeEach(async () => {
    await red().deploy({ flows: [] });
    await clear(setup.sandbox.url, 'messages', 'faults', 'requests');
    await sandboxControl('webhooks/faults', undefined, 'DELETE');
    await sandboxControl('webhooks/options', { gatherMs: 20, retryMs: 20 }, 'PUT');
    for (const { webhook_id } of await webhooks()) await call('settings/deleteWebhook', { webhook_id });
  });

  const call = (name: string, request: object = {}) => callAt(setup.sandbox.url, name, request);
  const sandboxControl = (name: string, body?: object, method?: string) =>
    control(setup.sandbox.url, name, body, method);
  const webhooks = async () => ((await call('settings/listWebhook')).webhook_list ?? []) as Listed[];
  const address = () => `${origin()}${path}`;
  const entries = (level: number, id: string) =>
    red()
      .log()
      .split('\n')
      .flatMap((line) =>
        line.startsWith('{') ? [JSON.parse(line) as { level: number; id?: string; msg: string }] : [],
      )
      .filter((one) => one.level === level && one.id === id)
      .map(({ msg }) => msg);

  return {
    red,
    origin,
    address,
    call,
    control: sandboxControl,
    webhooks,
    sandbox: () => setup.sandbox,
    /** The settings by which a node registers itself with the sandbox. */
    registering: () => ({ account: 'account', register: true, publicAddress: origin() }),
    /** Deploys a node with other settings than those of a new one, and other nodes beside it. */
    deploy(
      settings: object = {},
      others: FlowNode[] = [],
      credentials: NonNullable<RuntimeOptions['credentials']> = {},
    ) {
      const endpoint = setup.sandbox.url;
      return red().deploy({
        flows: [
          { id: 'tab', type: 'tab', label: 'Test' },
          { id: 'account', type: 'sendclean-account', domain: '', endpoint, smtpUser: account.smtpUser },
          { ...newEventsNode, ...settings },
          sink(eventIds.out),
          ...others,
        ],
        credentials: {
          account: { ownerId: account.owner_id, token: account.token },
          ...credentials,
        },
      });
    },
    /** Posts a body as the service does, or in another form. */
    async post(
      body: string | FormData | Buffer<ArrayBuffer>,
      headers: Record<string, string> = {},
      to = address(),
    ): Promise<{ status: number; text: string }> {
      const response = await fetch(to, { method: 'POST', body, headers });
      return { status: response.status, text: await response.text() };
    },
    /** The messages that have come out of the node and nobody has asked for. */
    async got(): Promise<NodeMessage[]> {
      const count = red().waiting(eventIds.out);
      return await Promise.all(Array.from({ length: count }, () => red().next(eventIds.out)));
    },
    /** What a node has written to the log as warnings, and as errors. */
    warnings: (id: string = eventIds.node) => entries(30, id),
    errors: (id: string = eventIds.node) => entries(20, id),
    status: (id: string = eventIds.node) => red().statuses(id).at(-1)?.text,
    statusIs: (text: string, id: string = eventIds.node) =>
      until(`the status is ${text}`, () => Promise.resolve(red().statuses(id).at(-1)?.text === text)),
    /** Waits until the account has one webhook with the address, or none. */
    registered: (count = 1, url = address()) =>
      until(`there are ${count} webhooks`, async () => {
        const all = await webhooks();
        return all.filter((one) => one.url === url).length === count && all.length === count;
      }),
  };
}

/** A node that only gets messages. */
export function sink(id: string): FlowNode {
  return { id, type: 'debug', z: 'tab', x: 0, y: 0, active: false, wires: [] };
}

/** A batch as the service posts it, in a form. */
export function form(events: readonly unknown[], name = 'SendCleantes_events'): string {
  return new URLSearchParams({ [name]: JSON.stringify(events) }).toString();
}

/** The header of a form; text without one is text. */
export const asForm = { 'content-type': 'application/x-www-form-urlencoded' };
export const asJson = { 'content-type': 'application/json' };
