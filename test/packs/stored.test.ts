import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { INode } from 'n8n-workflow';
import { storedVersion } from '../../codegen/node-red/definitions';
import type { NodeMessage } from '../../node-red/src/red';
import type { Sandbox } from '../../sandbox/src/server';
import { operations } from '../../shared/generated/operations';
import type { OperationName } from '../../shared/generated/types';
import { fixtures, type Fixture } from '../support/fixtures';
import { removeEngine, runNode, sendCleanNode } from '../support/n8nEngine';
import { credentialFor, n8nForm } from '../support/n8nForm';
import { inLists, newestVersion } from '../support/n8nLists';
import { startRuntime, type FlowNode, type Runtime } from '../support/nodeRed';
import { flowOf, ids } from '../support/nodeRedFlow';
import { nodeRedForm } from '../support/nodeRedForm';
import { recordBefore, type Recorded, type Recorder } from '../support/recorder';
import { startSandbox } from '../support/sandbox';

/** A node as a host has stored it, with as many of its fields as go together, and the request that it makes. */
interface Stored {
  operation: OperationName;
  node: Record<string, unknown>;
  request: object;
}

const folder = join(import.meta.dirname, '../stored');
const names = Object.keys(operations) as OperationName[];

/** Settings that change nothing in the request. */
const common = { attempts: 2, timeout: 30, requestsPerMinute: 6000, atOnce: 5, megabytes: 50 };
const delivery = { ...common, sizeLimit: 20, whenUnsure: 'lookUp', validateOnly: false };

/** The nodes of a version; `STORED=1` writes those of the newest version for the first time. */
function storedAt(file: string): Stored[] {
  const path = join(folder, file);
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Stored[]) : [];
}

/** Owner ID and token are those of the test. */
function withoutSecrets({ method, url, body }: Recorded): object {
  const { pathname, searchParams } = new URL(url, 'http://localhost');
  for (const name of ['owner_id', 'token']) searchParams.delete(name);
  const { owner_id, token, ...request } = JSON.parse(body.toString() || '{}') as Record<string, unknown>;
  assert.equal(owner_id === undefined, token === undefined);
  return { method, path: pathname, query: Object.fromEntries(searchParams), body: request };
}

describe('a node that a host has stored', () => {
  let sandbox: Sandbox;
  let recorder: Recorder;
  let runtime: Runtime;
  before(async () => {
    sandbox = await startSandbox();
    recorder = await recordBefore(sandbox.url);
    runtime = await startRuntime({ flows: [] });
  });
  after(async () => {
    await runtime.stop();
    await removeEngine();
    await recorder.close();
    await sandbox.close();
  });

  async function inN8n(operation: OperationName, node: Record<string, unknown>): Promise<object> {
    const { items } = n8nForm(operation, fixtures[operation]);
    const { parameters, typeVersion } = node as { parameters: INode['parameters']; typeVersion: number };
    const credential = credentialFor(recorder.url);
    const { error } = await runNode({
      parameters,
      credential,
      ...(items && { items }),
      settings: { typeVersion },
    });
    if (operations[operation].resource === 'message') assert.equal(error, undefined);
    return withoutSecrets(recorder.take()[0] ?? assert.fail('no request was made'));
  }

  async function inNodeRed(operation: OperationName, node: Record<string, unknown>): Promise<object> {
    const { flows, credentials = {} } = flowOf(operation, { endpoint: recorder.url }, {});
    const set = flows.map((one) => (one.id === ids.node ? ({ ...one, ...node } as FlowNode) : one));
    await runtime.deploy({ flows: set, credentials });
    runtime.send(ids.node, nodeRedForm(operation, fixtures[operation]).msg as NodeMessage);
    const { error } = await Promise.race([runtime.next(ids.out), runtime.next(ids.caught)]);
    if (operations[operation].resource === 'message') assert.equal(error, undefined);
    return withoutSecrets(recorder.take()[0] ?? assert.fail('no request was made'));
  }

  const hosts = {
    n8n: { version: newestVersion, run: inN8n, nodeOf: n8nNode },
    'node-red': { version: storedVersion, run: inNodeRed, nodeOf: nodeRedNode },
  };

  for (const [host, { version, run, nodeOf }] of Object.entries(hosts)) {
    if (process.env.STORED === '1') {
      before(async () => {
        const file = join(folder, `${host}-${version}.json`);
        const known = storedAt(basename(file));
        const added = names.filter((name) => !known.some(({ operation }) => operation === name));
        for (const operation of added) {
          const node = nodeOf(operation, fixtures[operation]);
          known.push({ operation, node, request: await run(operation, node) });
        }
        writeFileSync(file, `${JSON.stringify(known, null, 2)}\n`);
      });
    }

    for (const file of globSync(`${host}-*.json`, { cwd: folder }).sort()) {
      for (const { operation, node, request } of storedAt(file)) {
        it(`makes the request that it made when it was stored: ${operation} of ${file}`, async () => {
          assert.deepEqual(await run(operation, node), request);
        });
      }
    }

    it(`is kept for each operation of the newest version of ${host}; STORED=1 adds what is missing`, () => {
      const kept = storedAt(`${host}-${version}.json`).map(({ operation }) => operation);
      assert.deepEqual([...kept].sort(), [...names].sort());
    });
  }

  it('is about an email where n8n stored neither resource nor operation, as it leaves out what is usual', () => {
    const { properties } = sendCleanNode().description;
    const usual = (name: string, resource?: string) =>
      properties.find(
        (one) => one.name === name && (!resource || one.displayOptions?.show?.resource?.includes(resource)),
      )?.default;
    assert.deepEqual([usual('resource'), usual('operation', 'message')], ['message', 'sendMail']);
  });
});

function n8nNode(operation: OperationName, fixture: Fixture): Record<string, unknown> {
  const { parameters } = n8nForm(operation, fixture);
  const isSend = operations[operation].effect === 'send';
  const options = { ...(parameters.options as object), ...(isSend ? delivery : common) };
  const all = { ...parameters, ...(isSend ? {} : { returnAll: false, limit: 50, simplify: true }), options };
  return { typeVersion: newestVersion, parameters: inLists(all as INode['parameters']) };
}

function nodeRedNode(operation: OperationName, fixture: Fixture): Record<string, unknown> {
  const { inputs } = nodeRedForm(operation, fixture);
  const { flows } = flowOf(operation, {}, inputs);
  const node = flows.find((one) => one.id === ids.node) ?? {};
  const ofFlow = ['id', 'type', 'z', 'x', 'y', 'wires', 'account'];
  const settings = Object.entries(node).filter(([name]) => !ofFlow.includes(name));
  return { version: storedVersion, ...(Object.fromEntries(settings) as object) };
}
