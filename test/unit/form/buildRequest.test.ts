import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { operations } from '../../../shared/generated/operations';
import { buildRequest } from '../../../shared/form/buildRequest';
import { queued, simulatedService } from '../../support/transport';
import { encodeQuery, toQuery } from '../../../shared/wire/query';

describe('the request of a form', () => {
  it('puts every field where the service looks for it', () => {
    const request = buildRequest(
      operations.sendMail,
      {
        fromEmail: 'shop@example.com',
        to: 'jane@example.com',
        cc: 'team@example.com',
        html: '<p>Hi</p>',
        subject: 42,
        replyTo: 'help@example.com',
        trackOpens: true,
        autoText: false,
        customHeaders: [{ name: 'X-Campaign', value: 'spring' }],
      },
      { smtpUser: 'smtp1' },
    );
    assert.deepEqual(request, {
      smtp_user_name: 'smtp1',
      message: {
        from_email: 'shop@example.com',
        to: [
          { email: 'jane@example.com', type: 'to' },
          { email: 'team@example.com', type: 'cc' },
        ],
        subject: '42',
        html: '<p>Hi</p>',
        headers: {
          'Reply-To': 'help@example.com',
          'X-STes-TrackOpen': 'yes',
          'X-STes-Autotext': 'no',
          'X-Campaign': 'spring',
        },
      },
    });
  });

  it('takes dynamic values as an object, as pairs and as JSON', () => {
    const forms = [
      { NAME: 'Jane', COUNT: 2 },
      [
        { name: 'NAME', value: 'Jane' },
        { name: 'COUNT', value: 2 },
      ],
      '{"NAME":"Jane","COUNT":2}',
    ];
    for (const dynamicValues of forms) {
      const form = { templateId: 'a', to: 'a@b.co', smtpUserName: 'smtp1', dynamicValues };
      const request = buildRequest(operations.sendTemplate, form);
      assert.partialDeepStrictEqual(request, { message: { dynamic_value: { NAME: 'Jane', COUNT: '2' } } });
    }
  });

  it('has dynamic values by whatever name, in their own case', () => {
    const dynamicValues = JSON.parse('{"constructor":"a","prototype":"b","Name":"c","NAME":"d"}') as unknown;
    const form = { templateId: 'a', to: 'a@b.co', smtpUserName: 'smtp1', dynamicValues };
    const request = buildRequest(operations.sendTemplate, form);
    assert.partialDeepStrictEqual(request, { message: { dynamic_value: dynamicValues } });
  });

  it('has no value for a name that stands alone, and text for numbers and switches', () => {
    const dynamicValues = { NOTHING: null, COUNT: 0, DONE: false };
    const form = { templateId: 'a', to: 'a@b.co', smtpUserName: 'smtp1', dynamicValues };
    const request = buildRequest(operations.sendTemplate, form);
    assert.partialDeepStrictEqual(request, {
      message: { dynamic_value: { NOTHING: '', COUNT: '0', DONE: 'false' } },
    });
  });

  it('refuses a name that stands in two rows', () => {
    const dynamicValues = [
      { name: 'NAME', value: 'Jane' },
      { name: 'NAME', value: 'John' },
    ];
    const form = { templateId: 'a', to: 'a@b.co', smtpUserName: 'smtp1', dynamicValues };
    assert.throws(() => buildRequest(operations.sendTemplate, form), {
      message: 'Dynamic Values holds the name "NAME" twice',
    });
  });

  const noPairs: [title: string, value: unknown][] = [
    ['rows without names', [{ value: 'a' }]],
    ['rows of nothing', [null]],
    ['rows whose name is no text', [{ name: {}, value: 'a' }]],
    ['rows whose name cannot be written', [{ name: Object.create(null), value: 'a' }]],
    ['rows of which one is missing', Array(1)],
    ['bytes', Buffer.from('a')],
    ['a Map', new Map([['NAME', 'Jane']])],
    ['a date', new Date(0)],
    ['a number', 7],
    ['JSON text of a number', '7'],
  ];
  for (const [title, dynamicValues] of noPairs) {
    it(`refuses ${title} for dynamic values`, () => {
      const form = { templateId: 'a', to: 'a@b.co', smtpUserName: 'smtp1', dynamicValues };
      assert.throws(() => buildRequest(operations.sendTemplate, form), {
        message: 'Dynamic Values must be an object of names and values, such as {"NAME": "Jane"}',
      });
    });
  }

  it('refuses a name that would change the prototype of objects', () => {
    for (const dynamicValues of ['{"A":"b","__proto__":"a"}', [{ name: '__proto__', value: 'a' }]]) {
      const form = { templateId: 'a', to: 'a@b.co', smtpUserName: 'smtp1', dynamicValues };
      assert.throws(() => buildRequest(operations.sendTemplate, form), {
        message: 'Dynamic Values must not hold the name __proto__',
      });
    }
  });

  it('refuses dynamic values that are not JSON, and says where it is broken but not what stands there', () => {
    const must = 'Dynamic Values must be JSON such as {"NAME": "Jane"}';
    for (const [dynamicValues, message] of [
      ['{NAME}', `${must}, it is broken at position 1 (line 1 column 2)`],
      [
        `{${'\n'.repeat(11)}${' '.repeat(20)}NAME}`,
        `${must}, it is broken at position 32 (line 12 column 21)`,
      ],
      ['{"NAME": secret}', must],
      ['{"NAME":', must],
    ]) {
      const form = { templateId: 'a', to: 'a@b.co', smtpUserName: 'smtp1', dynamicValues };
      assert.throws(() => buildRequest(operations.sendTemplate, form), {
        kind: 'validation',
        path: 'dynamic_value',
        message,
      });
    }
  });

  it('prefers the form’s SMTP user to the account’s', () => {
    const form = { to: 'a@b.co', fromEmail: 'a@b.co', text: 'a', smtpUserName: 'mine', subject: 'a' };
    const request = buildRequest(operations.sendMail, form, { smtpUser: 'account' });
    assert.partialDeepStrictEqual(request, { smtp_user_name: 'mine' });
  });
});

describe('a GET call', () => {
  it('encodes its query, with nested values in brackets', () => {
    const query = toQuery({ subject: 'Grüße & more', dynamic_value: { 'First NAME': 'a=b' } });
    assert.equal(
      encodeQuery(query),
      'subject=Gr%C3%BC%C3%9Fe%20%26%20more&dynamic_value%5BFirst%20NAME%5D=a%3Db',
    );
  });

  it('has a sign in place of half an emoji, which no URL can hold', () => {
    assert.deepEqual(toQuery({ subject: 'a\ud83d', dynamic_value: { '\udc00': '🎉' } }), [
      ['subject', 'a\ufffd'],
      ['dynamic_value[\ufffd]', '🎉'],
    ]);
  });

  it('refuses names with brackets, which would end the name in its query too early', () => {
    const { client } = simulatedService(() => queued);
    const request = {
      smtp_user_name: 'smtp1',
      template_id: 'welcome',
      from_email: 'shop@example.com',
      to: 'jane@example.com',
      subject: 'Hello',
      dynamic_value: { 'a]': 'b' },
    };
    assert.throws(() => client.prepare('sendTemplateGet', request), {
      message: /^Dynamic Values, a\] must be a name without square brackets, /,
    });
  });

  it('has no X-Unique-Id, and its result says so', async () => {
    const { client, requests } = simulatedService(() => queued);
    const result = await client.sendTemplateGet({
      smtp_user_name: 'smtp1',
      template_id: 'welcome',
      from_email: 'shop@example.com',
      to: 'jane@example.com',
      subject: 'Hello',
    });
    assert.equal(result.xUniqueId, null);
    assert.equal(requests[0]?.body, undefined);
    assert.deepEqual(requests[0]?.query?.at(1), ['template_id', 'welcome']);
  });
});

describe('the X-Unique-Id', () => {
  const mail = { smtp_user_name: 'smtp1', message: { to: [{ email: 'jane@example.com' }], text: 'Hello' } };

  it('is made where none is given, never twice the same, and the given request stays as it is', async () => {
    const { client, requests } = simulatedService(() => queued);
    const ids = [(await client.sendMail(mail)).xUniqueId, (await client.sendMail(mail)).xUniqueId];
    assert.notEqual(ids[0], ids[1]);
    const sent = requests.map(
      ({ body }) => (body as { message: { headers: Record<string, string> } }).message.headers,
    );
    assert.deepEqual(
      sent.map((headers) => headers['X-Unique-Id']),
      ids,
    );
    assert.ok(!('headers' in mail.message));
  });

  it('is made where an empty one is given, under the name that the person chose', async () => {
    const { client } = simulatedService(() => queued);
    const message = { ...mail.message, headers: { 'x-unique-id': '' } };
    const { request, xUniqueId, isIdGiven } = client.prepare('sendMail', { ...mail, message });
    assert.deepEqual(request, { ...mail, message: { ...message, headers: { 'x-unique-id': xUniqueId } } });
    assert.match(String(xUniqueId), /^sc-/);
    assert.equal(isIdGiven, false);
  });

  it('is left for validation to name where it is no text, and so is what has no place for it', () => {
    const { client } = simulatedService(() => queued);
    for (const [message, told] of [
      [{ ...mail.message, headers: { 'X-Unique-Id': 7 } }, 'X-Unique-ID must be text, got 7'],
      [{ ...mail.message, headers: 'a' }, 'Custom Headers must be an object, got "a"'],
      ['a', 'message must be an object, got "a"'],
    ] as const)
      assert.throws(() => client.prepare('sendMail', { ...mail, message }), { message: told });
  });

  it('is the person’s own where one is given, however they spell the header', async () => {
    for (const header of ['X-Unique-Id', 'x-unique-id']) {
      const { client, requests } = simulatedService(() => queued);
      const message = { ...mail.message, headers: { [header]: 'order-1042' } };
      assert.equal((await client.sendMail({ ...mail, message })).xUniqueId, 'order-1042');
      assert.deepEqual((requests[0]?.body as typeof mail).message, message);
    }
  });
});
