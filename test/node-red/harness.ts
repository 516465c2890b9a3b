import assert from 'node:assert/strict';
import { after, before, beforeEach } from 'node:test';
import { inspect } from 'node:util';
import type { NodeMessage } from '../../node-red/src/red';
import type { Sandbox } from '../../sandbox/src/server';
import type { OperationName } from '../../shared/generated/types';
import { clear, control, message, messages } from '../sandbox/client';
import { startRuntime, type FlowNode, type Runtime } from '../support/nodeRed';
import { flowOf, ids, type AccountSettings, type Typed } from '../support/nodeRedFlow';
import { startSandbox } from '../support/sandbox';

/** The properties of a message that make an email. */
export const mail = {
  from: 'shop@example.com',
  to: 'jane@example.com',
  topic: 'Order',
  payload: '<p>Thanks</p>',
};

/** Node-RED and a sandbox for the tests of a file; the sandbox is empty before each. */
export function useRuntime() {
  let sandbox: Sandbox | undefined;
  let runtime: Runtime | undefined;
  const url = () => sandbox?.url ?? assert.fail('the sandbox has not started');
  const red = () => runtime ?? assert.fail('Node-RED has not started');
  before(async () => {
    sandbox = await startSandbox();
    runtime = await startRuntime({ flows: [] });
  });
  after(async () => {
    await runtime?.stop();
    await sandbox?.close();
  });
  beforeEach(async () => {
    await clear(url(), 'messages', 'faults', 'requests');
  });
  return {
    url,
    red,
    /** Deploys the flow of an operation on the sandbox's account, with other settings and nodes where given. */
    deploy(
      name: OperationName,
      inputs: Record<string, Typed> = {},
      settings: AccountSettings = {},
      plain: Record<string, unknown> = {},
      others: FlowNode[] = [],
    ) {
      const { flows, credentials } = flowOf(name, { endpoint: url(), ...settings }, inputs);
      const set = flows.map((node) => (node.id === ids.node ? { ...node, ...plain } : node));
      return red().deploy({ flows: [...set, ...others], ...(credentials && { credentials }) });
    },
    /** What comes out of the node for a message. */
    async result(msg: NodeMessage): Promise<NodeMessage> {
      red().send(ids.node, msg);
      return await first(red(), ids.out, ids.caught);
    },
    /** What a Catch node sees of a message. */
    async failure(msg: NodeMessage): Promise<Failure> {
      red().send(ids.node, msg);
      return (await first(red(), ids.caught, ids.out)) as Failure;
    },
    /** The one request that the sandbox took, as it was read there. */
    async taken(): Promise<Taken> {
      const [summary, ...others] = await messages(url());
      assert.ok(summary);
      assert.equal(others.length, 0);
      return (await message(url(), summary.id)).request as Taken;
    },
    /** What the node writes to Node-RED's log as warnings while something is done. */
    async warningsOf(work: () => Promise<unknown>): Promise<string[]> {
      const from = red().log().split('\n').length;
      await work();
      const entries = red().log().split('\n').slice(from);
      return entries
        .flatMap((line) =>
          line.startsWith('{') ? [JSON.parse(line) as { level: number; id?: string; msg: string }] : [],
        )
        .filter(({ level, id }) => level === 30 && id === ids.node)
        .map(({ msg }) => msg);
    },
    async requestCount(): Promise<number> {
      return ((await (await control(url(), 'requests')).json()) as { count: number }).count;
    },
  };
}

export interface Failure extends NodeMessage {
  error: { message: string };
  sendclean: Record<string, unknown>;
}

export interface Taken {
  smtp_user_name: string;
  message: Record<string, unknown>;
}

/** What reaches the wanted node; fails when the message ends at the other one. */
async function first(red: Runtime, wanted: string, other: string): Promise<NodeMessage> {
  const { id, msg } = await red.nextOf(wanted, other);
  assert.equal(id, wanted, inspect(msg));
  return msg;
}
