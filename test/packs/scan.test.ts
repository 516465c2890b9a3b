import assert from 'node:assert/strict';
import { appendFileSync, cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { scan, sourceFiles, tarballFiles } from '../support/scan';
import { root, unpack, type UnpackedTarball } from '../support/tarball';

const node = 'dist/nodes/SendClean/SendClean.node.js';

const fileAndRule = (finding: string) => finding.split(': ').slice(0, 2);

describe("n8n's scan of community packages", () => {
  let pack: UnpackedTarball;
  before(() => (pack = unpack('n8n-nodes-sendclean')));
  after(() => pack.remove());

  it('finds nothing in the packed tarball', async () => {
    assert.deepEqual(await scan(pack.folder, tarballFiles), { errors: [], warnings: [] });
  });

  it('finds nothing in the sources that the tarball is built from', async () => {
    assert.deepEqual((await scan(root, sourceFiles)).errors, []);
  });

  const forbidden: [code: string, rule: string][] = [
    ['process.env.HOME;', 'no-restricted-globals'],
    ['setTimeout(() => undefined, 1);', 'no-restricted-globals'],
    ['require("fs");', 'no-restricted-imports'],
    ['import("axios");', 'no-restricted-imports'],
    ['eval("1");', 'no-dangerous-functions'],
  ];
  for (const [code, rule] of forbidden) {
    it(`finds ${code} in built code, even with the rule disabled by a comment`, async () => {
      const built = readFileSync(join(pack.folder, node), 'utf8');
      try {
        appendFileSync(join(pack.folder, node), `\n/* eslint-disable */\n${code}\n`);
        const { errors } = await scan(pack.folder, tarballFiles);
        assert.deepEqual(errors.map(fileAndRule), [[node, `@n8n/community-nodes/${rule}`]]);
      } finally {
        writeFileSync(join(pack.folder, node), built);
      }
    });
  }

  it('finds a name that is not in camel case in the sources of the node', async () => {
    const file = 'nodes/SendClean/SendClean.node.ts';
    for (const name of ['nodes', 'credentials']) {
      cpSync(join(root, name), join(pack.folder, name), { recursive: true });
    }
    const source = readFileSync(join(root, file), 'utf8');
    writeFileSync(join(pack.folder, file), source.replace("name: 'sendClean'", "name: 'SendClean'"));
    const { errors } = await scan(pack.folder, sourceFiles);
    assert.deepEqual(errors.map(fileAndRule), [
      [file, 'n8n-nodes-base/node-class-description-name-miscased'],
    ]);
  });
});
