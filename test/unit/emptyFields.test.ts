import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { operations } from '../../shared/generated/operations';
import { buildRequest } from '../../shared/request';

describe('the request of a form with blanks and empty fields', () => {
  it('has headers without what is around their values, unfolded', () => {
    const customHeaders = { 'X-A': ' a\r\n b\n', 'X-B': [{ c: ' ' }], 'X-C': ' ', 'X-D': 7 };
    const form = { templateId: 'a', to: 'a@b.co', smtpUserName: ' smtp1 ', customHeaders };
    assert.deepEqual(buildRequest(operations.sendTemplate, form), {
      smtp_user_name: 'smtp1',
      message: {
        template_id: 'a',
        to: [{ email: 'a@b.co', type: 'to' }],
        headers: { ...customHeaders, 'X-A': 'a b', 'X-C': '', 'X-D': '7' },
      },
    });
  });

  it('leaves out fields of blanks, and uses the account’s SMTP user for them', () => {
    const form = {
      templateId: 'a',
      to: 'a@b.co',
      subject: ' \n',
      fromName: '\t',
      xUniqueId: ' ',
      smtpUserName: ' ',
    };
    assert.deepEqual(buildRequest(operations.sendTemplate, form, { smtpUser: 'smtp1\n' }), {
      smtp_user_name: 'smtp1',
      message: { template_id: 'a', to: [{ email: 'a@b.co', type: 'to' }] },
    });
  });

  it('refuses a required field of blanks', () => {
    const form = { templateId: ' ', to: 'a@b.co', smtpUserName: 'smtp1' };
    assert.throws(() => buildRequest(operations.sendTemplate, form), {
      path: 'template_id',
      message: /is required$/,
    });
  });

  it('goes to a copy alone where To is empty', () => {
    for (const [field, type] of [
      ['cc', 'cc'],
      ['bcc', 'bcc'],
    ] as const) {
      const form = { templateId: 'a', to: '', [field]: 'team@example.com', smtpUserName: 'smtp1' };
      assert.partialDeepStrictEqual(buildRequest(operations.sendTemplate, form), {
        message: { to: [{ email: 'team@example.com', type }] },
      });
    }
  });

  it('asks for a recipient in one of the fields where all are empty', () => {
    for (const recipients of [{}, { to: '', cc: [null] }, { to: ' , ', bcc: '[]' }]) {
      const form = { templateId: 'a', smtpUserName: 'smtp1', ...recipients };
      assert.throws(() => buildRequest(operations.sendTemplate, form), {
        kind: 'validation',
        fate: 'notSent',
        path: 'to',
        message: /is empty: enter at least one recipient in To, CC or BCC$/,
      });
    }
  });
});
