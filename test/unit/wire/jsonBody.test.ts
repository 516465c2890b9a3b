import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { jsonBody } from '../../../shared/wire/jsonBody';

const file = Buffer.from('A file of the mail. ').toString('base64').repeat(1000);

describe('the body of a request as JSON', () => {
  const bodies: Record<string, object> = {
    'a mail without files': { message: { subject: 'Grüße 🎉', text: 'a "b" \\ \u2028' }, token: 't' },
    'large files, the same twice': {
      attachments: [{ content: file }, { content: `${file}QQ==` }, { content: file }],
    },
    'a long text that is no base64': { html: `<p>${'ü"'.repeat(10_000)}</p>`, content: 'é'.repeat(20_000) },
    'a name that is long': { [file]: file },
    'half of a surrogate pair': { text: '\ud83c', content: file },
    'the word that holds the place of a file meanwhile': {
      file: 'file',
      files: ['file', file, 'file', { file: 'a, "file"', content: file }, ':"file', 'file"', '"file":'],
      text: 'file',
    },
    'a file last': { text: 'file', file },
    'values that JSON leaves out or changes': {
      at: new Date(0),
      none: undefined,
      content: file,
      no: [undefined],
    },
  };
  for (const [title, body] of Object.entries(bodies)) {
    it(`is what JSON.stringify makes of ${title}`, () => {
      assert.ok(Buffer.from(jsonBody(body)).equals(Buffer.from(JSON.stringify(body))));
    });
  }

  it('is text, or bytes where it holds a file', () => {
    assert.equal(jsonBody({ content: 'QQ==' }), '{"content":"QQ=="}');
    assert.ok(jsonBody({ attachments: [{ content: file }] }) instanceof Uint8Array);
  });
});
