import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fault, until } from '../sandbox/client';
import { canaries, faults, leaks, operationNames, patience, startStage, type Stage } from './canary';
import { flowOfCalls, globalContext, witness, type FlowCall } from './canaryFlow';
import { startNodeRed } from './nodeRed';

const [tarball] = globSync(join(import.meta.dirname, '../../build/sendclean-nodes-node-red-sendclean-*.tgz'));

const calls: FlowCall[] = operationNames.flatMap((operation) => [
  { path: `${operation}-caught`, operation, isCaught: true },
  { path: `${operation}-uncaught`, operation, isCaught: false },
]);
const unsure: FlowCall = {
  path: 'unsure',
  operation: 'sendMail',
  isCaught: true,
  inputs: { whenUnsure: ['lookUp', 'str'] },
};
const skipping: FlowCall = {
  path: 'skipping',
  operation: 'sendTemplate',
  isCaught: true,
  inputs: { skipSent: ['true', 'bool'] },
};

describe('Node-RED at trace level, with all that an email is sent with', () => {
  let stage: Stage;
  let log = '';
  /** What was answered to those who made the calls and tested the connection. */
  const told: string[] = [];

  before(async () => {
    assert.ok(tarball, 'build/ has no tarball');
    stage = await startStage();
    const nodeRed = await startNodeRed({
      version: '5',
      tarball,
      flows: flowOfCalls([], ''),
      env: stage.env,
      settings: {
        functionGlobalContext: globalContext,
        logging: { console: { level: 'trace', metrics: true, audit: true } },
      },
    });
    try {
      await run(nodeRed.url, nodeRed.log);
    } finally {
      await nodeRed.stop();
      log = nodeRed.log();
    }
  });
  after(async () => await stage?.stop());

  async function run(url: string, logged: () => string): Promise<void> {
    const post = async (path: string, content: unknown = {}) => {
      const headers = { 'content-type': 'application/json' };
      const body = JSON.stringify(content);
      const response = await fetch(`${url}/${path}`, { method: 'POST', headers, body, signal: patience() });
      told.push(await response.text());
    };
    const make = ({ path }: FlowCall) => post(path);
    const count = (pattern: RegExp) => logged().match(pattern)?.length ?? 0;
    let deployed: string | undefined;
    const deploy = async (endpoint: string) => {
      if (endpoint === deployed) return;
      deployed = endpoint;
      const starts = count(/Started flows/g);
      await post('flows', flowOfCalls([...calls, unsure, skipping], endpoint));
      await until('the flows have started', async () => count(/Started flows/g) > starts);
    };
    const test = (endpoint: string) => {
      const { ownerId, token } = canaries;
      const values = { id: '', ownerId: ownerId.text, token: token.text, domain: '', endpoint };
      return post('sendclean/test-connection', values);
    };
    for (const [index, one] of faults.entries()) {
      const endpoint = await stage.set(one);
      await deploy(endpoint);
      await Promise.all([...calls.map(make), test(endpoint)]);
      const ended = /uncaught-call","event":"node\.sendclean-[a-z-]+\.done"/g;
      await until('the calls have ended', async () => count(ended) === operationNames.length * (index + 1));
    }
    await deploy(await stage.set({ name: 'none' }));
    await fault(stage.sandbox.url, { kind: 'resetAfter', path: 'messages/sendMail' });
    await Promise.all([unsure, skipping].map(make));
    await make(skipping);
  }

  it('has sent emails with them', async () => {
    await stage.assertSent();
    for (const outcome of ['"recovered":true', '"skipped":true'])
      assert.ok(told.join('\n').includes(outcome));
  });

  it('tells them to nobody who makes a call or tests the connection', () => {
    assert.deepEqual(leaks('an answer', told.join('\n')), []);
  });

  it('shows them to no proxy on the way to the service', () => stage.assertTunnelled());

  it('writes them to no log, and puts them into no message', () => {
    assert.ok(log.includes(witness));
    assert.deepEqual(leaks('the log', log), []);
  });
});
