import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { operations } from '../../shared/generated/operations';
import { messages } from '../sandbox/client';
import type { FlowNode } from '../support/nodeRed';
import { account } from '../support/sandbox';
import { useRuntime } from './harness';

const folder = join(import.meta.dirname, '../../node-red/examples');
const examples = readdirSync(folder).map((name): [string, FlowNode[]] => [
  name,
  JSON.parse(readFileSync(join(folder, name), 'utf8')) as FlowNode[],
]);

/** An example with the credentials of the sandbox, as a person completes it after the import. */
function completed(flows: FlowNode[], endpoint: string) {
  const { owner_id: ownerId, token } = account;
  const accounts = flows.filter(({ type }) => type === 'sendclean-account');
  return {
    flows: flows.map((node) => (accounts.includes(node) ? { ...node, endpoint } : node)),
    credentials: Object.fromEntries(accounts.map(({ id }) => [id, { ownerId, token }])),
  };
}

describe('the example flows for Node-RED', () => {
  const { url, red } = useRuntime();

  it('use every node of the pack', () => {
    const used = new Set(examples.flatMap(([, flows]) => flows.map(({ type }) => type)));
    const missing = Object.values(operations).filter(({ nodeRed }) => !used.has(nodeRed));
    assert.deepEqual(missing, []);
  });

  for (const [name, flows] of examples) {
    it(`run to their end: ${name}`, async () => {
      await red().deploy(completed(flows, url()));
      const [start] = flows.filter(({ type }) => type === 'inject');
      const ours = flows.filter(({ type }) =>
        Object.values(operations).some(({ nodeRed }) => nodeRed === type),
      );
      const ends = flows.filter(
        ({ type, id }) => type === 'debug' && ours.some(({ wires }) => leadsTo(wires, id)),
      );
      assert.ok(start && ends.length > 0);
      red().send(start.id, {});
      for (const { id } of ends) assert.ok((await red().next(id)).payload);
      assert.ok((await messages(url())).length > 0);
      assert.doesNotMatch(red().log(), /It is not known|Nothing was sent/);
    });
  }
});

function leadsTo(wires: unknown, id: string): boolean {
  return Array.isArray(wires) && wires.flat().includes(id);
}
