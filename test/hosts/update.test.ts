import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { messages } from '../sandbox/client';
import { credentialFor, emailForm } from '../support/n8nForm';
import { startSandbox } from '../support/sandbox';
import { prepareN8n } from './n8n';
import { setUpOwner } from './n8nOwner';
import { chain, sendClean, webhook } from './n8nWorkflow';
import { startNodeRed } from './nodeRed';
import { orderFlow } from './nodeRedOrders';
import { onceThere } from './orders';
import { publishing } from './queueStand';

const build = join(import.meta.dirname, '../../build');
const [n8nTarball] = globSync(join(build, 'n8n-nodes-sendclean-*.tgz'));
const [nodeRedTarball] = globSync(join(build, 'sendclean-nodes-node-red-sendclean-*.tgz'));

/** After how many milliseconds a host that has started has in memory what it needs. */
const settled = 5000;

/** Sends while a folder is not there, as an update of the package by click moves it away. */
async function without(folder: string, send: () => Promise<Response>): Promise<Response> {
  await rename(folder, `${folder}-away`);
  try {
    return await send();
  } finally {
    await rename(`${folder}-away`, folder);
  }
}

for (const version of ['5', '4'] as const) {
  it(`the first message goes out while the pack of a Node-RED ${version} is updated`, async () => {
    assert.ok(nodeRedTarball, 'build/ has no tarball');
    await using stack = new AsyncDisposableStack();
    const sandbox = stack.adopt(await startSandbox(), (running) => running.close());
    const options = { version, tarball: nodeRedTarball, flows: orderFlow({ endpoint: sandbox.url }) };
    const nodeRed = stack.adopt(await startNodeRed(options), (host) => host.stop());
    await sleep(settled);
    // What the pack needs of other packages must be in memory as well.
    const response = await without(join(nodeRed.userDir, 'node_modules'), () =>
      fetch(`${nodeRed.url}/order`, { method: 'POST' }),
    );
    assert.partialDeepStrictEqual(await response.json(), { status: 'success' });
    assert.equal((await messages(sandbox.url)).length, 1);
  });
}

it('the first item goes out while the package of an n8n is updated', async () => {
  assert.ok(n8nTarball, 'build/ has no tarball');
  await using stack = new AsyncDisposableStack();
  const sandbox = stack.adopt(await startSandbox(), (running) => running.close());
  const n8n = stack.adopt(await prepareN8n({ tarball: n8nTarball }), (one) => one.remove());
  const running = stack.adopt(await n8n.start(), (one) => one.stop());
  const { addCredential, publish } = publishing(await setUpOwner(running.url));
  const credential = await addCredential('sandbox', credentialFor(sandbox.url));
  const mail = {
    ...emailForm,
    subject: 'Order',
    html: '<p>Thank you.</p>',
  };
  await publish(chain('order', [sendClean('Send', mail, credential)], webhook('order')));
  await sleep(settled);
  const pack = join(n8n.userFolder, '.n8n/nodes/node_modules/n8n-nodes-sendclean');
  const post = () => fetch(`${running.url}/webhook/order`, { method: 'POST' });
  const response = await without(pack, () => onceThere(post));
  assert.partialDeepStrictEqual(await response.json(), [{ status: 'success' }]);
  assert.equal((await messages(sandbox.url)).length, 1);
});
