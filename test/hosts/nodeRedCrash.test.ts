import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { operations } from '../../shared/generated/operations';
import { clear, fault } from '../sandbox/client';
import { startSandbox } from '../support/sandbox';
import { startNodeRed } from './nodeRed';
import { ordersFlow } from './nodeRedOrders';
import { arrived, assertEachOnce, orders, place, skipped } from './orders';

const [tarball] = globSync(join(import.meta.dirname, '../../build/sendclean-nodes-node-red-sendclean-*.tgz'));
const { path } = operations.sendMail;

for (const version of ['5', '4'] as const) {
  describe(`a real Node-RED ${version} that crashes`, () => {
    it('sends each of 500 emails once when it is killed half-way and all are sent again', async () => {
      assert.ok(tarball, 'build/ has no tarball');
      await using stack = new AsyncDisposableStack();
      const sandbox = stack.adopt(await startSandbox(), (running) => running.close());
      const placed = orders(500);
      const flows = ordersFlow(sandbox.url, placed.length);
      const nodeRed = stack.adopt(await startNodeRed({ version, tarball, flows }), (host) => host.stop());
      const url = `${nodeRed.url}/orders`;
      // Emails are taken whose answers their sender does not live to see.
      await fault(sandbox.url, { kind: 'delay', path, delayMs: 50, count: null });
      const crashed = assert.rejects(place(url, placed));
      await arrived(sandbox.url, 150);
      await nodeRed.crash();
      await crashed;
      const sent = await arrived(sandbox.url, 150);
      assert.ok(sent >= 50 && sent <= 450, `${sent} of 500 mails had arrived`);
      await clear(sandbox.url, 'faults');

      const again = await place(url, placed);
      assert.deepEqual([again.status, skipped(again.results)], [200, sent]);
      await assertEachOnce(sandbox.url, placed);
    });
  });
}
