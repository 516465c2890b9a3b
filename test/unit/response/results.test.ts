import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { operations } from '../../../shared/generated/operations';
import type { Operation } from '../../../shared/model';
import { hideSecrets, resultOf, withoutSecrets } from '../../../shared/response/results';

const list: Operation = operations.listTrackingDomain;
const part: Operation = operations.viewUserDetail;
const record = { domain: 'track.example.com' };

describe('what a response comes to', () => {
  it('is the records of its list, under its name or, where it is the only one, under another', () => {
    assert.deepEqual(resultOf(list, { status: 'success', tracking_domain_list: [record] }), [record]);
    assert.deepEqual(resultOf(list, { status: 'success', smtp_list: [record] }), [record]);
  });

  it('is an error that says what is missing where a list call answers something else', () => {
    for (const response of [{}, { one: [record], two: [record] }, { tracking_domain_list: 'none' }])
      assert.throws(() => resultOf(list, response), {
        kind: 'unexpectedResponse',
        message: "SendClean's response cannot be read: tracking_domain_list must be a list",
      });
    assert.throws(
      () => resultOf(list, { tracking_domain_list: [null] }),
      /each entry of tracking_domain_list/,
    );
  });

  it('is an object within it', () => {
    assert.deepEqual(resultOf(part, { user_data: { name: 'Jane Roe' } }), { name: 'Jane Roe' });
    assert.throws(() => resultOf(part, { user_data: [] }), /user_data must be an object/);
  });

  it('is the response itself otherwise', () => {
    const response = { status: 'success', message: 'Webhook Deleted' };
    assert.equal(resultOf(operations.deleteWebhook, response), response);
  });
});

describe('passwords and keys', () => {
  const user = { smtp_user_name: 'smtps1', password: 'hidden' };

  it('are left out of results, unless the call is made to get one', () => {
    assert.deepEqual(withoutSecrets(operations.listSmtp, user), { smtp_user_name: 'smtps1' });
    const added = { message: 'SMTP User Created', smtp_password: 'new' };
    assert.equal(withoutSecrets(operations.addSmtp, added), added);
    const other = { status: 'success' };
    assert.equal(withoutSecrets(operations.deleteWebhook, other), other);
  });

  it('are blacked out at any depth before an error quotes a response', () => {
    assert.deepEqual(hideSecrets(['password'], { smtp_list: [user] }), {
      smtp_list: [{ smtp_user_name: 'smtps1', password: '***' }],
    });
    assert.equal(hideSecrets([], user), user);
    assert.equal(hideSecrets(['password'], 'password'), 'password');
  });
});
