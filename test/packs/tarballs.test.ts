import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { languages } from '../../codegen/node-red/languages';
import { operations } from '../../shared/generated/operations';
import { manifest, root, unpack, type UnpackedTarball } from '../support/tarball';

interface Manifest {
  version: string;
  dependencies?: object;
  peerDependencies?: object;
  scripts?: Record<string, string>;
}

const { sendMail } = operations;

const read = (folder: string, file: string) => readFileSync(join(folder, file), 'utf8');
const requiredBy = (code: string) =>
  new Set([...code.matchAll(/\b(?:require|import)\("([^"]+)"\)/g)].map(([, name]) => name));

/** Links and images lead where the package's page is shown, away from the repository. */
function assertStandsAlone(readme: string): void {
  const links = [...readme.matchAll(/\]\(([^)\s]+)\)/g)].map(([, address = '']) => address);
  assert.deepEqual(
    links.filter((address) => !/^(https:|#)/.test(address)),
    [],
  );
}

describe('the packed n8n tarball', () => {
  let pack: UnpackedTarball;
  before(() => (pack = unpack('n8n-nodes-sendclean')));
  after(() => pack.remove());

  it('holds the built nodes and nothing else', () => {
    const others = pack.files
      .filter((file) => !/^dist\/(credentials|nodes\/(SendClean|SendCleanTrigger))\//.test(file))
      .sort();
    assert.deepEqual(others, ['CHANGELOG.md', 'README.md', 'package.json']);
    assert.deepEqual(
      pack.files.filter((file) => /test|\.map$|\.ts$|node_modules/.test(file)),
      [],
    );
    assert.ok(read(pack.folder, 'LICENSE').startsWith('MIT License'));
  });

  it('has a manifest without what only developers need, and a README that works on its own', () => {
    const keys = Object.keys(JSON.parse(read(pack.folder, 'package.json')) as object);
    assert.deepEqual(
      keys.filter((key) => ['workspaces', 'scripts', 'devDependencies'].includes(key)),
      [],
    );
    assertStandsAlone(read(pack.folder, 'README.md'));
  });

  it('needs nothing at run time but n8n-workflow and the crypto module of Node.js', () => {
    const { dependencies, peerDependencies } = JSON.parse(read(pack.folder, 'package.json')) as Manifest;
    assert.equal(dependencies, undefined);
    assert.deepEqual(peerDependencies, { 'n8n-workflow': '*' });
    for (const file of pack.files.filter((name) => name.endsWith('.js'))) {
      const code = read(pack.folder, file);
      assert.deepEqual(
        [...requiredBy(code)].filter(
          (name) => !['n8n-workflow', 'crypto'].includes(name ?? '') && !name?.endsWith('/actions/router'),
        ),
        [],
        file,
      );
      assert.ok(!code.includes('sourceMappingURL'), file);
    }
  });

  it('loads with n8n only what the nodes show', () => {
    const loaded = read(pack.folder, 'dist/nodes/SendClean/SendClean.node.js');
    assert.ok(loaded.length < 80_000, `${loaded.length} characters`);
    assert.ok(!loaded.includes('ajv'));
    const trigger = read(pack.folder, 'dist/nodes/SendCleanTrigger/SendCleanTrigger.node.js');
    assert.ok(trigger.length < 10_000, `${trigger.length} characters`);
    const credential = read(pack.folder, 'dist/credentials/SendCleanApi.credentials.js');
    assert.ok(credential.length < 6000, `${credential.length} characters`);
  });

  it('runs without what only forms say, and keeps the names of functions for stack traces', () => {
    const run = read(pack.folder, 'dist/nodes/SendClean/actions/router.js');
    for (const words of [sendMail.description, sendMail.action, sendMail.hosts.nodeRed.type])
      assert.ok(!run.includes(words), words);
    for (const name of ['runItems', 'readResponse', 'prepare'])
      assert.match(run, new RegExp(`function ${name}\\(`));
  });

  it('has every file that its manifest and its node name', () => {
    const { n8n } = JSON.parse(read(pack.folder, 'package.json')) as {
      n8n: Record<'nodes' | 'credentials', string[]>;
    };
    const named = [...n8n.nodes, ...n8n.credentials];
    assert.deepEqual(
      named.filter((file) => !pack.files.includes(file)),
      [],
    );
    assert.ok(pack.files.includes('dist/nodes/SendClean/sendclean.svg'));
    assert.ok(pack.files.includes('dist/nodes/SendClean/sendclean.dark.svg'));
    assert.ok(pack.files.includes('dist/nodes/SendClean/__schema__/v1.0.0/message/sendMail.json'));
  });
});

describe('the packed Node-RED tarball', () => {
  let pack: UnpackedTarball;
  before(() => (pack = unpack('sendclean-nodes-node-red-sendclean')));
  after(() => pack.remove());

  it('has the version of the n8n pack, and no dependency but axios and what axios itself reads proxies with', () => {
    const { version, dependencies } = JSON.parse(read(pack.folder, 'package.json')) as Manifest;
    assert.equal(version, manifest.version);
    assert.deepEqual(Object.keys(dependencies ?? {}), ['axios', 'proxy-from-env']);
  });

  it('has a changelog, and a README that works on its own', () => {
    assert.ok(pack.files.includes('CHANGELOG.md'));
    assertStandsAlone(read(pack.folder, 'README.md'));
  });

  it('requires nothing else but what Node.js has', () => {
    const { builtinModules } = createRequire(import.meta.url)('node:module') as typeof import('node:module');
    const others = (file: string) =>
      [...requiredBy(read(pack.folder, file))].filter(
        (name) => !builtinModules.includes(name?.replace('node:', '') ?? ''),
      );
    assert.deepEqual(others('dist/sendclean.js'), ['./runtime']);
    assert.deepEqual(others('dist/runtime.js').sort(), ['axios', 'proxy-from-env']);
  });

  it('brings forms, help, an icon, every example and a readme, and no test', () => {
    const wanted = [
      'dist/sendclean.html',
      ...['en-US', ...languages].flatMap((language) => [
        `dist/locales/${language}/sendclean.json`,
        `dist/locales/${language}/sendclean.html`,
      ]),
      'dist/icons/sendclean.svg',
      'README.md',
    ];
    assert.deepEqual(
      wanted.filter((file) => !pack.files.includes(file)),
      [],
    );
    assert.deepEqual(
      pack.files.filter((file) => file.startsWith('examples/')).sort(),
      globSync('examples/*', { cwd: join(root, 'node-red') }).sort(),
    );
    assert.deepEqual(
      pack.files.filter((file) => /test|\.map$|\.ts$|node_modules/.test(file)),
      [],
    );
  });
});
