import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { temporaryFolder } from '../hosts/cleanup';
import { root } from '../support/tarball';

const folders = ['shared', 'codegen', 'credentials', 'nodes', 'node-red/src', 'sandbox/src'];
const files = ['.dependency-cruiser.mjs', 'tsconfig.json', 'package.json'];

describe('the rules for imports', () => {
  const copy = temporaryFolder('sendclean-imports-');
  before(() => {
    for (const path of [...folders, ...files])
      cpSync(join(root, path), join(copy.path, path), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(copy.path, 'node_modules'));
  });
  after(() => copy.remove());

  /** The rules that the copy breaks. */
  function broken(): string[] {
    const cruiser = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
    const args = [cruiser, '--config', '.dependency-cruiser.mjs', '--output-type', 'json', ...folders];
    const { stdout } = spawnSync(process.execPath, args, {
      cwd: copy.path,
      encoding: 'utf8',
      maxBuffer: 1e8,
    });
    const { summary } = JSON.parse(stdout) as { summary: { violations: { rule: { name: string } }[] } };
    return [...new Set(summary.violations.map(({ rule }) => rule.name))].sort();
  }

  it('hold', () => assert.deepEqual(broken(), []));

  it('find a circle, an import from one room up into another, from the core into a host, and of Node.js', () => {
    const plant = (path: string, line: string) => appendFileSync(join(copy.path, path), `\n${line}\n`);
    plant('shared/quote.ts', "export * as circle from './paths';");
    plant('shared/wire/jsonBody.ts', "export * as up from '../form/lines';");
    plant('shared/errors.ts', "export * as host from '../node-red/src/clock';");
    plant('shared/form/lines.ts', "export * as builtin from 'node:fs';");
    plant('nodes/SendClean/actions/pool.ts', "export * as other from '../../../node-red/src/clock';");
    plant('node-red/src/clock.ts', "export * as library from 'ajv';");
    assert.deepEqual(broken(), [
      'core',
      'core-without-node',
      'n8n-nodes',
      'no-circle',
      'node-red',
      'room-wire',
    ]);
  });
});
