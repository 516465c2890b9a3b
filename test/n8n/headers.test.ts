import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { useNode } from './harness';

describe('custom headers of the n8n node', () => {
  const { run, sent, refusal } = useNode();
  const named = (headers: Record<string, string>) => {
    const pair = Object.entries(headers).map(([name, value]) => ({ name, value }));
    return { options: { customHeaders: { pair } } };
  };
  const page = { 'set-cookie': '={{ $json.a }}', Authorization: 'a', connection: 'a', 'x-node-red-a': 'a' };

  it('leave out what belongs in no email, and show that above the items', async () => {
    const form = named({ ...page, 'X-Campaign': 'spring', 'Content-Type': 'text/html' });
    const { headers } = await sent(form, {}, { a: 'secret' });
    assert.deepEqual(Object.keys(headers as object), ['X-Campaign', 'X-Unique-Id']);
    const { hints } = await run(form, {}, { a: 'secret' });
    assert.deepEqual(
      hints.map(({ message }) => message),
      [
        'Custom Headers: left out set-cookie, Authorization, connection, x-node-red-a and Content-Type, which do not belong in an email',
      ],
    );
  });

  for (const [name, title] of [
    ['To', 'To'],
    ['cc', 'CC'],
    ['BCC', 'BCC'],
    ['from', 'From Email'],
    ['Subject', 'Subject'],
    ['return-path', 'Return-Path Domain'],
  ] as const) {
    it(`refuse ${name}, and name the field to use`, async () => {
      const told = `Custom Headers, ${name} cannot be set here: use the field ${title}`;
      assert.equal(await refusal(named({ [name]: 'eve@example.com' })), told);
      assert.equal(await refusal(named({ '={{ $json.name }}': '1' }), {}, { name }), told);
    });
  }

  it('refuse control characters in any text on one line, and marks that turn the name of a file around', async () => {
    assert.match(
      String(await refusal({ subject: 'a\u0085b' })),
      /^Subject must be text on one line without /,
    );
    assert.match(
      String(await refusal(named({ 'X-A': '={{ $json.a }}' }), {}, { a: 'a\u0000b' })),
      /^Custom Headers, X-A must be text on one line without control characters, got "a\\u0000b"$/,
    );
    const file = { bytes: Buffer.from('x'), fileName: 'invoice\u202efdp.exe', mimeType: 'application/pdf' };
    assert.match(
      String(await refusal({ attachments: 'data' }, { data: file })),
      /^Attachments, name of the first file must be .* marks that turn text around, got "invoice\\u202efdp\.exe"$/,
    );
  });
});
