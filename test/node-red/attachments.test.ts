import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import { mail, useRuntime } from './harness';

const { deploy, result, failure, taken, requestCount } = useRuntime();

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

interface File {
  type: string;
  name: string;
  content: string;
}

/** The files that arrive for `msg.attachments`, as name, type and SHA-256. */
async function arrived(attachments: unknown, more: object = {}): Promise<string[][]> {
  await deploy('sendMail');
  await result({ ...mail, attachments, ...more });
  const files = (await taken()).message.attachments as File[];
  return files.map(({ name, type, content }) => [name, type, sha256(Buffer.from(content, 'base64'))]);
}

const bytes = randomBytes(100_000);
const wide = new Uint8Array(bytes.length + 20);
wide.set(bytes, 10);
const base64 = bytes.toString('base64');
const octets = 'application/octet-stream';

describe('an attachment in Node-RED arrives whole', () => {
  const forms: [form: string, given: () => unknown, name: string, type: string][] = [
    ['a Buffer', () => bytes, 'attachment-1.bin', octets],
    [
      'a Uint8Array that is part of a larger one',
      () => wide.subarray(10, 10 + bytes.length),
      'attachment-1.bin',
      octets,
    ],
    ['an ArrayBuffer', () => Uint8Array.from(bytes).buffer, 'attachment-1.bin', octets],
    [
      'a Buffer as JSON has it',
      () => JSON.parse(JSON.stringify(bytes)) as unknown,
      'attachment-1.bin',
      octets,
    ],
    ['base64 text', () => base64, 'attachment-1.bin', octets],
    ['base64 text in lines', () => base64.replace(/.{76}/g, '$&\r\n'), 'attachment-1.bin', octets],
    ['a data: URI', () => `data:image/png;base64,${base64}`, 'attachment-1.png', 'image/png'],
    [
      'an e-mail node’s object with a Buffer',
      () => ({ filename: 'a.pdf', content: bytes }),
      'a.pdf',
      'application/pdf',
    ],
    [
      'one with an ArrayBuffer',
      () => ({ filename: 'a.pdf', content: Uint8Array.from(bytes).buffer }),
      'a.pdf',
      'application/pdf',
    ],
    [
      'one with a data: URI',
      () => ({ filename: 'a', content: `data:image/gif;base64,${base64}` }),
      'a',
      'image/gif',
    ],
    [
      'one with a data: URI as its path',
      () => ({ filename: 'a.gif', path: `data:;base64,${base64}` }),
      'a.gif',
      'text/plain',
    ],
    [
      'one with base64 text',
      () => ({ filename: 'a.zip', content: base64, encoding: 'base64' }),
      'a.zip',
      'application/zip',
    ],
    ['one with a type of its own', () => ({ filename: 'a', contentType: 'a/b', content: bytes }), 'a', 'a/b'],
    [
      'an object of the service',
      () => ({ type: 'text/csv', name: 'a.csv', content: base64 }),
      'a.csv',
      'text/csv',
    ],
    ['one with a Buffer', () => ({ type: 'text/csv', name: 'a.csv', content: bytes }), 'a.csv', 'text/csv'],
  ];
  for (const [form, given, name, type] of forms) {
    it(`from ${form}`, async () => {
      assert.deepEqual(await arrived(given()), [[name, type, sha256(bytes)]]);
    });
  }

  it('from plain text, in UTF-8 or the encoding that it names', async () => {
    const text = 'Grüße, 世界';
    const files = await arrived([
      { filename: 'a.txt', content: text },
      { type: 'text/plain', content: text },
      { type: 'text/plain', name: 'c.txt', content: text, encoding: 'utf16le' },
      `data:text/plain;charset=utf-8,${encodeURIComponent(text)}`,
    ]);
    assert.deepEqual(files, [
      ['a.txt', 'text/plain', sha256(Buffer.from(text))],
      ['attachment-2.txt', 'text/plain', sha256(Buffer.from(text))],
      ['c.txt', 'text/plain', sha256(Buffer.from(text, 'utf16le'))],
      ['attachment-4.txt', 'text/plain', sha256(Buffer.from(text))],
    ]);
  });

  const uris: [uri: string, bytes: string | number[], name: string, type: string][] = [
    ['data:application/octet-stream,%FF%00', [255, 0], 'attachment-1.bin', octets],
    ['data:text/plain;charset=iso-8859-1,%FC', [252], 'attachment-1.txt', 'text/plain'],
    [
      'data:image/svg+xml;charset=utf-8,<svg fill="#fff">ü</svg>',
      '<svg fill="#fff">ü</svg>',
      'attachment-1.svg',
      'image/svg+xml',
    ],
    ['data:text/html,<p>100%25?a=b#c</p>', '<p>100%?a=b#c</p>', 'attachment-1.html', 'text/html'],
    ['DATA:Text/CSV;Base64,YSxi%0D%0ACg%3D%3D', 'a,b\n', 'attachment-1.csv', 'text/csv'],
    ['data:text/plain;charset=utf-8;base64, YS xi\r\nCg== ', 'a,b\n', 'attachment-1.txt', 'text/plain'],
    ['data:,', [], 'attachment-1.txt', 'text/plain'],
    ['data:;base64,', [], 'attachment-1.txt', 'text/plain'],
  ];
  for (const [uri, content, name, type] of uris) {
    it(`from ${JSON.stringify(uri)}`, async () => {
      const hash = sha256(Buffer.from(content as string));
      assert.deepEqual(await arrived([uri, { filename: 'a.bin', href: uri }]), [
        [name, type, hash],
        ['a.bin', type, hash],
      ]);
    });
  }

  it('from a list of all of them, in order', async () => {
    const all = forms.filter(([form]) => form !== 'base64 text in lines');
    const files = await arrived(all.map(([, given]) => given()));
    assert.equal(files.length, all.length);
    assert.deepEqual(new Set(files.map(([, , hash]) => hash)), new Set([sha256(bytes)]));
  });

  it('under the name that msg.filename gives it', async () => {
    const files = await arrived(base64, { filename: 'C:\\reports\\May.pdf' });
    assert.deepEqual(files, [['May.pdf', 'application/pdf', sha256(bytes)]]);
  });

  it('from a Uint8Array in msg.payload', async () => {
    const files = await arrived(undefined, { payload: new Uint8Array(bytes), plaintext: 'See the file' });
    assert.deepEqual(files, [['attachment.bin', octets, sha256(bytes)]]);
  });
});

describe('a wrong attachment in Node-RED is named, and nothing is sent:', () => {
  const circular: Record<string, unknown> = {};
  circular.self = circular;
  const notAFile = / is not a file: give a Buffer, whole base64 text, a data: URI or an object with content/;
  const wrong: [what: string, given: unknown, path: string, sentence: RegExp][] = [
    ['a circular object', [bytes, circular], 'attachments[1]', notAFile],
    [
      'an object with circular content',
      { filename: 'a', content: circular },
      'attachments[0].content',
      / must be/,
    ],
    [
      'a huge array',
      Array(1e6).fill(7),
      'attachments',
      / has 1000000 entries, more than 1000: give the bytes/,
    ],
    ['a list of numbers', [1, 2, 3], 'attachments[0]', notAFile],
    ['a list in a list', [[bytes]], 'attachments[0]', notAFile],
    ['unfinished base64 text', base64.slice(0, -5), 'attachments[0]', notAFile],
    [
      'unfinished base64 content',
      { name: 'a', type: 'a/b', content: base64.slice(0, -5) },
      'attachments[0].content',
      / must be/,
    ],
    [
      'an unfinished data: URI',
      `data:image/png;base64,${base64.slice(0, -5)}`,
      'attachments[0]',
      / must be a data: URI with whole base64/,
    ],
    ['a data: URI whose base64 is none', 'data:;base64,?!?!', 'attachments[0]', / with whole base64/],
    [
      'an object with a broken data: URI',
      { filename: 'a', content: 'data:;base64,AAA' },
      'attachments[0].content',
      / with whole base64/,
    ],
    [
      'a broken data: URI',
      'data:text/plain,100%',
      'attachments[0]',
      / is a data: URI with a broken “%” escape/,
    ],
    ['a path', '/etc/passwd', 'attachments[0]', notAFile],
    ['a path that could be base64', '/data/report', 'attachments[0]', notAFile],
    ['a path of Windows', 'C:\\report.pdf', 'attachments[0]', notAFile],
    ['an address', 'https://example.com/report.pdf', 'attachments[0]', notAFile],
    [
      'an object with a path',
      { filename: 'a', path: '/etc/passwd' },
      'attachments[0].path',
      / is not read: load the file/,
    ],
    [
      'an object with an address',
      { href: 'https://example.com/' },
      'attachments[0].href',
      / is not read: load the file/,
    ],
    ['an object without content', { filename: 'a' }, 'attachments[0]', notAFile],
    [
      'a written Buffer of no bytes',
      { type: 'Buffer', data: [1, 256] },
      'attachments[0].data[1]',
      / must be a byte/,
    ],
    [
      'a written Buffer with holes',
      { type: 'Buffer', data: Array(3) },
      'attachments[0].data[0]',
      / must be a byte/,
    ],
    [
      'an unknown encoding',
      { filename: 'a', content: 'x', encoding: 'x' },
      'attachments[0].encoding',
      / must be an encoding/,
    ],
    ['true', true, 'attachments[0]', notAFile],
  ];
  for (const [what, given, path, sentence] of wrong) {
    it(what, async () => {
      await deploy('sendMail');
      const { error, sendclean } = await failure({ ...mail, attachments: given });
      assert.match(error.message, /^Attachments[, ]/);
      assert.match(error.message, sentence);
      assert.deepEqual([sendclean.kind, sendclean.path, sendclean.fate], ['validation', path, 'notSent']);
      assert.equal(await requestCount(), 0);
    });
  }
});
