import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { operations } from '../../../shared/generated/operations';
import { perRecipient } from '../../../shared/form/perRecipient';
import { queued, simulatedService } from '../../support/transport';

const request = (to: object[]) => ({ smtp_user_name: 'smtp1', message: { subject: 'Hi', to, text: 'Hi' } });
const jane = { email: 'jane@example.com', type: 'to' };
const john = { email: 'john@example.com', name: 'John' };

describe('one email per recipient', () => {
  it('makes a request for each, and leaves the given one as it is', () => {
    const given = request([jane, john]);
    assert.deepEqual(perRecipient(operations.sendMail, given), [
      { email: jane.email, request: request([jane]) },
      { email: john.email, request: request([john]) },
    ]);
    assert.deepEqual(given, request([jane, john]));
  });

  it('makes one for an address that is there twice', () => {
    const again = { ...john, email: 'John@Example.COM' };
    assert.deepEqual(perRecipient(operations.sendMail, request([jane, john, again])), [
      { email: jane.email, request: request([jane]) },
      { email: john.email, request: request([john]) },
    ]);
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

describe('an address among the recipients of an email', () => {
  const prepared = (to: object[]) => {
    const { client } = simulatedService(() => queued);
    const mail = request(to);
    const call = client.prepare('sendMail', {
      ...mail,
      message: { ...mail.message, headers: { 'X-Unique-Id': 'a' } },
    });
    return (call.request as { message: { to: unknown[]; subject?: string } }).message;
  };

  it('is one recipient, the first of those it was entered as, whatever its case', () => {
    const others = [
      { email: 'JANE@example.com', type: 'cc', name: 'Jane' },
      { ...john, type: 'bcc' },
      { ...john, type: 'cc' },
      jane,
    ];
    assert.deepEqual(prepared([jane, ...others]).to, [jane, { ...john, type: 'bcc' }]);
    assert.equal(prepared([jane, ...others]).subject, 'Hi');
  });

  it('stays in the request that was given', () => {
    const given = [jane, jane];
    prepared(given);
    assert.deepEqual(given, [jane, jane]);
  });

  it('is named by the place where it was entered if it is none', () => {
    assert.throws(() => prepared([jane, jane, { email: 'bob@' }]), { path: 'to[2].email', fate: 'notSent' });
  });
});
