import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { operations } from '../../shared/generated/operations';
import { fault, messages } from '../sandbox/client';
import { startSandbox } from '../support/sandbox';
import { startNodeRed } from './nodeRed';
import { ordersFlow } from './nodeRedOrders';
import { place, skipped } from './orders';

const [tarball] = globSync(join(import.meta.dirname, '../../build/sendclean-nodes-node-red-sendclean-*.tgz'));
const { path } = operations.sendMail;
const count = 26;

for (const version of ['5', '4'] as const) {
  describe(`a real Node-RED ${version}, for emails of one X-Unique-Id and recipient`, () => {
    for (const senders of [1, 2]) {
      it(`sends one for ${count} messages to ${senders === 1 ? 'a node' : 'each of two nodes of one account'}`, async () => {
        assert.ok(tarball, 'build/ has no tarball');
        await using stack = new AsyncDisposableStack();
        const sandbox = stack.adopt(await startSandbox(), (running) => running.close());
        const flows = ordersFlow(sandbox.url, count, senders);
        const nodeRed = stack.adopt(await startNodeRed({ version, tarball, flows }), (host) => host.stop());
        // Long enough for all messages to look for the email before the first has sent it.
        await fault(sandbox.url, { kind: 'delay', path, delayMs: 300, count: null });
        const same = Array.from({ length: count }, () => ({ id: 1 }));
        const { status, results } = await place(`${nodeRed.url}/orders`, same);
        assert.deepEqual([status, skipped(results)], [200, count * senders - 1]);
        assert.equal((await messages(sandbox.url)).length, 1);
      });
    }
  });
}
