/** Send and Wait for Response in n8n's queue mode, in which workers run what the main has the pages of. */
import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Sandbox } from '../../sandbox/src/server';
import { clear, messages } from '../sandbox/client';
import { credentialFor } from '../support/n8nForm';
import { startSandbox } from '../support/sandbox';
import type { RunningN8n } from './n8n';
import { startQueueStand, type QueueStand } from './queueStand';
import { approval, post, waitingIn, type Waiting } from './waiting';

const [tarball] = globSync(join(import.meta.dirname, '../../build/n8n-nodes-sendclean-*.tgz'));

describe('Send and Wait for Response in n8n’s queue mode', () => {
  let sandbox: Sandbox;
  let stand: QueueStand;
  let worker: RunningN8n;
  let waiting: Waiting;
  before(async () => {
    assert.ok(tarball, 'build/ has no tarball');
    sandbox = await startSandbox();
    stand = await startQueueStand(tarball);
    worker = await stand.startWorker(1);
    const credential = await stand.addCredential('sandbox', credentialFor(sandbox.url));
    waiting = waitingIn({
      sandbox: sandbox.url,
      running: () => stand.main,
      credential,
      publish: stand.publish,
    });
  });
  after(async () => {
    await stand?.stop();
    await sandbox?.close();
  });
  beforeEach(async () => {
    await clear(sandbox.url, 'messages', 'faults');
  });

  const started = () => worker.log().split('Worker started execution').length - 1;

  it('asks from a worker, takes the answer at the main, and goes on in a worker', async () => {
    const before = started();
    const { url, id } = await waiting.ask('approve', approval);
    assert.equal(started() - before, 1);
    for (const method of ['GET', 'HEAD', 'GET', 'HEAD', 'GET', 'HEAD']) await fetch(url, { method });
    assert.equal(await waiting.going(), undefined);
    assert.equal((await post(url, { decision: 'approve' })).status, 200);
    const { data } = await waiting.wentOn();
    assert.deepEqual([data?.approved, data?.xUniqueId], [true, id]);
    assert.equal(started() - before, 2);
    assert.match(await (await post(url, { decision: 'decline' })).text(), /No action required/);
    assert.equal((await messages(sandbox.url)).length, 2);
  });

  it('takes a file at the main that a worker goes on with', async () => {
    const values = [{ fieldLabel: 'Slip', fieldType: 'file', multipleFiles: false }];
    const { url } = await waiting.ask('file', { responseType: 'customForm', formFields: { values } });
    const body = new FormData();
    body.set('field-0', new Blob(['paid']), 'slip.txt');
    body.set('decision', 'submit');
    assert.equal((await fetch(url, { method: 'POST', body })).status, 200);
    assert.deepEqual((await waiting.wentOn()).files, ['slip.txt']);
  });
});
