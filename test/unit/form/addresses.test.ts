import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SendCleanError } from '../../../shared/errors';
import { operations } from '../../../shared/generated/operations';
import type { OperationName } from '../../../shared/generated/types';
import type { Operation, FormValues } from '../../../shared/model';
import { buildRequest } from '../../../shared/form/buildRequest';
import { queued, simulatedService } from '../../support/transport';

const forms: Record<string, FormValues> = {
  sendMail: { fromEmail: 'shop@example.com', to: 'jane@example.com', text: 'Hi' },
  sendTemplateGet: {
    fromEmail: 'shop@example.com',
    to: 'jane@example.com',
    templateId: 'welcome',
    subject: 'Hi',
  },
};

/** The request of a form, after validation. */
function request(name: OperationName, changes: FormValues): Record<string, unknown> {
  const { client } = simulatedService(() => queued);
  const built = buildRequest(
    operations[name] as Operation<OperationName>,
    { ...forms[name], ...changes },
    { smtpUser: 'smtp1' },
  );
  return client.prepare(name, built).request as unknown as Record<string, unknown>;
}

function message(changes: FormValues): Record<string, unknown> {
  return request('sendMail', changes).message as Record<string, unknown>;
}

function refusal(name: OperationName, changes: FormValues, path: string, expectation: RegExp): void {
  assert.throws(
    () => request(name, changes),
    (error) => {
      assert.ok(error instanceof SendCleanError);
      assert.deepEqual([error.kind, error.fate, error.path], ['validation', 'notSent', path]);
      assert.match(error.message, expectation);
      return true;
    },
  );
}

describe('the sender', () => {
  const sender = ({ fromEmail, fromName }: FormValues) => {
    const { from_email, from_name } = message({ fromEmail, fromName });
    return [from_email, from_name];
  };
  const ways: [title: string, fromEmail: unknown][] = [
    ['text', 'Shop <shop@example.com>'],
    ['text with quotes, and blanks around it', ' "Shop" <shop@example.com>\n'],
    ['an object', { email: 'shop@example.com', name: 'Shop' }],
    ['an object of an email library', { address: 'shop@example.com', name: ' Shop ' }],
    ['a header of a received email', { value: [{ address: 'shop@example.com', name: 'Shop' }], text: 'x' }],
    ['a list of one', [{ address: 'shop@example.com', name: 'Shop' }, null]],
    ['JSON text', '{"email":"shop@example.com","name":"Shop"}'],
  ];
  for (const [title, fromEmail] of ways)
    it(`is an address with a name beside it, written as ${title}`, () => {
      assert.deepEqual(sender({ fromEmail }), ['shop@example.com', 'Shop']);
    });

  it('is an address alone', () => {
    assert.deepEqual(sender({ fromEmail: ' shop@example.com ' }), ['shop@example.com', undefined]);
    assert.deepEqual(sender({ fromEmail: 'shop@exämple.de' }), ['shop@xn--exmple-cua.de', undefined]);
  });

  it('has the name of its own field, unless that holds only blanks', () => {
    const fromEmail = 'Shop <shop@example.com>';
    assert.deepEqual(sender({ fromEmail, fromName: 'Support' }), ['shop@example.com', 'Support']);
    assert.deepEqual(sender({ fromEmail, fromName: ' \n' }), ['shop@example.com', 'Shop']);
  });

  it('may be missing where the service does not ask for one', () => {
    for (const fromEmail of ['', ' ', null, [], [null]])
      assert.deepEqual(sender({ fromEmail, fromName: 'Shop' }), [undefined, 'Shop']);
  });

  const wrong: [title: string, fromEmail: unknown, expectation: RegExp][] = [
    ['several addresses', 'a@example.com, b@example.com', /must be one address, got 2$/],
    ['text without an address', 'Shop', /must be an email address, got "Shop"$/],
    ['separators', ' , ; ', /must be an email address, got " , ; "$/],
    ['a name alone', { name: 'Shop' }, /must be an email address, got an object$/],
    ['an empty address', { name: 'Shop', email: '' }, /must be an email address, got an object$/],
    ['a number', 7, /must be an email address, got 7$/],
    [
      'two addresses without a comma',
      'A <a@example.com> b@example.com',
      /must be an email address, got "A </,
    ],
    ['a name with a line break', { email: 'a@example.com', name: 'a\nb' }, /must be text on one line/],
  ];
  for (const [title, fromEmail, expectation] of wrong)
    it(`is refused as ${title}`, () =>
      refusal(
        'sendMail',
        { fromEmail },
        title === 'a name with a line break' ? 'from_name' : 'from_email',
        expectation,
      ));

  it('of a call without a place for the name is its address', () => {
    const { from_email, to } = request('sendTemplateGet', {
      fromEmail: 'Shop <shop@example.com>',
      to: [{ name: 'Jane', address: 'jane@example.com' }],
    });
    assert.deepEqual([from_email, to], ['shop@example.com', 'jane@example.com']);
  });
});

describe('the recipient of a call that takes one', () => {
  it('is required', () => refusal('sendTemplateGet', { to: [null, ' '] }, 'to', /is required$/));

  it('is refused as several', () =>
    refusal(
      'sendTemplateGet',
      { to: ['a@example.com', 'b@example.com'] },
      'to',
      /must be one address, got 2$/,
    ));
});

describe('the addresses for responses', () => {
  const ways: [title: string, replyTo: unknown, header: string | undefined][] = [
    ['one address', 'help@example.com', 'help@example.com'],
    [
      'several as they are written',
      'Help <a@example.com>; b@example.com',
      'Help <a@example.com>; b@example.com',
    ],
    [
      'text without what is around it',
      '\r\n a@example.com,\r\n b@example.com ',
      'a@example.com, b@example.com',
    ],
    ['a list', ['a@example.com', null, 'Help <b@example.com>'], 'a@example.com, Help <b@example.com>'],
    ['an object', { address: 'a@exämple.de', name: 'Help Desk' }, 'Help Desk <a@xn--exmple-cua.de>'],
    [
      'a name that needs quotes',
      { email: 'a@example.com', name: 'Doe, "J" \\' },
      '"Doe, \\"J\\" \\\\" <a@example.com>',
    ],
    ['a name beyond ASCII', [{ email: 'a@example.com', name: 'Grüße' }], '"Grüße" <a@example.com>'],
    [
      'a header of a received email',
      { value: [{ address: 'a@example.com', name: '' }], text: 'x' },
      'a@example.com',
    ],
    [
      'JSON text',
      '["a@example.com", {"email": "b@example.com", "name": "B"}]',
      'a@example.com, B <b@example.com>',
    ],
    ['nothing', [null, ' '], undefined],
    ['JSON text of nothing', '[]', undefined],
    ['blanks', ' ', undefined],
  ];
  for (const [title, replyTo, header] of ways)
    it(`are ${title}`, () => {
      const headers = message({ replyTo, xUniqueId: 'a' }).headers as Record<string, string>;
      assert.equal(headers['Reply-To'], header);
    });

  const wrong: [title: string, replyTo: unknown, expectation: RegExp][] = [
    ['no address', 'support', /must be an email address, got "support"$/],
    ['separators', ';', /must be an email address, got ";"$/],
    ['a group of nobody', 'undisclosed-recipients:;', /must be an email address/],
    ['one that is none among others', 'a@example.com, support', /must be an email address, got "support"$/],
    ['an address of another form', ['a@b@c'], /must be an email address, got "a@b@c"$/],
    ['an object without an address', { name: 'Help' }, /must be an email address, got an object$/],
    ['a name that is no text', { email: 'a@example.com', name: { a: 1 } }, /must be an email address/],
    ['a line break within', 'a@example.com\nb@example.com', /must be text on one line/],
    ['a line break in a name', { email: 'a@example.com', name: 'a\nb' }, /must be text on one line/],
  ];
  for (const [title, replyTo, expectation] of wrong)
    it(`are refused as ${title}`, () => refusal('sendMail', { replyTo }, 'headers.Reply-To', expectation));
});

describe('the Message-IDs of a thread', () => {
  const ways: [title: string, references: unknown, header: string | undefined][] = [
    ['one in brackets', '<1@example.com>', '<1@example.com>'],
    ['one without', ' 1@example.com\r\n', '<1@example.com>'],
    ['one without an “@”', 'order-1042', '<order-1042>'],
    [
      'several',
      '<1@example.com>\r\n <2@example.com> 3@example.com',
      '<1@example.com> <2@example.com> <3@example.com>',
    ],
    ['several with commas', '<1@example.com>,<2>, 3@example.com', '<1@example.com> <2> <3@example.com>'],
    ['several without anything between', '<1@example.com><2@example.com>', '<1@example.com> <2@example.com>'],
    ['blanks within the brackets', '< 1@example.com >', '<1@example.com>'],
    ['a list', ['<1@example.com>', null, '2@example.com'], '<1@example.com> <2@example.com>'],
    ['JSON text', '["<1@example.com>","2@example.com"]', '<1@example.com> <2@example.com>'],
    ['nothing', ['', null], undefined],
  ];
  for (const [title, references, header] of ways)
    it(`are ${title}`, () => {
      const headers = message({ references, inReplyTo: references, xUniqueId: 'a' }).headers as Record<
        string,
        string
      >;
      assert.deepEqual([headers.References, headers['In-Reply-To']], [header, header]);
    });

  const wrong: [title: string, inReplyTo: unknown, shown: string][] = [
    ['a sentence', 'my last email', '"my last email"'],
    ['a blank in an ID', '<1 2@example.com>', '"<1 2@example.com>"'],
    ['a control character', '<1\u0000@example.com>', '"<1\\u0000@example.com>"'],
    [
      'a line break that adds a header',
      '1@example.com\r\nBcc: eve@example.com',
      '"1@example.com\\r\\nBcc: eve@example.com"',
    ],
    ['brackets alone', '<>', '"<>"'],
    ['a bracket that is never closed', '<1@example.com', '"<1@example.com"'],
    ['commas', ',', '","'],
    ['a number', 7, '7'],
    ['an object', { id: '<1@example.com>' }, 'an object'],
  ];
  for (const [title, inReplyTo, shown] of wrong)
    it(`are refused as ${title}`, () =>
      assert.throws(
        () => request('sendMail', { inReplyTo }),
        (error) => {
          assert.ok(error instanceof SendCleanError);
          assert.deepEqual([error.kind, error.path], ['validation', 'headers.In-Reply-To']);
          assert.ok(error.message.endsWith(`must be a Message-ID such as <1042@example.com>, got ${shown}`));
          return true;
        },
      ));
});
