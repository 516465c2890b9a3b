import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { runNpm } from '../../npm.mjs';
import { temporaryFolder, type TemporaryFolder } from '../hosts/cleanup';
import { hostEnvironment } from '../hosts/process';
import { until } from '../sandbox/client';
import { startRegistry, type NpmRegistry } from '../support/npmRegistry';

const root = join(import.meta.dirname, '../..');

/** Long enough for an npm that works on a busy machine, and shorter than a slow download takes, in milliseconds. */
const silence = 8000;

describe('an install with npm', () => {
  let folder: TemporaryFolder;
  let registry: NpmRegistry;
  const env = () => ({
    ...hostEnvironment(),
    npm_config_registry: registry.url,
    npm_config_cache: join(folder.path, 'cache'),
  });
  const installed = () => existsSync(join(folder.path, 'app/node_modules/stalls/package.json'));
  before(async () => {
    const own = temporaryFolder('sendclean-npm-pack-');
    const manifest = { name: 'stalls', version: '1.0.0' };
    await writeFile(join(own.path, 'package.json'), JSON.stringify(manifest));
    await writeFile(join(own.path, 'data.bin'), randomBytes(200_000));
    const { status, log } = await runNpm(['pack'], { cwd: own.path, env: hostEnvironment() });
    assert.equal(status, 0, log);
    registry = await startRegistry(await readFile(join(own.path, 'stalls-1.0.0.tgz')));
    own.remove();
  });
  after(() => registry?.stop());
  afterEach(() => folder.remove());
  beforeEach(async () => {
    folder = temporaryFolder('sendclean-npm-');
    Object.assign(registry, { pace: 'whole', asked: 0 });
    await mkdir(join(folder.path, 'app'));
    await writeFile(join(folder.path, 'app/package.json'), '{"name":"app","private":true}');
  });

  const install = (onRetry?: (sentence: string) => void) =>
    runNpm(['install', 'stalls', '--no-audit', '--no-fund', '--no-update-notifier'], {
      cwd: join(folder.path, 'app'),
      env: env(),
      silence,
      ...(onRetry && { onRetry }),
    });

  it('takes its time where a download is slow', async () => {
    registry.pace = 'slow';
    const { status, log } = await install();
    assert.equal(status, 0, log);
    assert.equal(registry.asked, 1);
    assert.ok(installed());
  });

  it('is started again where a download stalls, and does what is left to do', async () => {
    registry.pace = 'half';
    const retries: string[] = [];
    const { status, log } = await install((sentence) => {
      retries.push(sentence);
      registry.pace = 'whole';
    });
    assert.equal(status, 0, log);
    assert.deepEqual(retries, ['npm install gave no sign of life, it is started again']);
    assert.ok(installed());
  });

  it('is given up after three times, with one sentence, and nothing of it goes on', async () => {
    registry.pace = 'half';
    const { status, log } = await install();
    assert.equal(status, null);
    assert.match(log, /^npm install gave no sign of life for 8 seconds, 3 times in a row: check [^.]*\.$/);
    assert.equal(registry.asked, 3);
    await until('npm has let go', async () => (await registry.connections()) === 0);
  });

  it('ends in what npm says where it fails, without its own log of requests', async () => {
    const { status, log } = await runNpm(['install', 'stalls@2'], {
      cwd: join(folder.path, 'app'),
      env: env(),
    });
    assert.equal(status, 1);
    assert.match(log, /No matching version found for stalls@2/);
    assert.doesNotMatch(log, /\0|npm http/);
  });

  it('of this project is given up too: run.mjs needs nothing but Node.js, and ends with status 1', async () => {
    registry.pace = 'never';
    for (const file of ['run.mjs', 'npm.mjs', 'npmPulse.mjs'])
      await cp(join(root, file), join(folder.path, 'app', file));
    const lock = {
      name: 'app',
      lockfileVersion: 3,
      requires: true,
      packages: {
        '': { name: 'app', dependencies: { stalls: '1.0.0' } },
        'node_modules/stalls': { version: '1.0.0', resolved: `${registry.url}/stalls/-/stalls-1.0.0.tgz` },
      },
    };
    const manifest = { name: 'app', private: true, dependencies: { stalls: '1.0.0' } };
    await writeFile(join(folder.path, 'app/package.json'), JSON.stringify(manifest));
    await writeFile(join(folder.path, 'app/package-lock.json'), JSON.stringify(lock));
    const options = { cwd: join(folder.path, 'app'), env: { ...env(), SENDCLEAN_NPM_SILENCE: '8' } };
    const { code, stdout, stderr } = await new Promise<{ code: unknown; stdout: string; stderr: string }>(
      (resolve) =>
        execFile(process.execPath, ['run.mjs', 'any.ts'], options, (error, out, err) =>
          resolve({ code: error?.code, stdout: out, stderr: err }),
        ),
    );
    assert.equal(code, 1);
    assert.equal(stdout.match(/npm ci gave no sign of life, it is started again/g)?.length, 2);
    assert.match(stderr, /^npm ci gave no sign of life for 8 seconds, 3 times in a row: check [^.]*\.\n$/);
  });
});
