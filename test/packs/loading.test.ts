/** What a pack has inside, and few need, is not run before it is used. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { it } from 'node:test';
import { root } from '../support/tarball';

const load = createRequire(import.meta.url);

/** How often the code of a module has run since a file of a pack was loaded; a bundle has a function for each. */
async function runsOf(module: string, file: string): Promise<number[]> {
  assert.ok(readFileSync(file, 'utf8').includes(`"${module}"()`), `${file} has no ${module}`);
  const session = new Session();
  session.connect();
  try {
    await session.post('Profiler.enable');
    await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
    load(file);
    const { result } = await session.post('Profiler.takePreciseCoverage');
    const own = result.find(({ url }) => url.endsWith(file))?.functions ?? [];
    assert.ok(own.length > 0);
    return own.flatMap(({ functionName, ranges }) =>
      functionName === module ? (ranges[0]?.count ?? 0) : [],
    );
  } finally {
    session.disconnect();
  }
}

for (const [pack, file] of [
  ['n8n', 'dist/nodes/SendClean/actions/router.js'],
  ['Node-RED', 'node-red/dist/runtime.js'],
] as const)
  it(`the pack for ${pack} is loaded without its Markdown`, async () => {
    const runs = await runsOf('shared/generated/libraries/markdown.js', join(root, file));
    assert.ok(
      runs.every((count) => count === 0),
      `it ran ${runs.join()} times`,
    );
  });
