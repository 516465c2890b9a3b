import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Sandbox } from '../../sandbox/src/server';
import { operations } from '../../shared/generated/operations';
import { clear, fault, messages } from '../sandbox/client';
import { credentialFor, emailForm } from '../support/n8nForm';
import { startSandbox } from '../support/sandbox';
import type { RunningN8n } from './n8n';
import { chain, sendClean, webhook } from './n8nWorkflow';
import { arrived, assertEachOnce, onceThere, orders, ordersWorkflow, place, skipped } from './orders';
import { startQueueStand, type QueueStand } from './queueStand';

const [tarball] = globSync(join(import.meta.dirname, '../../build/n8n-nodes-sendclean-*.tgz'));
const { path } = operations.sendMail;

/** A worker that is gone is noticed in seconds; by n8n's own settings it takes a minute or two. */
const impatient = {
  QUEUE_WORKER_LOCK_DURATION: '15000',
  QUEUE_WORKER_LOCK_RENEW_TIME: '2000',
  QUEUE_WORKER_STALLED_INTERVAL: '2000',
};

/** How many executions a worker has started. */
const started = (worker: RunningN8n) => worker.log().split('Worker started execution').length - 1;

describe('the packed node in n8n’s queue mode', () => {
  let sandbox: Sandbox;
  let stand: QueueStand;
  let credential: string;
  let workers: RunningN8n[] = [];
  before(async () => {
    assert.ok(tarball, 'build/ has no tarball');
    sandbox = await startSandbox();
    stand = await startQueueStand(tarball, impatient);
    credential = await stand.addCredential('sandbox', credentialFor(sandbox.url));
  });
  after(async () => {
    await stand?.stop();
    await sandbox?.close();
  });
  beforeEach(async () => {
    await clear(sandbox.url, 'messages', 'faults');
  });

  /** Has that many workers run, each of which runs one execution at a time. */
  async function useWorkers(count: number): Promise<RunningN8n[]> {
    for (const worker of workers.splice(count)) await worker.stop();
    const missing = Array.from({ length: count - workers.length }, () => stand.startWorker(1));
    return (workers = [...workers, ...(await Promise.all(missing))]);
  }

  /** Publishes the workflow of the orders, and returns the address of its webhook. */
  async function ordersAt(path: string, options: object = {}): Promise<string> {
    await stand.publish(ordersWorkflow(path, credential, options));
    return `${stand.main.url}/webhook/${path}`;
  }

  it('sends from a worker, byte for byte, a file that the main has received', async () => {
    await useWorkers(1);
    const mail = {
      ...emailForm,
      subject: 'Your report',
      emailFormat: 'text',
      text: 'It is attached.',
      attachments: '*',
    };
    await stand.publish(chain('files', [sendClean('Send Mail', mail, credential)], webhook('files')));
    const bytes = randomBytes(1_000_000);
    const form = new FormData();
    form.set('report', new Blob([bytes]), 'report.bin');
    const url = `${stand.main.url}/webhook/files`;
    assert.equal((await onceThere(() => fetch(url, { method: 'POST', body: form }))).status, 200);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const [sent] = await messages(sandbox.url);
    assert.partialDeepStrictEqual(sent?.attachments, [{ name: 'report.bin', size: bytes.length, sha256 }]);
  });

  it('sends each email of two runs at once, on one worker that runs one execution at a time, once', async () => {
    await useWorkers(1);
    const url = await ordersAt('twice', { skipSent: true });
    const placed = orders(50);
    const answers = await Promise.all([place(url, placed), place(url, placed)]);
    assert.deepEqual(answers.map(({ results }) => skipped(results)).sort(), [0, 50]);
    await assertEachOnce(sandbox.url, placed);
  });

  it('spreads executions over the workers, and loses no email that the service refuses for its quota', async () => {
    const both = await useWorkers(2);
    const url = await ordersAt('spread');
    const before = both.map(started);
    await fault(sandbox.url, {
      kind: 'status',
      path,
      status: 429,
      headers: { 'retry-after': '1' },
      count: 3,
    });
    const placed = orders(100, 1001);
    const parts = [0, 1, 2, 3, 4].map((part) => placed.slice(part * 20, part * 20 + 20));
    const answers = await Promise.all(parts.map((part) => place(url, part)));
    assert.deepEqual(
      answers.map(({ status, results }) => [status, results.length]),
      parts.map(() => [200, 20]),
    );
    await assertEachOnce(sandbox.url, placed);
    const taken = both.map((worker, index) => started(worker) - before[index]!);
    assert.equal(taken[0]! + taken[1]!, 5);
    assert.ok(
      taken.every((count) => count > 0),
      `the workers took ${taken.join(' and ')} executions`,
    );
  });

  it('sends each of 500 emails once when a worker is killed half-way and the workflow is run again', async () => {
    const both = await useWorkers(2);
    const url = await ordersAt('crash', { skipSent: true });
    const placed = orders(500, 2001);
    const before = both.map(started);
    // Emails are taken whose answers their sender does not live to see.
    await fault(sandbox.url, { kind: 'delay', path, delayMs: 50, count: null });
    const crashed = place(url, placed);
    await arrived(sandbox.url, 150);
    const victim = both.findIndex((worker, index) => started(worker) > before[index]!);
    await both[victim]!.kill();
    workers = both.filter((_worker, index) => index !== victim);
    const sent = (await messages(sandbox.url)).length;
    assert.ok(sent >= 50 && sent <= 450, `${sent} of 500 mails had arrived`);
    await clear(sandbox.url, 'faults');

    const again = await place(url, placed);
    assert.deepEqual([again.status, again.results.length], [200, 500]);
    assert.ok(skipped(again.results) >= sent, `${skipped(again.results)} of ${sent} mails were skipped`);
    // n8n gives the first run up in the end, and nobody takes it on.
    assert.equal((await crashed).status, 500);
    await assertEachOnce(sandbox.url, placed);
    assert.equal(started(workers[0]!) - before[1 - victim]!, 1);
  });
});
