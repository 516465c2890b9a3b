import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { lockedNode, runNpm } from '../../npm.mjs';
import { temporaryFolder, type TemporaryFolder } from '../hosts/cleanup';
import { hostNames } from '../hosts/install/index';
import { hostEnvironment } from '../hosts/process';
import { startRegistry, type NpmRegistry } from '../support/npmRegistry';

const root = join(import.meta.dirname, '../..');

interface LockedPackage {
  version?: string;
  integrity?: string;
  link?: boolean;
  inBundle?: boolean;
  optional?: boolean;
  bin?: Record<string, string>;
  os?: string[];
  cpu?: string[];
}

async function packagesOf(folder: string): Promise<[path: string, found: LockedPackage][]> {
  const text = await readFile(join(root, folder, 'package-lock.json'), 'utf8');
  return Object.entries((JSON.parse(text) as { packages: Record<string, LockedPackage> }).packages);
}

for (const folder of ['.', ...hostNames.map((name) => `test/hosts/install/${name}`)]) {
  it(`every package in the lock file of ${folder} has a hash`, async () => {
    // A link is a workspace of this project; what is in a bundle came with the package that has the hash.
    const fetched = (await packagesOf(folder)).filter(
      ([path, { link, inBundle }]) => path.includes('node_modules/') && !link && !inBundle,
    );
    assert.ok(fetched.length > 100);
    const without = fetched.filter(([, { integrity }]) => !/^sha512-[\w+/]{86}==$/.test(integrity ?? ''));
    assert.deepEqual(
      without.map(([path]) => path),
      [],
    );
  });
}

for (const [folder, major] of [['.', '24']] as const) {
  it(`the lock file of ${folder} has Node.js ${major} for each usual platform, and only that is installed`, async () => {
    const found = (await packagesOf(folder)).filter(([, { bin }]) => bin?.node !== undefined);
    const platforms = found.map(([, { os = [], cpu = [] }]) => `${os.join()} ${cpu.join()}`);
    assert.deepEqual(platforms.sort(), [
      'darwin arm64',
      'darwin x64',
      'linux arm64',
      'linux x64',
      'win32 x64',
    ]);
    for (const [path, { optional, version = '' }] of found) {
      assert.ok(optional, path);
      assert.equal(version.split('.')[0], major, path);
    }
  });
}

it('the tests run on the Node.js of the lock file', () => {
  assert.equal(process.execPath, lockedNode(root) ?? process.execPath);
});

describe('run.mjs', { skip: process.platform === 'win32' && 'its Node.js is a shell script here' }, () => {
  let tarball: Buffer;
  let registry: NpmRegistry;
  let folder: TemporaryFolder;
  before(async () => {
    const own = temporaryFolder('sendclean-lock-pack-');
    const manifest = {
      name: 'stalls',
      version: '1.0.0',
      bin: { node: 'node.sh' },
      scripts: { install: 'touch ../../ran' },
    };
    await writeFile(join(own.path, 'package.json'), JSON.stringify(manifest));
    await writeFile(join(own.path, 'node.sh'), '#!/bin/sh\necho "the locked Node.js with $*"\n');
    const { status, log } = await runNpm(['pack'], { cwd: own.path, env: hostEnvironment() });
    assert.equal(status, 0, log);
    tarball = await readFile(join(own.path, 'stalls-1.0.0.tgz'));
    registry = await startRegistry(tarball);
    own.remove();
  });
  after(() => registry?.stop());
  beforeEach(() => {
    folder = temporaryFolder('sendclean-lock-');
  });
  afterEach(() => folder.remove());

  /** Runs a file by `run.mjs` in a project whose lock file has a Node.js of this hash. */
  async function runLocked(locked: Buffer): Promise<{ code: unknown; stdout: string; stderr: string }> {
    const app = join(folder.path, 'app');
    await mkdir(app);
    for (const file of ['run.mjs', 'npm.mjs', 'npmPulse.mjs']) await cp(join(root, file), join(app, file));
    const dependencies = { optionalDependencies: { stalls: '1.0.0' } };
    const stalls = {
      version: '1.0.0',
      resolved: `${registry.url}/stalls/-/stalls-1.0.0.tgz`,
      integrity: `sha512-${createHash('sha512').update(locked).digest('base64')}`,
      optional: true,
      hasInstallScript: true,
      os: [process.platform],
      cpu: [process.arch],
      bin: { node: 'node.sh' },
    };
    const packages = { '': { name: 'app', ...dependencies }, 'node_modules/stalls': stalls };
    const lock = { name: 'app', lockfileVersion: 3, requires: true, packages };
    await writeFile(
      join(app, 'package.json'),
      JSON.stringify({ name: 'app', private: true, ...dependencies }),
    );
    await writeFile(join(app, 'package-lock.json'), JSON.stringify(lock));
    const env = {
      ...hostEnvironment(),
      npm_config_registry: registry.url,
      npm_config_cache: join(folder.path, 'cache'),
      npm_config_fetch_retries: '0',
    };
    return new Promise((resolve) =>
      execFile(process.execPath, ['run.mjs', 'any.ts'], { cwd: app, env }, (error, stdout, stderr) =>
        resolve({ code: error?.code ?? 0, stdout, stderr }),
      ),
    );
  }

  it('runs the Node.js that the lock file has the hash of, and no install script', async () => {
    const { code, stdout, stderr } = await runLocked(tarball);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^the locked Node\.js with --import tsx any\.ts$/m);
    assert.ok(!existsSync(join(folder.path, 'app/ran')));
  });

  it('ends in one sentence when the registry gives another one', async () => {
    const { code, stdout, stderr } = await runLocked(Buffer.from('another'));
    assert.equal(code, 1);
    assert.match(
      stderr,
      /^npm could not install node_modules\/stalls\/node\.sh with the hash in package-lock\.json; try again\.\n$/,
    );
    assert.doesNotMatch(stdout, /the locked Node\.js/);
    assert.ok(!existsSync(join(folder.path, 'app/node_modules/stalls/node.sh')));
  });
});
