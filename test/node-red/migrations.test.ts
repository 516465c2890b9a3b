import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { storedVersion } from '../../codegen/node-red/definitions';
import { migrated, migrations, type Migration } from '../../node-red/src/migrations';
import type { NodeDef } from '../../node-red/src/red';
import { mail, useRuntime } from './harness';

const { deploy, result } = useRuntime();

describe('settings that a node of Node-RED has stored', () => {
  it('are those of the newest version in what the editor stores', () => {
    assert.equal(storedVersion, migrations.length);
    const page = readFileSync(new URL('../../node-red/nodes/sendclean.html', import.meta.url), 'utf8');
    const types = page.match(/registerType\('/g) ?? [];
    const versions = page.match(new RegExp(`version: \\{ value: ${storedVersion} \\}`, 'g')) ?? [];
    assert.equal(versions.length, types.length);
  });

  it('go through all migrations since the version that stored them, the oldest first', () => {
    const step =
      (name: string): Migration =>
      (stored) => ({ ...stored, steps: [...((stored.steps as string[] | undefined) ?? []), name] });
    const steps = [step('0 to 1'), step('1 to 2'), step('2 to 3')];
    const stepsOf = (version: unknown) => migrated({ version } as unknown as NodeDef, steps).steps;
    assert.deepEqual(stepsOf(undefined), ['0 to 1', '1 to 2', '2 to 3']);
    assert.deepEqual(stepsOf(1), ['1 to 2', '2 to 3']);
    assert.equal(stepsOf(3), undefined);
    assert.equal(stepsOf(7), undefined, 'a later version is read as it is');
    assert.deepEqual(stepsOf('x'), ['0 to 1', '1 to 2', '2 to 3']);
  });

  it('send an email, whichever version stored them', async () => {
    for (const version of [undefined, 1, 99]) {
      await deploy('sendMail', {}, {}, version === undefined ? {} : { version });
      assert.partialDeepStrictEqual((await result(mail)).payload, { status: 'success' });
    }
  });
});
