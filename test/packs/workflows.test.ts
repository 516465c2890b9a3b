import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { parse } from 'yaml';
import { temporaryFolder, type TemporaryFolder } from '../hosts/cleanup';

type Permissions = Record<string, string>;

interface Step {
  id?: string;
  name?: string;
  uses?: string;
  run?: string;
  env?: Record<string, string>;
}

interface Job {
  uses?: string;
  needs?: string | string[];
  environment?: string;
  permissions?: Permissions;
  outputs?: Record<string, string>;
  steps?: Step[];
}

interface Workflow {
  permissions?: Permissions;
  jobs: Record<string, Job>;
}

const folder = join(import.meta.dirname, '../../.github/workflows');
const text = (name: string): string => readFileSync(join(folder, name), 'utf8');
const workflow = (name: string): Workflow => parse(text(name)) as Workflow;
const files = ['ci.yml', 'publish.yml'];

for (const file of files) {
  describe(file, () => {
    const { permissions, jobs } = workflow(file);
    const steps = Object.values(jobs).flatMap((job) => job.steps ?? []);

    it('names each action by its commit, with the version in a comment', () => {
      const used = [...Object.values(jobs), ...steps].flatMap(({ uses }) => uses ?? []);
      const actions = used.filter((uses) => !uses.startsWith('./'));
      assert.ok(actions.length > 0);
      for (const uses of actions) assert.match(uses, /^actions\/[a-z-]+@[0-9a-f]{40}$/);
      const lines = text(file).match(/^.*uses: actions\/.*$/gm) ?? [];
      assert.equal(lines.length, actions.length);
      for (const line of lines) assert.match(line, /@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    });

    it('may only read, save for the one job that publishes', () => {
      assert.deepEqual(permissions, { contents: 'read' });
      for (const [name, job] of Object.entries(jobs)) {
        const expected = file === 'publish.yml' && name === 'publish' ? { 'id-token': 'write' } : undefined;
        assert.deepEqual(job.permissions, expected, name);
      }
    });

    it('puts nothing into a script that is not a variable of its shell', () => {
      for (const { run = '' } of steps) assert.doesNotMatch(run, /\$\{\{/);
    });
  });
}

it('both workflows have the same version of an action', () => {
  const found = files.flatMap((file) => text(file).match(/actions\/[a-z-]+@\S+ # \S+/g) ?? []);
  const byAction = new Map<string, Set<string>>();
  for (const uses of found) {
    const [name = ''] = uses.split('@', 1);
    byAction.set(name, (byAction.get(name) ?? new Set()).add(uses));
  }
  for (const [name, versions] of byAction) assert.equal(versions.size, 1, name);
});

describe('the job that publishes', () => {
  const { jobs } = workflow('publish.yml');
  const { build, publish } = jobs;
  const steps = publish?.steps ?? [];

  it('runs nothing of this repository and of its packages', () => {
    const actions = steps.flatMap(({ uses }) => uses?.split('@', 1) ?? []);
    assert.deepEqual(actions, ['actions/download-artifact', 'actions/setup-node']);
    const commands = steps.flatMap(({ run = '' }) => run.match(/\b(?:npm|npx|node|gulp) \S+/g) ?? []);
    assert.deepEqual(commands, ['npm view', 'npm publish']);
    assert.match(steps.at(-1)?.run ?? '', /npm publish .* --ignore-scripts$/m);
  });

  it('waits for the build and for approval, and compares the tarballs before it has npm', () => {
    assert.equal(publish?.needs, 'build');
    assert.equal(build?.needs, 'test');
    assert.equal(publish?.environment, 'npm');
    const order = steps.map(({ name, uses, run }) => name ?? uses?.split('@')[0] ?? run);
    assert.equal(order[1], 'Compare the SHA-256 of both tarballs');
    assert.deepEqual(steps[1]?.env, { SUMS: '${{ needs.build.outputs.sums }}' });
    assert.deepEqual(build?.outputs, { sums: '${{ steps.sums.outputs.sums }}' });
  });
});

describe(
  'the tarballs of a release',
  { skip: process.platform !== 'linux' && 'its jobs run on Linux' },
  () => {
    const { build, publish } = workflow('publish.yml').jobs;
    const take = build?.steps?.find(({ id }) => id === 'sums')?.run ?? '';
    const compare = publish?.steps?.find(({ env }) => env?.SUMS)?.run ?? '';
    let own: TemporaryFolder;
    beforeEach(async () => {
      own = temporaryFolder('sendclean-release-');
      await mkdir(join(own.path, 'build'));
      for (const name of ['one-0.1.0.tgz', 'two-0.1.0.tgz']) put(name, name);
    });
    afterEach(() => own.remove());

    const put = (name: string, content: string): void =>
      writeFileSync(join(own.path, 'build', name), content);

    /** Runs a step as GitHub does; the other job's download is the same folder. */
    const step = (script: string, env: Record<string, string>): number | null =>
      spawnSync('bash', ['-e', '-c', script], {
        cwd: join(own.path, 'build'),
        env: { ...process.env, ...env },
      }).status;

    /** What the build job hands on. */
    const sums = (): string => {
      const file = join(own.path, 'output');
      assert.equal(step(take, { GITHUB_OUTPUT: file }), 0);
      return /^sums<<END\n([\s\S]*)\nEND\n$/.exec(readFileSync(file, 'utf8'))?.[1] ?? '';
    };

    it('pass as they were built', () => {
      const SUMS = sums();
      assert.match(SUMS, /^[0-9a-f]{64} {2}one-0\.1\.0\.tgz\n[0-9a-f]{64} {2}two-0\.1\.0\.tgz$/);
      assert.equal(step(compare, { SUMS }), 0);
    });

    it('are refused when one was changed, when one was added, and without the sums', () => {
      const SUMS = sums();
      assert.notEqual(step(compare, { SUMS: '' }), 0);
      assert.notEqual(step(compare, { SUMS: SUMS.split('\n')[0] ?? '' }), 0);
      put('three-0.1.0.tgz', 'three');
      assert.notEqual(step(compare, { SUMS }), 0);
      put('one-0.1.0.tgz', 'changed');
      assert.notEqual(step(compare, { SUMS }), 0);
    });
  },
);
