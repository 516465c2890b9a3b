import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Sandbox } from '../../sandbox/src/server';
import { operations } from '../../shared/generated/operations';
import type { OperationName } from '../../shared/generated/types';
import { call, mailUnder } from '../sandbox/client';
import { accepted } from '../support/acceptedFixtures';
import { fixtures, type Fixture } from '../support/fixtures';
import { removeEngine, runNode } from '../support/n8nEngine';
import { credentialFor, n8nForm } from '../support/n8nForm';
import { startRuntime, type Runtime } from '../support/nodeRed';
import { flowOf, ids } from '../support/nodeRedFlow';
import { nodeRedForm } from '../support/nodeRedForm';
import { recordBefore, type Recorded, type Recorder } from '../support/recorder';
import { startSandbox } from '../support/sandbox';

describe('one fixture through both packs', () => {
  let sandbox: Sandbox;
  let recorder: Recorder;
  let runtime: Runtime;
  before(async () => {
    sandbox = await startSandbox();
    recorder = await recordBefore(sandbox.url);
    runtime = await startRuntime({ flows: [] });
    const emails = Array.from({ length: 150 }, (_, index) => `jane${index}@example.com`);
    await call(
      sandbox.url,
      'sendMail',
      mailUnder(String(fixtures.getMessageInfo.values.xUniqueId), ...emails),
    );
  });
  after(async () => {
    await runtime.stop();
    await removeEngine();
    await recorder.close();
    await sandbox.close();
  });

  /** What a fixture puts on the wire through the one pack and the other. */
  async function requests(
    name: OperationName,
    fixture: Fixture,
  ): Promise<[n8n: Recorded[], nodeRed: Recorded[]]> {
    const form = n8nForm(name, fixture);
    const parameters = { ...form.parameters, emailFormat: emailFormatOf(fixture), returnAll: true };
    const outcome = await runNode({ ...form, parameters, credential: credentialFor(recorder.url) });
    // What the sandbox's account lacks is refused; `manage.test.ts` has both packs change what is there.
    const isMessage = operations[name].resource === 'message';
    if (isMessage) assert.equal(outcome.error, undefined);
    const n8n = recorder.take();

    const { inputs, msg } = nodeRedForm(name, fixture);
    await runtime.deploy(flowOf(name, { endpoint: recorder.url }, inputs));
    runtime.send(ids.node, msg);
    const got = await Promise.race([runtime.next(ids.out), runtime.next(ids.caught)]);
    if (isMessage) assert.equal(got.error, undefined);
    return [n8n, recorder.take()];
  }

  const all: [title: string, name: OperationName, fixture: Fixture][] = [
    ...Object.values(operations).map(({ name }): [string, OperationName, Fixture] => [
      name,
      name,
      fixtures[name],
    ]),
    ...Object.entries(accepted).map(([title, { name, values }]): [string, OperationName, Fixture] => [
      title,
      name,
      { values, files: {} },
    ]),
  ];
  for (const [title, name, fixture] of all) {
    it(`gives the same bytes on the wire for ${title}`, async () => {
      const [n8n, nodeRed] = await requests(name, fixture);
      assert.ok(n8n.length > 0);
      assert.deepEqual(nodeRed.map(readable), n8n.map(readable));
      assert.ok(n8n.every(({ body }, index) => body.equals(nodeRed[index]?.body ?? Buffer.of())));
    });
  }
});

function emailFormatOf({ values }: Fixture): string {
  return values.html ? (values.text ? 'both' : 'html') : 'text';
}

/** With the body as text, for a difference to be seen. */
function readable({ body, ...rest }: Recorded): object {
  return { ...rest, body: body.toString('utf8') };
}
