import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { SendCleanApi } from '../../../credentials/SendCleanApi.credentials';
import { properties } from '../../../nodes/SendClean/description/properties.gen';
import { inHost, settings, type Host, type Setting } from '../../../shared/form/settings';

const page = readFileSync('docs/operations.md', 'utf8');
const rows = page
  .slice(page.indexOf('## Settings'))
  .split('\n')
  .map((line) => line.split(/(?<!\\)\|/).map((cell) => cell.trim()));

const all = Object.entries<Setting>(settings);

const nodeRedTexts = readFileSync('node-red/nodes/locales/en-US/sendclean.json', 'utf8');

/** The names of what has a label in a form of Node-RED. */
const nodeRedNames = Object.values(JSON.parse(nodeRedTexts) as Record<string, { label: object }>).flatMap(
  ({ label }) => Object.keys(label),
);

/** Every name and title in n8n's forms. */
const n8nForms = JSON.stringify([properties, new SendCleanApi().properties]);

const forms: Record<Host, string> = { n8n: n8nForms, nodeRed: nodeRedTexts };

describe('the catalogue of settings', () => {
  for (const [name, setting] of all) {
    const { title, description } = setting;
    it(`is documented with where it is and where it is not: ${title}`, () => {
      const row = rows.find(([, first]) => first === title);
      assert.ok(row, `docs/operations.md has no row for ${title}`);
      assert.ok(row.includes(description));
      for (const [index, host] of (['n8n', 'nodeRed'] as const).entries())
        assert.match(row.at(index - 3) ?? '', inHost(setting, host) ? /^yes$/ : /^no: .{10,}/);
    });

    it(`is what the forms show: ${title}`, () => {
      for (const host of ['n8n', 'nodeRed'] as const) {
        const shown = inHost(setting, host);
        const isThere = shown !== undefined && (host === 'nodeRed' || setting.kind !== 'rows');
        if (isThere) assert.ok(forms[host].includes(JSON.stringify(shown.title)), `${host}: ${title}`);
        else if (host === 'nodeRed') assert.ok(!nodeRedNames.includes(name), `${host}: ${name}`);
      }
    });
  }

  it('is the source of what the credential of n8n shows', () => {
    for (const { name, displayName, description, default: usual } of new SendCleanApi().properties) {
      const setting = (settings as Record<string, Setting>)[name];
      assert.deepEqual(
        [displayName, description, usual],
        [setting?.title, setting?.description, setting?.default ?? ''],
      );
    }
  });
});
