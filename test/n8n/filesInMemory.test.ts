// n8n reads its mode of binary data once, when its engine is loaded.
process.env.N8N_DEFAULT_BINARY_DATA_MODE = 'default';

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { testFileForms } from './fileForms';
import { useNode } from './harness';

describe('files that n8n keeps in memory', () => {
  const harness = useNode();
  const { sent, refusal } = harness;
  testFileForms(harness, '.binary');

  it('are also found by $binary, which leaves their content out', async () => {
    const binary = { data: { bytes: Buffer.from('a'), fileName: 'a.txt', mimeType: 'text/plain' } };
    const file = [{ type: 'text/plain', name: 'a.txt', content: Buffer.from('a').toString('base64') }];
    for (const attachments of ['={{ $binary.data }}', '={{ $binary }}'])
      assert.deepEqual((await sent({ attachments }, binary)).attachments, file);
  });

  it('are refused as $binary where two look the same', async () => {
    const looks = { fileName: 'a.txt', mimeType: 'text/plain' };
    const binary = { one: { bytes: Buffer.from('a'), ...looks }, two: { bytes: Buffer.from('b'), ...looks } };
    assert.match(
      String(await refusal({ attachments: '={{ $binary.one }}' }, binary)),
      /must name binary fields or be binary files/,
    );
  });

  it('stay beside the JSON in n8n’s combined mode, which is for others', async () => {
    const binary = { data: { bytes: Buffer.from('a'), fileName: 'a.txt', mimeType: 'text/plain' } };
    const more = { workflowSettings: { binaryMode: 'combined' } } as const;
    for (const attachments of ['data', '*', '={{ $binary.data }}'])
      assert.equal((await sent({ attachments }, binary, {}, more)).attachments?.length, 1, attachments);
  });

  it('are named after their type where they have no extension', async () => {
    const names = async (fileName: string | undefined, mimeType: string, options = {}) => {
      const binary = { data: { bytes: Buffer.from('a'), mimeType, ...(fileName && { fileName }) } };
      return (await sent({ attachments: 'data', options }, binary)).attachments?.map(({ name }) => name);
    };
    assert.deepEqual(await names(undefined, 'application/pdf'), ['data.pdf']);
    assert.deepEqual(await names('report', 'text/csv; charset=utf-8'), ['report.csv']);
    assert.deepEqual(await names('report.v2', 'application/pdf'), ['report.v2']);
    const attachmentsDetails = { file: [{ binaryField: 'data', name: 'README' }] };
    assert.deepEqual(await names('a', 'text/plain', { attachmentsDetails }), ['README']);
  });

  it('are images whatever their type says beside', async () => {
    for (const [mimeType, type] of [
      ['image/png; name=x.png', 'image/png'],
      ['image/svg+xml; charset=utf-8', 'image/svg+xml'],
    ] as const) {
      const logo = { bytes: Buffer.from('a'), mimeType };
      const form = { html: '<img src="cid:logo">', options: { inlineImages: 'logo' } };
      const { images } = await sent(form, { logo });
      assert.partialDeepStrictEqual(images, [{ type, name: 'logo' }]);
    }
  });
});
