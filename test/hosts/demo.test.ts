import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { promisify } from 'node:util';

const root = join(import.meta.dirname, '../..');
const file = readFileSync(join(root, 'demo/invoice.pdf'));
const sha256 = createHash('sha256').update(file).digest('hex');

describe('the demo', () => {
  for (const [host, options] of [
    ['Node-RED', []],
    ['n8n', ['--n8n']],
  ] as const) {
    it(`sends in a real ${host}, shows what arrived, and ends`, async () => {
      const { stdout } = await promisify(execFile)('npm', ['run', 'demo', '--', '--once', ...options], {
        cwd: root,
      });
      const lines = stdout.split('\n').map((line) => line.trim());
      const expected = [
        'Subject      Your order 1042',
        'Recipient    to   "Doe, Jane" <jane@example.com>',
        'Recipient    cc   accounting@example.com',
        `Attachment   invoice-1042.pdf, application/pdf, ${file.length} bytes`,
        `SHA-256 ${sha256}`,
      ];
      assert.deepEqual(
        expected.filter((line) => !lines.includes(line)),
        [],
        stdout,
      );
      const records = lines.filter((line) => line.startsWith('Message info '));
      assert.deepEqual(
        records.map((line) => (JSON.parse(line.slice('Message info '.length)) as { email: string }).email),
        ['jane@example.com', 'accounting@example.com'],
      );
    });
  }
});
