import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import { useNode } from './harness';

describe('the content of an email from the n8n node', () => {
  const { run, sent, refusal, inbox } = useNode();

  describe('as HTML and text', () => {
    const both = { html: '<p>Hi</p>', text: 'Hi' };
    for (const [emailFormat, html, text] of [
      ['html', '<p>Hi</p>', undefined],
      ['text', undefined, 'Hi'],
      ['both', '<p>Hi</p>', 'Hi'],
    ]) {
      it(`is what Email Format says: ${emailFormat}`, async () => {
        const request = await sent({ ...both, emailFormat });
        assert.deepEqual([request.html, request.text], [html, text]);
      });
    }
  });

  describe('to its recipients', () => {
    const to = '"Doe, John" <john@example.com>; jane@example.com';
    it('is one email for all of them', async () => {
      assert.equal(((await sent({ to })).to as object[]).length, 2);
      assert.equal((await inbox()).length, 1);
    });

    it('is one email for each of them when it is sent as such, and says which is whose', async () => {
      const { outputs } = await run({ to, options: { sendAs: 'each' } });
      const found = await inbox();
      assert.deepEqual(
        found.map(({ recipients }) => recipients.map(({ email }) => email)),
        [['john@example.com'], ['jane@example.com']],
      );
      assert.deepEqual(
        outputs[0]?.map(({ json }) => [json.email, json.xUniqueId]),
        found.map(({ recipients, xUniqueId }) => [recipients[0]?.email, xUniqueId]),
      );
    });

    it('says to whom an email of its own did not go', async () => {
      const { error } = await run({ to, options: { sendAs: 'each', smtpUserName: 'nobody' } });
      assert.match(
        String(error?.message),
        /^To john@example\.com: SMTP User Name \(from this node\): SendClean refused the call: /,
      );
    });

    it('is refused as one email each when there are copies, which would come many times', async () => {
      assert.equal(
        await refusal({ to, options: { sendAs: 'each', cc: 'team@example.com' } }),
        'CC must be empty, because each recipient gets an email of their own',
      );
    });

    it('takes lists and objects from expressions', async () => {
      const json = { people: [{ email: 'a@example.com', name: 'A' }, 'b@example.com'] };
      assert.deepEqual((await sent({ to: '={{ $json.people }}' }, {}, json)).to, [
        { email: 'a@example.com', type: 'to', name: 'A' },
        { email: 'b@example.com', type: 'to' },
      ]);
    });

    it('is not sent to the same address twice', async () => {
      const options = { cc: 'JANE@example.com, team@example.com', bcc: 'team@example.com' };
      assert.deepEqual((await sent({ to: 'jane@example.com', options })).to, [
        { email: 'jane@example.com', type: 'to' },
        { email: 'team@example.com', type: 'cc' },
      ]);
      const { outputs } = await run({ to: 'a@example.com, A@example.com', options: { sendAs: 'each' } });
      assert.equal(outputs[0]?.length, 1);
    });

    it('may be a copy alone', async () => {
      assert.deepEqual((await sent({ to: '', options: { bcc: 'team@example.com' } })).to, [
        { email: 'team@example.com', type: 'bcc' },
      ]);
    });

    it('comes from a sender with a name, and stays in its thread', async () => {
      const options = { inReplyTo: '={{ $json.id }}', references: '={{ [$json.id] }}' };
      const request = await sent(
        { fromEmail: 'Shop <shop@example.com>', options },
        {},
        { id: '1@example.com' },
      );
      assert.deepEqual([request.from_email, request.from_name], ['shop@example.com', 'Shop']);
      assert.partialDeepStrictEqual(request.headers, {
        'In-Reply-To': '<1@example.com>',
        References: '<1@example.com>',
      });
    });

    it('takes a thousand of them', async () => {
      const many = Array.from({ length: 1000 }, (_, index) => `jane${index}@example.com`);
      assert.equal(((await sent({ to: many.join(', ') })).to as object[]).length, 1000);
    });

    it('is refused when an expression gives none', async () => {
      assert.equal(
        await refusal({ to: '={{ $json.nobody }}' }),
        'To is empty: enter at least one recipient in To, CC or BCC',
      );
    });
  });

  describe('from what people write', () => {
    const subjects = ['Grüße 🎉', '"quoted", \\ and {{braces}}', '12345'];
    for (const subject of subjects) {
      it(`arrives as it is: ${subject}`, async () =>
        assert.equal((await sent({ subject: '={{ $json.subject }}' }, {}, { subject })).subject, subject));
    }
    it('arrives as text where it was a number', async () => {
      assert.equal((await sent({ subject: '={{ 42 }}' })).subject, '42');
    });
    it('arrives whole when it is 1 MB of HTML', async () => {
      const html = `<p>${'ü'.repeat(500_000)}</p>`;
      assert.equal((await sent({ html })).html, html);
    });
    it('is refused with a line break in the subject', async () => {
      assert.match(
        String(await refusal({ subject: '={{ "a\\r\\nBcc: x@y.co" }}' })),
        /^Subject must be text on one line/,
      );
    });
    it('is refused with JSON that is none', async () => {
      const template = {
        operation: 'sendTemplate',
        templateId: 'welcome',
        dynamicValuesAs: 'json',
        dynamicValuesJson: '{NAME}',
      };
      assert.match(
        String(await refusal(template)),
        /^Dynamic Values must be JSON such as \{"NAME": "Jane"\}/,
      );
    });
    it('takes dynamic values as JSON', async () => {
      const template = {
        operation: 'sendTemplate',
        templateId: 'welcome',
        dynamicValuesAs: 'json',
        dynamicValuesJson: '{"NAME":"Jane","N":2}',
      };
      assert.deepEqual((await sent(template)).dynamic_value, { NAME: 'Jane', N: '2' });
    });
    it('takes names that every object of JavaScript has', async () => {
      const dynamicValues = { constructor: 'a', prototype: 'b', toString: 'c' };
      const template = { operation: 'sendTemplate', templateId: 'welcome', dynamicValuesAs: 'json' };
      const request = await sent({ ...template, dynamicValuesJson: JSON.stringify(dynamicValues) });
      assert.deepEqual(request.dynamic_value, dynamicValues);
    });
    it('goes to a domain beyond ASCII by the name that mail servers know', async () => {
      assert.deepEqual((await sent({ to: 'jane@exämple.de' })).to, [
        { email: 'jane@xn--exmple-cua.de', type: 'to' },
      ]);
    });
    it('is told in a sentence that a mailbox beyond ASCII is not taken', async () => {
      const message = 'To, first recipient must be an email address, got "jäne@example.com"';
      assert.equal(await refusal({ to: 'jäne@example.com' }), message);
    });
  });

  it('is held to a number of requests per minute that makes sense', async () => {
    assert.equal((await run({ options: { requestsPerMinute: 6000 } })).error, undefined);
    assert.equal((await inbox()).length, 1);
  });

  it('is refused with a number of requests per minute that does not', async () => {
    const message = 'Requests per Minute must be a number from 1 to 60000, got 0';
    assert.equal(await refusal({ options: { requestsPerMinute: 0 } }), message);
  });

  it('is refused by Validate Only as well with a limit that cannot be', async () => {
    for (const [options, message] of [
      [{ timeout: 0 }, 'Timeout (Seconds) must be a number from 1 to 600, got 0'],
      [{ sizeLimit: 0 }, 'Size Limit (MB) must be a number from 0.1 to 10000, got 0'],
    ] as const)
      assert.equal(await refusal({ options: { ...options, validateOnly: true } }), message);
  });

  it('can be looked at before it is sent', async () => {
    const invoice = { bytes: Buffer.from('invoice'), fileName: 'invoice.pdf', mimeType: 'application/pdf' };
    const options = { validateOnly: true, xUniqueId: 'order-1' };
    const { outputs, error, hints } = await run({ attachments: 'invoice', options }, { invoice });
    assert.equal(error, undefined);
    assert.deepEqual(
      hints.map(({ message }) => message),
      ['Nothing was sent: Validate Only is on'],
    );
    assert.equal(Object.keys(outputs[0]?.[0]?.json ?? {})[0], 'sent');
    assert.deepEqual(
      outputs[0]?.map(({ json }) => json),
      [
        {
          sent: false,
          reason: 'Nothing was sent: Validate Only is on',
          method: 'POST',
          path: 'messages/sendMail',
          body: {
            message: {
              from_email: 'shop@example.com',
              to: [{ email: 'jane@example.com', type: 'to' }],
              subject: 'Hi',
              html: '<p>Hi</p>',
              attachments: [
                {
                  type: 'application/pdf',
                  name: 'invoice.pdf',
                  size: 7,
                  sha256: createHash('sha256').update('invoice').digest('hex'),
                },
              ],
              headers: { 'X-Unique-Id': 'order-1' },
            },
            smtp_user_name: 'smtp-sandbox',
          },
        },
      ],
    );
    assert.deepEqual(await inbox(), []);
  });
});
