import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SendCleanError, invalid, invalidFields } from '../../../shared/errors';
import { operations } from '../../../shared/generated/operations';
import { labelOf, nameFields } from '../../../shared/form/labels';
import { say } from '../../../shared/phrase';

const operation = operations.sendMail;

/** A request with recipients of these types, a@ being the first. */
function requestTo(...types: string[]): object {
  return { message: { to: types.map((type, index) => ({ email: `${'abcdef'[index]}@b.co`, type })) } };
}

describe('the label of a place in a request', () => {
  const labels: [path: string, label: string | undefined, request?: object][] = [
    ['from_email', 'From Email'],
    ['html or text', 'HTML or Text'],
    ['smtp_user_name', 'SMTP User Name'],
    ['headers.X-STes-TrackOpen', 'Track Opens'],
    ['headers.X-Unique-Id', 'X-Unique-ID'],
    ['headers.X-Campaign', 'Custom Headers, X-Campaign'],
    ['to', 'To'],
    ['to[0].email', 'To, first recipient', requestTo('to')],
    ['to[0].email', 'To, first recipient'],
    ['to[1].email', 'CC, first recipient', requestTo('to', 'cc')],
    ['to[3].email', 'CC, second recipient', requestTo('to', 'cc', 'bcc', 'cc')],
    ['to[2].name', 'BCC, name of the first recipient', requestTo('to', 'cc', 'bcc')],
    ['to[1].type', 'To, type of the second recipient', requestTo('to', 'x')],
    ['to[9].email', 'To, tenth recipient'],
    ['to[10].email', 'To, 11th recipient'],
    ['to[11].email', 'To, 12th recipient'],
    ['to[12].email', 'To, 13th recipient'],
    ['to[20].email', 'To, 21st recipient'],
    ['to[21].email', 'To, 22nd recipient'],
    ['to[22].email', 'To, 23rd recipient'],
    ['to[23].email', 'To, 24th recipient'],
    ['to[110].email', 'To, 111th recipient'],
    ['attachments[1]', 'Attachments, second file'],
    ['attachments[0].content.data[3]', 'Attachments, first file'],
    ['attachments[0].type', 'Attachments, type of the first file'],
    ['images[0].name', 'Inline Images, name of the first image'],
    ['customHeaders', 'Custom Headers'],
    ['total', undefined],
    ['html or total', undefined],
  ];
  for (const [path, label, request] of labels) {
    it(`${path} is ${label ?? 'not known'}`, () => {
      const words = labelOf(operation, path, request);
      assert.equal(words && say(words), label);
    });
  }
});

describe('an error that names fields', () => {
  it('has labels in its sentence, and paths in its data', () => {
    const given = invalidFields([
      { path: 'from_email', reason: 'must be an email address' },
      { path: 'headers.X-STes-TrackOpen', reason: 'must be yes or no' },
    ]);
    const error = nameFields(given.prefixed('Test'), { operation }) as SendCleanError;
    assert.equal(error.message, 'Test: From Email must be an email address; Track Opens must be yes or no');
    assert.equal(error.path, 'from_email');
    assert.equal(error.fate, 'notSent');
  });

  it('keeps a label that it has, and a path that is no field', () => {
    const known = nameFields(invalid('atOnce', 'is too large', 'Requests at Once'), { operation });
    assert.equal((known as Error).message, 'Requests at Once is too large');
    assert.equal((nameFields(invalid('total', 'is odd'), { operation }) as Error).message, 'total is odd');
  });

  it('is left alone where it is about no field', () => {
    const network = new SendCleanError('network', 'unknown', 'from_email is not reachable');
    for (const thrown of [network, new Error('from_email'), undefined])
      assert.equal(nameFields(thrown, { operation }), thrown);
  });
});

describe('what the service says of a field', () => {
  const said = (message: string, values?: object) => {
    const error = new SendCleanError('validation', 'notSent', message, { status: 200 });
    return nameFields(error, { operation, ...(values && { values: { ...values } }) }) as SendCleanError;
  };

  it('is led by the label and where the value came from', () => {
    const message = 'SendClean refused the call: smtp_user_name "x" is not known';
    const fromAccount = said(message);
    assert.equal(fromAccount.message, `SMTP User Name (from the account): ${message}`);
    assert.equal(fromAccount.path, 'smtp_user_name');
    assert.equal(fromAccount.status, 200);
    const quoted = 'smtp_user_name "{\\"to\\":null,\\"subject\\":\\"x\\"}" is not known';
    assert.equal(said(quoted).message, `SMTP User Name (from the account): ${quoted}`);
    assert.equal(said('"subject" is required').message, 'Subject: "subject" is required');
    assert.equal(said(message, { smtpUserName: 'x' }).message, `SMTP User Name (from this node): ${message}`);
  });

  const texts: [text: string, label: string][] = [
    ['smtp user required !!', 'SMTP User Name (from the account)'],
    ['You must specify subject', 'Subject'],
    ['You must specify from-email', 'From Email'],
    ['You must specify from_name', 'From Name'],
    ['You must specify at least one recipient', 'To'],
    ['You must specify html or text value', 'HTML, Text'],
    ['You must specify subject; You must specify from-email', 'From Email, Subject'],
  ];
  for (const [text, label] of texts) {
    it(`is led by ${label}: ${text}`, () => assert.equal(said(text).message, `${label}: ${text}`));
  }

  it('has no label where it names no field', () => {
    for (const text of ['You must specify a value', 'The formats are not known', 'subjects'])
      assert.equal(said(text).message, text);
  });
});
