import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import type { BinaryInput } from '../support/n8nEngine';
import { useNode, type SentMessage } from './harness';

const png = (text: string): BinaryInput => ({
  bytes: Buffer.from(text),
  fileName: `${text}.png`,
  mimeType: 'image/png',
});

describe('the files of an email from the n8n node', () => {
  const { run, sent, refusal, inbox } = useNode();

  describe('with attachments', () => {
    const binary = { a: png('a'), b: png('b'), c: png('c') };
    const names = ({ attachments = [] }: SentMessage) => attachments.map(({ name }) => name);

    it('takes them by a list of names, by an expression, or all of them', async () => {
      assert.deepEqual(names(await sent({ attachments: 'a, c' }, binary)), ['a.png', 'c.png']);
      assert.deepEqual(names(await sent({ attachments: '={{ Object.keys($binary).slice(1) }}' }, binary)), [
        'b.png',
        'c.png',
      ]);
      assert.deepEqual(names(await sent({ attachments: '*' }, binary)), ['a.png', 'b.png', 'c.png']);
    });

    it('leaves the inline images out of “all of them”', async () => {
      const request = await sent(
        { attachments: '*', html: '<img src="cid:b">', options: { inlineImages: 'b' } },
        binary,
      );
      assert.deepEqual(names(request), ['a.png', 'c.png']);
      assert.deepEqual(request.images, [
        { type: 'image/png', name: 'b', content: Buffer.from('b').toString('base64') },
      ]);
    });

    it('gives them other names and types', async () => {
      const options = {
        attachmentsDetails: { file: [{ binaryField: 'a', name: 'Größe "1".pdf', type: 'application/pdf' }] },
        inlineImages: 'b',
        inlineImagesDetails: { file: [{ binaryField: 'b', name: 'logo' }] },
      };
      const request = await sent({ attachments: 'a', html: '<img src="cid:logo">', options }, binary);
      assert.partialDeepStrictEqual(request.attachments, [
        { type: 'application/pdf', name: 'Größe "1".pdf' },
      ]);
      assert.partialDeepStrictEqual(request.images, [{ type: 'image/png', name: 'logo' }]);
    });

    it('refuses names that are no binary fields of the item, though every object has them', async () => {
      assert.equal(
        await refusal({ attachments: 'toString' }, { a: png('a') }),
        'Attachments names the binary field "toString", which this item does not have: it has "a"',
      );
      assert.match(
        String(
          await refusal({ attachments: '={{ $json.names }}' }, {}, { names: [{ toString: 1, valueOf: 1 }] }),
        ),
        /must name binary fields or be binary files, .+, got an object$/,
      );
    });

    it('refuses details of a field that is not attached', async () => {
      const options = { attachmentsDetails: { file: [{ binaryField: 'b', name: 'x' }] } };
      assert.equal(
        await refusal({ attachments: 'a', options }, binary),
        'Attachment Details names the binary field "b", which Attachments does not',
      );
    });

    it('takes one of 24 MB whole', async () => {
      const bytes = Buffer.alloc(24_000_000, 'SendClean');
      assert.equal(
        (await run({ attachments: 'big' }, { big: { bytes, fileName: 'big.bin' } })).error,
        undefined,
      );
      const [summary] = await inbox();
      assert.partialDeepStrictEqual(summary?.attachments, [
        { name: 'big.bin', size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') },
      ]);
    });

    it('refuses more than the size limit, which is 25 MB unless told otherwise', async () => {
      const big = { bytes: Buffer.alloc(26_000_000), fileName: 'big.bin' };
      assert.equal(
        await refusal({ attachments: 'big' }, { big }),
        'Size Limit (MB) is exceeded: attachments and images are 26.0 MB together, the limit is 25 MB',
      );
      assert.equal((await run({ attachments: 'big', options: { sizeLimit: 30 } }, { big })).error, undefined);
    });
  });

  describe('with inline images', () => {
    const options = { inlineImages: 'logo' };
    it('is refused when the HTML does not show one', async () => {
      assert.equal(
        await refusal({ options }, { logo: png('logo') }),
        'Inline Images, name of the first image is not used: show the image in the HTML with <img src="cid:logo">',
      );
    });
    it('is refused when the HTML shows one that is not there', async () => {
      const html = '<img alt="a > b" src="cid:logo"><img src=\'cid:other\'>';
      assert.equal(
        await refusal({ html, options }, { logo: png('logo') }),
        'HTML shows the image cid:other, which is not among the inline images (see the option Missing Inline Images)',
      );
    });
    it('sends HTML without an image that it shows where the option says so', async () => {
      const html = '<img alt="a > b" src="cid:logo"><img src=\'cid:other\'>';
      const request = await sent(
        { html, options: { ...options, missingImages: 'send' } },
        { logo: png('logo') },
      );
      assert.equal(request.html, html);
      assert.partialDeepStrictEqual(request.images, [{ name: 'logo' }]);
    });
  });
});
