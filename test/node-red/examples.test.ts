import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, it } from 'node:test';
import { operations } from '../../shared/generated/operations';
import { fault, message, messages } from '../sandbox/client';
import { setDns } from '../sandbox/settingsClient';
import type { FlowNode } from '../support/nodeRed';
import { account } from '../support/sandbox';
import { useCredentialStore } from '../support/credentialStore';
import { expectations, type Run } from './exampleExpectations';
import { useRuntime } from './harness';

const folder = join(import.meta.dirname, '../../node-red/examples');
const files = readdirSync(folder);
const read = (file: string) => readFileSync(join(folder, file), 'utf8');
const examples = files.map((file): [name: string, flows: FlowNode[]] => [
  basename(file, '.json'),
  JSON.parse(read(file)) as FlowNode[],
]);

/** An example as a person completes it after the import: with the credentials of the sandbox, and own settings. */
function completed(
  flows: FlowNode[],
  endpoint: string,
  settings: NonNullable<Run['settings']>,
  variables: Readonly<Record<string, string>>,
) {
  const { owner_id: ownerId, token } = account;
  const accounts = flows.filter(({ type }) => type === 'sendclean-account');
  return {
    flows: flows.map((node) => ({
      ...node,
      ...(accounts.includes(node) && { endpoint }),
      ...settings[String(node.name)],
      ...(node.env !== undefined && { env: variablesOf(variables) }),
    })),
    credentials: Object.fromEntries(accounts.map(({ id }) => [id, { ownerId, token }])),
  };
}

function variablesOf(variables: Readonly<Record<string, string>>): object[] {
  return Object.entries(variables).map(([name, value]) => ({ name, value, type: 'str' }));
}

function idOf(flows: FlowNode[], type: string, name: string): string {
  return flows.find((node) => node.type === type && node.name === name)?.id ?? assert.fail(`no ${name}`);
}

describe('the example flows for Node-RED', () => {
  const { url, red } = useRuntime();
  const store = useCredentialStore();

  it('use every node of the pack', () => {
    const used = new Set(examples.flatMap(([, flows]) => flows.map(({ type }) => type)));
    const missing = Object.values(operations).filter(({ hosts }) => !used.has(hosts.nodeRed.type));
    assert.deepEqual(missing, []);
    assert.ok(used.has('sendclean-events'));
  });

  it('have IDs that no two of them share, so that one can be imported after another', () => {
    const ids = examples.flatMap(([, flows]) => flows.map(({ id }) => id));
    assert.deepEqual(
      ids.filter((id, index) => ids.indexOf(id) !== index),
      [],
    );
  });

  it('refer to no node of another', () => {
    const foreign = examples.flatMap(([name, flows]) => {
      const own = new Set(flows.map(({ id }) => id));
      const references = JSON.stringify(flows).match(/a1f0c0de\d{8}/g) ?? [];
      return references.filter((id) => !own.has(id)).map((id) => `${name}: ${id}`);
    });
    assert.deepEqual(foreign, []);
  });

  for (const [name, flows] of examples) {
    it(`say at their top what to set, and bring no credentials and no real address: ${name}`, () => {
      const [tab, account, comment] = flows;
      assert.deepEqual([tab?.type, account?.type, comment?.type], ['tab', 'sendclean-account', 'comment']);
      assert.match(String(comment?.info), /^Before you deploy, open the node .+ Owner ID and Token/s);
      const tops = flows.filter(({ id }) => id !== comment?.id).map(({ y }) => Number(y ?? Infinity));
      assert.ok(tops.every((y) => y > Number(comment?.y)));
      assert.ok(flows.every((node) => !('credentials' in node || 'token' in node || 'ownerId' in node)));
      const addresses = JSON.stringify(flows).match(/(?<![\w.])[\w.]+@[\w.-]+\w/g) ?? [];
      assert.deepEqual(
        addresses.filter((address) => !/@example\.(com|org)$/.test(address)),
        [],
      );
    });

    for (const [index, run] of (expectations[name] ?? assert.fail(`${name} has no expectation`)).entries()) {
      it(`run to their end: ${name}, ${run.press} (${index + 1})`, async () => {
        const vault = { VAULT_ADDR: store.url(), VAULT_TOKEN: 'of-the-store' };
        await red().deploy(completed(flows, url(), run.settings ?? {}, vault));
        if (run.fault) await fault(url(), run.fault);
        if (run.dns) await setDns(url(), run.dns.domain, run.dns.state);
        store.taken.length = 0;
        red().press(idOf(flows, 'inject', run.press));
        const shown: unknown[] = [];
        for (const [debug, expected] of Object.entries(run.output)) {
          for (const one of expected) {
            const msg = await red().next(idOf(flows, 'debug', debug));
            assert.partialDeepStrictEqual(msg, one);
            shown.push(msg);
          }
        }
        assert.partialDeepStrictEqual(store.taken, run.stored ?? []);
        for (const { data } of store.taken) assert.ok(!JSON.stringify(shown).includes(String(data.password)));
        const got = await Promise.all((await messages(url())).map(({ id }) => message(url(), id)));
        assert.equal(got.length, run.mails.length);
        for (const [place, mail] of run.mails.entries()) assert.partialDeepStrictEqual(got[place], mail);
      });
    }
  }
});
