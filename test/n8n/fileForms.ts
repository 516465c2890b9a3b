import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { BinaryInput, NodeRun } from '../support/n8nEngine';
import type { Harness, SentMessage } from './harness';

const pdf = (text: string): BinaryInput => ({
  bytes: Buffer.from(text),
  fileName: `${text}.pdf`,
  mimeType: 'application/pdf',
});
const binary = {
  data: pdf('first'),
  'second file': pdf('second'),
  logo: { bytes: Buffer.from('logo'), fileName: 'company.png', mimeType: 'image/png' },
};
const first = [{ type: 'application/pdf', name: 'first.pdf', content: base64('first') }];
const second = [{ type: 'application/pdf', name: 'second.pdf', content: base64('second') }];
const logo = (name: string) => [{ type: 'image/png', name, content: base64('logo') }];

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

/**
 * Tests each way to name a file, in one of n8n's modes of binary data.
 * @param path where an item has its files in the expressions of that mode: `.binary` or `._files`.
 */
export function testFileForms({ sent, refusal }: Harness, path: string, more: Partial<NodeRun> = {}) {
  const far = { ...more, isFarFromItems: true };
  const files = `$('Items').item${path}`;
  const attached = async (attachments: string, of = more): Promise<SentMessage['attachments']> =>
    (await sent({ attachments }, binary, {}, of)).attachments;

  it('takes a file by the name of its field', async () => {
    assert.deepEqual(await attached('data'), first);
    assert.deepEqual(await attached('data, second file'), [...first, ...second]);
    assert.deepEqual(await attached("={{ ['second file', 'data'] }}"), [...second, ...first]);
  });

  it('takes all files', async () => {
    const request = await sent(
      { attachments: '*', html: '<img src="cid:logo">', options: { inlineImages: 'logo' } },
      binary,
      {},
      more,
    );
    assert.deepEqual(request.attachments, [...first, ...second]);
    assert.deepEqual(request.images, logo('logo'));
    assert.deepEqual(await attached(`={{ ${files} }}`), [...first, ...second, ...logo('company.png')]);
  });

  it('takes a file, or a list of files and names, by an expression', async () => {
    assert.deepEqual(await attached(`={{ ${files}.data }}`), first);
    assert.deepEqual(await attached(`={{ [${files}['second file'], [${files}.data]] }}`), [
      ...second,
      ...first,
    ]);
    assert.deepEqual(await attached(`={{ [${files}.data, 'second file'] }}`), [...first, ...second]);
  });

  it('tells files with the same content apart, whose details name them by their fields', async () => {
    const twins = { one: pdf('first'), two: { ...pdf('first'), fileName: 'other.pdf' } };
    const attachmentsDetails = {
      file: ['one', 'two'].map((binaryField) => ({ binaryField, name: `${binaryField}.pdf` })),
    };
    const form = { attachments: `={{ [${files}.one, ${files}.two] }}`, options: { attachmentsDetails } };
    const { attachments } = await sent(form, twins, {}, more);
    assert.deepEqual(
      attachments?.map(({ name }) => name),
      ['one.pdf', 'two.pdf'],
    );
  });

  it('takes a file of an earlier node, which the item does not have', async () => {
    assert.deepEqual(await attached(`={{ ${files}.data }}`, far), first);
    assert.deepEqual(await attached(`={{ $('Items').all().map((item) => item${path}.data) }}`, far), first);
    assert.deepEqual(await attached(`={{ ${files} }}`, far), [...first, ...second, ...logo('company.png')]);
  });

  it('shows an image that an expression gives under the name of its field, or of its file', async () => {
    const shows = async (name: string, of: Partial<NodeRun>, options: object = {}) => {
      const form = { inlineImages: `={{ ${files}.logo }}`, ...options };
      return (await sent({ html: `<img src="cid:${name}">`, options: form }, binary, {}, of)).images;
    };
    assert.deepEqual(await shows('logo', more), logo('logo'));
    assert.deepEqual(await shows('company', far), logo('company'));
    const file = [{ binaryField: 'company.png', name: 'other' }];
    assert.deepEqual(await shows('other', far, { inlineImagesDetails: { file } }), logo('other'));
  });

  it('leaves an image that an expression gives out of all files', async () => {
    const options = { inlineImages: `={{ ${files}.logo }}` };
    const request = await sent({ attachments: '*', html: '<img src="cid:logo">', options }, binary, {}, more);
    assert.deepEqual(request.attachments, [...first, ...second]);
  });

  it('gives a file by expression another name', async () => {
    const attachmentsDetails = { file: [{ binaryField: 'first.pdf', name: 'Terms.pdf' }] };
    const attachments = `={{ ${files}.data }}`;
    const request = await sent({ attachments, options: { attachmentsDetails } }, binary, {}, far);
    assert.deepEqual(
      request.attachments?.map(({ name }) => name),
      ['Terms.pdf'],
    );
  });

  it('holds a file by expression to the size limit', async () => {
    const attachments = `={{ ${files}.data }}`;
    const big = { data: { ...pdf('big'), bytes: Buffer.alloc(1_100_000) } };
    assert.match(
      String(await refusal({ attachments, options: { sizeLimit: 1 } }, big, {}, far)),
      /are 1\.1 MB together, the limit is 1 MB/,
    );
  });

  for (const [what, value, got] of [
    ['an object', '{ a: 1 }', 'an object'],
    ['a switch', 'true', 'true'],
    ['a list with a gap', "[null, 'data']", 'null'],
  ]) {
    it(`refuses ${what} where files belong`, async () => {
      const message = String(await refusal({ attachments: `={{ (${value}) }}` }, binary, {}, more));
      assert.match(message, /must name binary fields or be binary files/);
      assert.ok(message.endsWith(`got ${got}`), message);
    });
  }
}
