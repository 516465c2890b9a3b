import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Sandbox } from '../../sandbox/src/server';
import { control, messages } from '../sandbox/client';
import { removeEngine, runNode } from '../support/n8nEngine';
import { credentialFor } from '../support/n8nForm';
import { startRuntime, type Runtime } from '../support/nodeRed';
import { flowOf, ids } from '../support/nodeRedFlow';
import { startSandbox } from '../support/sandbox';

const quota = 60;
const count = 30;
const topics = Array.from({ length: count }, (_, index) => `Order ${index}`);
const mail = { from: 'shop@example.com', to: 'jane@example.com', payload: '<p>Thanks</p>' };

describe('thirty emails against a quota of sixty a minute', () => {
  let sandboxes: Sandbox[];
  let runtime: Runtime;
  before(async () => {
    sandboxes = await Promise.all([1, 2].map(() => startSandbox({ rateLimit: quota })));
    runtime = await startRuntime({ flows: [] });
  });
  after(async () => {
    await runtime.stop();
    await removeEngine();
    await Promise.all(sandboxes.map((sandbox) => sandbox.close()));
  });

  async function inN8n(url: string): Promise<void> {
    const { error } = await runNode({
      parameters: {
        operation: 'sendMail',
        fromEmail: mail.from,
        to: mail.to,
        subject: '={{ $json.topic }}',
        html: mail.payload,
        options: { requestsPerMinute: quota },
      },
      credential: credentialFor(url),
      items: topics.map((topic) => ({ json: { topic } })),
    });
    assert.equal(error, undefined);
  }

  async function inNodeRed(url: string): Promise<void> {
    await runtime.deploy(flowOf('sendMail', { endpoint: url, requestsPerMinute: String(quota) }));
    for (const topic of topics) runtime.send(ids.node, { ...mail, topic });
    const ends = await Promise.all(topics.map(() => runtime.nextOf(ids.out, ids.caught)));
    assert.ok(ends.every(({ id }) => id === ids.out));
  }

  it(
    'all go out once, none over the quota, in about the time that they need',
    { timeout: 120_000 },
    async () => {
      const [first, second] = sandboxes.map(({ url }) => url);
      await Promise.all([inN8n(first ?? ''), inNodeRed(second ?? '')]);
      for (const { url } of sandboxes) {
        assert.deepEqual((await messages(url)).map(({ subject }) => subject).sort(), topics.toSorted());
        const log = (await (await control(url, 'requests')).json()) as { requests: { time: number }[] };
        const times = log.requests.map(({ time }) => time);
        assert.equal(times.length, count, 'no request was refused');
        const ideal = ((count - 1) * 60_000) / quota;
        assert.ok(Math.max(...times) - Math.min(...times) <= ideal * 1.1);
      }
    },
  );
});
