import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { operations } from '../../shared/generated/operations';
import { perRecipient } from '../../shared/sendAs';

const request = (to: object[]) => ({ smtp_user_name: 'smtp1', message: { subject: 'Hi', to, text: 'Hi' } });
const jane = { email: 'jane@example.com', type: 'to' };
const john = { email: 'john@example.com', name: 'John' };

describe('one mail per recipient', () => {
  it('makes a request for each, and leaves the given one as it is', () => {
    const given = request([jane, john]);
    assert.deepEqual(perRecipient(operations.sendMail, given), [
      { email: jane.email, request: request([jane]) },
      { email: john.email, request: request([john]) },
    ]);
    assert.deepEqual(given, request([jane, john]));
  });

  it('makes one request for an address that is listed again, also in another case', () => {
    const again = [jane, john, { email: 'JANE@example.com', type: 'to' }, jane];
    assert.deepEqual(
      perRecipient(operations.sendMail, request(again)).map(({ email }) => email),
      [jane.email, john.email],
    );
  });

  it('leaves an address that is none for validation to name', () => {
    const odd = [{ email: Object.create(null) as unknown }, {}];
    assert.deepEqual(
      perRecipient(operations.sendMail, request(odd)).map(({ email }) => email),
      ['', ''],
    );
  });

  it('refuses copies, which would come with each mail', () => {
    const copy = { email: 'team@example.com', type: 'bcc' };
    for (const [index, to] of [
      [copy, jane],
      [jane, copy],
    ].entries())
      assert.throws(() => perRecipient(operations.sendMail, request(to)), {
        kind: 'validation',
        path: `to[${index}].type`,
        message: 'BCC must be empty, because each recipient gets an email of their own',
      });
  });

  it('makes none where there is no list of recipients', () => {
    assert.deepEqual(perRecipient(operations.sendTemplateGet, { to: 'jane@example.com' }), []);
    assert.deepEqual(perRecipient(operations.sendMail, { message: {} }), []);
  });
});
