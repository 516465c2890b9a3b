import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { operations } from '../../shared/generated/operations';
import { control, fault } from '../sandbox/client';
import { flowOf, ids } from '../support/nodeRedFlow';
import { startSandbox } from '../support/sandbox';
import { startNodeRed, type FlowNode } from './nodeRed';
import { arrived, assertEachOnce, orders, place, skipped, uniqueId } from './orders';

const [tarball] = globSync(join(import.meta.dirname, '../../build/sendclean-nodes-node-red-sendclean-*.tgz'));
const { path } = operations.sendMail;

/** A message for each order, to the node that sends them. */
const each = `return [msg.payload.orders.map(({ id }) => ({
  ...msg,
  from: 'shop@example.com',
  to: \`customer-\${id}@example.com\`,
  topic: \`Your order \${id}\`,
  payload: 'Thank you.',
  xUniqueId: \`${uniqueId('${id}')}\`,
}))];`;

/** A flow that sends a mail for each order of a POST to `/orders`, and answers what became of them all. */
function ordersFlow(endpoint: string, count: number): FlowNode[] {
  const { flows, credentials } = flowOf('sendMail', { endpoint }, { skipSent: ['yes', 'choice'] });
  const find = (wanted: string) => flows.find(({ id }) => id === wanted) ?? assert.fail(wanted);
  const at = { z: 'tab', x: 0, y: 0 };
  const all = { mode: 'custom', build: 'array', property: 'payload', propertyType: 'msg', count };
  return [
    { ...find('tab'), type: 'tab' },
    { ...find('account'), type: 'sendclean-account', credentials: credentials?.account ?? {} },
    { id: 'in', type: 'http in', ...at, url: '/orders', method: 'post', wires: [['each']] },
    { id: 'each', type: 'function', ...at, func: each, wires: [[ids.node]] },
    { ...find(ids.node), type: operations.sendMail.nodeRed, wires: [['all']] },
    { id: 'all', type: 'join', ...at, ...all, wires: [['answer']] },
    { id: 'answer', type: 'http response', ...at, wires: [] },
  ];
}

for (const version of ['5', '4'] as const) {
  describe(`a real Node-RED ${version} that crashes`, () => {
    it('sends each of 500 mails once when it is killed half-way and all are sent again', async () => {
      assert.ok(tarball, 'build/ has no tarball');
      await using stack = new AsyncDisposableStack();
      const sandbox = stack.adopt(await startSandbox(), (running) => running.close());
      const placed = orders(500);
      const flows = ordersFlow(sandbox.url, placed.length);
      const nodeRed = stack.adopt(await startNodeRed({ version, tarball, flows }), (host) => host.stop());
      const url = `${nodeRed.url}/orders`;
      // Mails are taken whose answers their sender does not live to see.
      await fault(sandbox.url, { kind: 'delay', path, delayMs: 50, count: null });
      const crashed = assert.rejects(place(url, placed));
      await arrived(sandbox.url, 150);
      await nodeRed.crash();
      await crashed;
      const sent = await arrived(sandbox.url, 150);
      assert.ok(sent >= 50 && sent <= 450, `${sent} of 500 mails had arrived`);
      await control(sandbox.url, 'faults', undefined, 'DELETE');

      const again = await place(url, placed);
      assert.deepEqual([again.status, skipped(again.results)], [200, sent]);
      await assertEachOnce(sandbox.url, placed);
    });
  });
}
