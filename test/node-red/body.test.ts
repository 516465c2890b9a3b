import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { jsonBytes } from '../../node-red/src/body';

const file = Buffer.from('A file of the mail. ').toString('base64').repeat(1000);

describe('the body of a request from Node-RED', () => {
  const bodies: Record<string, object> = {
    'a mail without files': { message: { subject: 'Grüße 🎉', text: 'a "b" \\ \u2028' }, token: 't' },
    'large files, the same twice': {
      attachments: [{ content: file }, { content: `${file}QQ==` }, { content: file }],
    },
    'a long text that is no base64': { html: `<p>${'ü"'.repeat(10_000)}</p>`, content: 'é'.repeat(20_000) },
    'a name that is long': { [file]: file },
    'half of a surrogate pair': { text: '\ud83c', content: file },
  };
  for (const [title, body] of Object.entries(bodies)) {
    it(`is what JSON.stringify makes of ${title}`, () => {
      assert.ok(jsonBytes(body).equals(Buffer.from(JSON.stringify(body))));
    });
  }
});
