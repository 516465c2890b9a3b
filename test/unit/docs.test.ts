import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { SendCleanApi } from '../../credentials/SendCleanApi.credentials';
import codex from '../../nodes/SendClean/SendClean.node.json' with { type: 'json' };
import triggerCodex from '../../nodes/SendCleanTrigger/SendCleanTrigger.node.json' with { type: 'json' };
import { errorKinds, SendCleanError } from '../../shared/errors';

// Where npm runs the tests; a bundle of them has no other place of its own.
const root = process.cwd();
const site = 'https://github.com/sendclean-nodes/sendclean-nodes/blob/main/';

/** The anchors that GitHub gives the headings of a page. */
function anchorsOf(page: string): string[] {
  const headings = readFileSync(join(root, page), 'utf8').matchAll(/^#+ (.*)$/gm);
  return [...headings].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

function assertExists(address: string): void {
  assert.ok(address.startsWith(site), address);
  const [page = '', anchor] = address.slice(site.length).split('#');
  assert.ok(existsSync(join(root, page)), address);
  if (anchor !== undefined) assert.ok(anchorsOf(page).includes(anchor), address);
}

const readme = readFileSync(join(root, 'README.md'), 'utf8');

describe('the documentation', () => {
  for (const kind of errorKinds) {
    it(`has a section that an error links to: ${kind}`, () => {
      const error = new SendCleanError(kind, 'notSent', 'Something happened');
      assertExists(error.documentation);
      assert.equal(error.toJSON().documentation, error.documentation);
    });
  }

  it('has a row in the README for each kind of error, and for no other', () => {
    const rows = [...readme.matchAll(/^\| \[`(\w+)`\]\((docs\/errors\.md#\w+)\)/gm)];
    assert.deepEqual(rows.map(([, kind]) => kind).sort(), [...errorKinds].sort());
    for (const [, , address] of rows) assertExists(`${site}${address}`);
  });

  it('has what the credential and the nodes of n8n link to', () => {
    assertExists(new SendCleanApi().documentationUrl);
    for (const { credentialDocumentation, primaryDocumentation } of [codex.resources, triggerCodex.resources])
      for (const { url } of [...credentialDocumentation, ...primaryDocumentation]) assertExists(url);
  });

  for (const page of globSync('node-red/nodes/locales/*/sendclean.html', { cwd: root })) {
    it(`has what each node of Node-RED links to in its help: ${page}`, () => {
      const html = readFileSync(join(root, page), 'utf8');
      const links = [...html.matchAll(/href="([^"]*)"/g)].map(([, address = '']) => address);
      assert.equal(links.length, html.match(/<script /g)?.length);
      for (const address of links) assertExists(address);
    });
  }

  it('has every place of its own that a page links to', () => {
    const pages = globSync(
      ['*.md', 'docs/**/*.md', '{node-red,sandbox,shared/operations}/*.md', 'examples/**/*.md'],
      { cwd: root },
    );
    for (const page of pages) {
      const text = readFileSync(join(root, page), 'utf8').replaceAll(/```[^]*?```/g, '');
      for (const [, address = ''] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
        if (/^[a-z]+:/.test(address)) continue;
        const [path = '', anchor] = address.split('#');
        const target = path === '' ? page : join(page, '..', path);
        assert.ok(existsSync(join(root, target)), `${page} links to ${address}`);
        if (anchor !== undefined && target.endsWith('.md'))
          assert.ok(anchorsOf(target).includes(anchor), `${page} links to ${address}`);
      }
    }
  });
});
