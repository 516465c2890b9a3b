import assert from 'node:assert/strict';
import { chmod, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { temporaryFolder, type TemporaryFolder } from '../hosts/cleanup';
import { startSandbox } from '../support/sandbox';
import { call, mail, messages } from './client';

const isWindows = process.platform === 'win32';

describe('the data file', { skip: isWindows && 'Windows has no such permissions' }, () => {
  let folder: TemporaryFolder;
  let data: string;
  let umask: number;
  beforeEach(() => {
    folder = temporaryFolder('sandbox-data-');
    data = join(folder.path, 'messages.db');
    umask = process.umask(0);
  });
  afterEach(() => {
    process.umask(umask);
    folder.remove();
  });

  /** The permissions of the data file and of SQLite’s files beside it. */
  const modes = async (): Promise<Record<string, string>> => {
    const names = (await readdir(folder.path)).sort();
    const found = names.map(async (name) => [name, await modeOf(join(folder.path, name))] as const);
    return Object.fromEntries(await Promise.all(found));
  };

  it('is readable by its owner only, and so is what SQLite puts beside it', async () => {
    const sandbox = await startSandbox({ data });
    await call(sandbox.url, 'sendMail', mail);
    const mode = '600';
    assert.deepEqual(await modes(), {
      'messages.db': mode,
      'messages.db-shm': mode,
      'messages.db-wal': mode,
    });
    await sandbox.close();
  });

  it('that is there already is taken away from everyone else', async () => {
    await (await startSandbox({ data })).close();
    await chmod(data, 0o666);
    const sandbox = await startSandbox({ data });
    await call(sandbox.url, 'sendMail', mail);
    assert.deepEqual([...new Set(Object.values(await modes()))], ['600']);
    assert.equal((await messages(sandbox.url)).length, 1);
    await sandbox.close();
  });

  it('that is something else keeps its permissions', async () => {
    await writeFile(data, 'This is no database, but it is long enough to be taken for one.'.repeat(20));
    await assert.rejects(startSandbox({ data }), /cannot be used/);
    assert.equal(await modeOf(data), '666');
  });
});

async function modeOf(file: string): Promise<string> {
  return ((await stat(file)).mode & 0o777).toString(8);
}
