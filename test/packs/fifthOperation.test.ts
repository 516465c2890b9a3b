import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';

const root = join(import.meta.dirname, '../..');
const run = promisify(execFile);
const require = createRequire(import.meta.url);

/** The example of shared/operations/README.md, as a newcomer would copy it. */
async function example(): Promise<string> {
  const readme = await readFile(join(root, 'shared/operations/README.md'), 'utf8');
  return /```json\n([\s\S]*?)```/.exec(readme)?.[1] ?? assert.fail('the README has no example');
}

describe('a fifth operation, added as one file', () => {
  let copy: string;
  before(async () => {
    copy = await mkdtemp(join(tmpdir(), 'sendclean-fifth-'));
    const left = ['node_modules', '.git', 'dist', 'build'];
    await cp(root, copy, {
      recursive: true,
      filter: (path) => !left.some((name) => path.endsWith(`/${name}`)),
    });
    await symlink(join(root, 'node_modules'), join(copy, 'node_modules'));
    for (const workspace of ['node-red', 'sandbox']) {
      const modules = join(root, workspace, 'node_modules');
      await symlink(modules, join(copy, workspace, 'node_modules'));
    }
    await writeFile(join(copy, 'shared/operations/viewCredit.json'), await example());
    for (const task of ['generate', 'build']) await run('npm', ['run', task], { cwd: copy });
  });
  after(async () => await rm(copy, { recursive: true, force: true }));

  const node = async (args: string[]) =>
    (await run(process.execPath, ['--import', 'tsx', ...args], { cwd: copy })).stdout;

  it('is one of the n8n node’s operations, with an output preview', async () => {
    const { SendClean } = require(
      join(copy, 'dist/nodes/SendClean/SendClean.node.js'),
    ) as typeof import('../../nodes/SendClean/SendClean.node');
    const { properties } = new SendClean().description;
    const selector = properties.find(
      ({ name, displayOptions }) =>
        name === 'operation' && displayOptions?.show?.resource?.includes('account'),
    );
    assert.partialDeepStrictEqual(selector?.options, [
      { name: 'View Credit', value: 'viewCredit', action: 'View credit' },
    ]);
    const preview = await readFile(
      join(copy, 'dist/nodes/SendClean/__schema__/v1.0.0/account/viewCredit.json'),
      'utf8',
    );
    assert.partialDeepStrictEqual(JSON.parse(preview), { properties: { credit: { type: 'integer' } } });
  });

  it('runs in both hosts against the sandbox, which answers with the examples', async () => {
    const said = await node(['test/packs/fifthOperation.run.ts']);
    const result = { status: 'success', credit: 1000 };
    assert.deepEqual(JSON.parse(said.trim().split('\n').at(-1) ?? ''), { n8n: [result], nodeRed: result });
  });

  it('has a section in the docs', async () => {
    const docs = await readFile(join(copy, 'docs/operations.md'), 'utf8');
    assert.match(docs, /## View Credit\n[\s\S]*`POST account\/viewCredit`/);
  });
});
