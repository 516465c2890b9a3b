import assert from 'node:assert/strict';
import { cp, mkdir, mkdtemp, rename, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { messages } from '../sandbox/client';
import { packs, startRuntime } from '../support/nodeRed';
import { flowOf, ids } from '../support/nodeRedFlow';
import { startSandbox } from '../support/sandbox';
import { mail } from './harness';

const name = '@sendclean-nodes/node-red-sendclean';

/** A pack of its own, whose files can be moved away while other tests use theirs. */
async function copyOfPack(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sendclean-pack-'));
  for (const part of ['dist', 'examples', 'package.json'])
    await cp(join(packs[name] ?? '', part), join(folder, part), { recursive: true });
  await mkdir(join(folder, 'node_modules'));
  for (const one of ['axios', 'proxy-from-env'])
    await symlink(
      join(import.meta.dirname, '../../node_modules', one),
      join(folder, 'node_modules', one),
      'junction',
    );
  return folder;
}

describe('a Node-RED node whose files are moved away before they were loaded', () => {
  it('fails in one sentence, and sends once they are back', async () => {
    await using stack = new AsyncDisposableStack();
    const sandbox = stack.adopt(await startSandbox(), (running) => running.close());
    const pack = stack.adopt(await copyOfPack(), (folder) => rm(folder, { recursive: true }));
    const { flows, credentials } = flowOf('sendMail', { endpoint: sandbox.url });
    const options = { flows, ...(credentials && { credentials }) };
    const red = stack.adopt(await startRuntime({ flows: [] }, { [name]: pack }), (running) => running.stop());
    const runtime = join(pack, 'dist/runtime.js');
    await rename(runtime, `${runtime}.away`);
    await red.deploy(options);
    // Longer than until the node would have them in memory.
    await sleep(1500);
    red.send(ids.node, mail);
    const { error, sendclean } = await red.next(ids.caught);
    assert.equal(
      (error as Error).message,
      'The SendClean nodes cannot be loaded, as during an update of the pack. Nothing was sent, so it is safe to run this again.',
    );
    assert.partialDeepStrictEqual(sendclean, {
      kind: 'cancelled',
      fate: 'notSent',
      code: 'MODULE_NOT_FOUND',
    });
    await rename(`${runtime}.away`, runtime);
    red.send(ids.node, mail);
    const { payload } = await red.next(ids.out);
    assert.partialDeepStrictEqual(payload, { status: 'success' });
    assert.equal((await messages(sandbox.url)).length, 1);
  });
});
