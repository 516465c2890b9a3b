// n8n reads its mode of binary data once, when its engine is loaded.
process.env.N8N_DEFAULT_BINARY_DATA_MODE = 'filesystem';

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { testFileForms } from './fileForms';
import { useNode } from './harness';

const data = { bytes: Buffer.from('first'), fileName: 'first.pdf', mimeType: 'application/pdf' };
const workflowSettings = { binaryMode: 'combined' } as const;

describe('files that n8n keeps on disk', () => {
  const harness = useNode();
  const { run, sent, inbox } = harness;

  describe('beside the JSON of an item', () => {
    testFileForms(harness, '.binary');

    it('stay on disk and out of the record of the run', async () => {
      const { record } = await run({ attachments: "={{ $('Items').item.binary.data }}" }, { data });
      assert.ok(record.includes('filesystem-v2:'));
      assert.ok(!record.includes(data.bytes.toString('base64')));
    });

    it('are not taken from JSON that only looks like them', async () => {
      const json = { _files: { data: { mimeType: 'text/plain', data: 'YQ==' } } };
      const { hints } = await run({ attachments: '*' }, {}, json);
      assert.equal(hints.length, 1);
      assert.deepEqual((await inbox())[0]?.attachments, []);
    });
  });

  describe('in the JSON of an item, as n8n’s combined mode has them', () => {
    testFileForms(harness, '._files', { workflowSettings });

    it('are taken by their path, and by an expression on the item', async () => {
      for (const attachments of [
        '_files.data',
        '_files["data"]',
        '={{ $json._files.data }}',
        "={{ '_files.data' }}",
      ]) {
        const request = await sent({ attachments }, { data }, {}, { workflowSettings });
        assert.deepEqual(
          request.attachments?.map(({ name }) => name),
          ['first.pdf'],
          attachments,
        );
      }
    });

    it('get the details that name them by their field or by their path', async () => {
      for (const binaryField of ['data', '_files.data', 'first.pdf']) {
        const attachmentsDetails = { file: [{ binaryField, name: 'Terms.pdf' }] };
        const form = { attachments: '_files.data', options: { attachmentsDetails } };
        const request = await sent(form, { data }, {}, { workflowSettings });
        assert.deepEqual(
          request.attachments?.map(({ name }) => name),
          ['Terms.pdf'],
          binaryField,
        );
      }
    });
  });
});
