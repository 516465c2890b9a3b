import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { operations } from '../../../shared/generated/operations';
import { buildRequest } from '../../../shared/form/buildRequest';
import { perRecipient } from '../../../shared/form/perRecipient';
import { withOnlyUnsubscribe } from '../../../shared/form/unsubscribe';

const { sendMail } = operations;

/** The request of a form with an unsubscribe link. */
const requestWith = (more: object) =>
  buildRequest(sendMail, { to: 'jane@example.com', text: 'Hi', ...more }, { smtpUser: 'smtp1' });

const headersOf = (request: object) =>
  (request as { message: { headers?: Record<string, string> } }).message.headers;

const headers = (unsubscribe: unknown) => headersOf(requestWith({ unsubscribe }));

const oneClick = { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' };

describe('Unsubscribe', () => {
  for (const [entered, header] of [
    ['leave@example.com', '<mailto:leave@example.com>'],
    [' mailto:leave@example.com?subject=leave ', '<mailto:leave@example.com?subject=leave>'],
    [['leave@example.com'], '<mailto:leave@example.com>'],
  ] as const)
    it(`takes an address: ${JSON.stringify(entered)}`, () => {
      assert.deepEqual(headers(entered), { 'List-Unsubscribe': header });
    });

  for (const [entered, header] of [
    ['https://a.example/u', '<https://a.example/u>'],
    ['https://a.example/u?a=1,2;3,&b', '<https://a.example/u?a=1,2;3,&b>'],
    ['HTTPS://a.example/ü\ud83d', '<HTTPS://a.example/%C3%BC%EF%BF%BD>'],
    ['https://a.example/u,leave@example.com', '<https://a.example/u>, <mailto:leave@example.com>'],
    ['leave@example.com; https://a.example/u', '<mailto:leave@example.com>, <https://a.example/u>'],
    [
      '<mailto:leave@example.com>,\r\n <https://a.example/u>',
      '<mailto:leave@example.com>, <https://a.example/u>',
    ],
    [['https://a.example/u', 'leave@example.com'], '<https://a.example/u>, <mailto:leave@example.com>'],
    ['["https://a.example/u"]', '<https://a.example/u>'],
  ] as const)
    it(`takes a URL, by which one click is enough: ${JSON.stringify(entered)}`, () => {
      assert.deepEqual(headers(entered), { 'List-Unsubscribe': header, ...oneClick });
    });

  for (const wrong of [
    'http://a.example/u',
    'leave',
    'https://',
    'ftp://a.example',
    42,
    { a: 1 },
    ['leave@'],
  ])
    it(`refuses what is neither: ${JSON.stringify(wrong)}`, () => {
      assert.throws(() => headers(wrong), {
        message: /^Unsubscribe must be an email address, a URL that begins with https:\/\/, or both, got /,
      });
    });

  it('is empty where nothing is entered', () => {
    for (const nothing of ['', ' ', [], ['', null]]) assert.equal(headers(nothing), undefined);
  });

  it('is refused beside the same header among the others', () => {
    const customHeaders = { 'list-unsubscribe-post': 'a' };
    assert.throws(() => requestWith({ unsubscribe: 'https://a.example', customHeaders }), /is set twice/);
  });
});

describe('{{email}} in Unsubscribe', () => {
  const unsubscribe = 'https://a.example/{{ Email }}?who={{email}}, leave+{{email}}@example.com';

  it('is the recipient of a separate email, encoded', () => {
    const request = requestWith({ to: "jane+a@example.com, o'neil@example.com", unsubscribe });
    const all = perRecipient(sendMail, request).map((one) => headersOf(one.request)?.['List-Unsubscribe']);
    assert.deepEqual(all, [
      '<https://a.example/jane%2Ba%40example.com?who=jane%2Ba%40example.com>, <mailto:leave+jane%2Ba%40example.com@example.com>',
      "<https://a.example/o'neil%40example.com?who=o'neil%40example.com>, <mailto:leave+o'neil%40example.com@example.com>",
    ]);
    assert.match(
      String(headersOf(request)?.['List-Unsubscribe']),
      /\{\{email\}\}/,
      'the request is as it was',
    );
  });

  it('is the only recipient of an email', () => {
    const request = withOnlyUnsubscribe(
      sendMail,
      requestWith({ unsubscribe: 'https://a.example/{{email}}' }),
    );
    assert.equal(headersOf(request)?.['List-Unsubscribe'], '<https://a.example/jane%40example.com>');
  });

  it('is refused where several recipients would get the link of one', () => {
    const request = requestWith({ unsubscribe, cc: 'team@example.com' });
    assert.throws(() => withOnlyUnsubscribe(sendMail, request), {
      path: 'headers.List-Unsubscribe',
      message: /has \{\{email\}\}, which .+: send a separate email to each$/,
    });
  });

  it('changes nothing in a request without it', () => {
    const request = requestWith({ unsubscribe: 'leave@example.com', cc: 'team@example.com' });
    assert.equal(withOnlyUnsubscribe(sendMail, request), request);
  });
});

describe('Priority', () => {
  const priority = (value: unknown) => headersOf(requestWith({ priority: value }));
  const high = { 'X-Priority': '1 (Highest)', 'X-MSMail-Priority': 'High', Importance: 'High' };

  it('is in the headers by which email programs know it', () => {
    assert.deepEqual(priority('high'), high);
    assert.deepEqual(priority(' HIGH'), high);
    assert.deepEqual(priority('low'), {
      'X-Priority': '5 (Lowest)',
      'X-MSMail-Priority': 'Low',
      Importance: 'Low',
    });
    assert.equal(priority('normal'), undefined);
  });

  for (const wrong of ['urgent', 1, 'constructor', ['high']])
    it(`is refused where it is none: ${JSON.stringify(wrong)}`, () => {
      assert.throws(
        () => priority(wrong),
        /^SendCleanError: Priority must be one of high, normal, low, got /,
      );
    });
});
