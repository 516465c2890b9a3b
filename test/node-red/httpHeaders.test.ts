import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { NodeMessage } from '../../node-red/src/red';
import { clear } from '../sandbox/client';
import type { Typed } from '../support/nodeRedFlow';
import { mail, useRuntime } from './harness';

const { url, deploy, result, failure, taken, requestCount, warningsOf } = useRuntime();

/** What a hostile page sends along. */
const hostile = {
  'set-cookie': ['session=secret'],
  'x-api-key': 'secret',
  'reply-to': 'eve@example.com',
  'x-unique-id': 'order-1',
  'x-stes-trackopen': 'no',
  bcc: 'eve@example.com',
  'content-type': 'text/plain',
};

/** The headers of the email that a node sends for a message, apart from its X-Unique-Id, and the node's warnings. */
async function sent(msg: NodeMessage, customHeaders?: Typed) {
  await clear(url(), 'messages');
  await deploy('sendMail', customHeaders && { customHeaders });
  const warnings = await warningsOf(() => result({ ...mail, ...msg }));
  const { 'X-Unique-Id': id, ...headers } = (await taken()).message.headers as Record<string, unknown>;
  assert.match(String(id), /^sc-/);
  return { headers, warnings };
}

const warning =
  'Custom Headers leaves msg.headers out, because they are those of an HTTP node: name the headers of the email in the form (reported once per deploy)';

describe('headers that an HTTP node left in a message', () => {
  const marks: [name: string, mark: NodeMessage][] = [
    ['a response', { statusCode: 200, responseUrl: 'http://127.0.0.1/', redirectList: [], retry: 0 }],
    ['a request that failed', { statusCode: 'ECONNREFUSED' }],
    ['a response whose status a flow took out', { responseUrl: 'http://127.0.0.1/' }],
    ['redirects that a flow has kept', { redirectList: [] }],
    ['cookies that a flow has kept', { responseCookies: {} }],
    ['a new message with them', { headers: { ...hostile, 'x-node-red-request-node': 'a1' } }],
    ['a request that a Catch node got', { error: { message: 'x', source: { type: 'http request' } } }],
    ['the request of an http in node', { req: { headers: hostile } }],
    ['the response of an http in node', { res: {} }],
  ];
  for (const [name, mark] of marks) {
    it(`stay out of the email, and the log says so: ${name}`, async () => {
      assert.deepEqual(await sent({ headers: hostile, ...mark }), { headers: {}, warnings: [warning] });
    });
  }

  it('stay out with what a flow has added to them, as nobody can tell those apart', async () => {
    const headers = { ...hostile, 'X-Campaign': 'spring' };
    assert.deepEqual((await sent({ headers, statusCode: 200 })).headers, {});
    assert.deepEqual((await sent({ headers: [{ key: 'X-A', value: '1' }], req: {}, res: {} })).headers, {});
  });

  it('are reported once per deploy', async () => {
    await deploy('sendMail');
    const send = (etag: string) => result({ ...mail, statusCode: 200, headers: { ...hostile, etag } });
    assert.deepEqual(await warningsOf(() => send('1').then(() => send('2'))), [warning]);
  });

  it('stay out of an email from a template as well', async () => {
    await deploy('sendTemplate');
    await result({ ...mail, template: 'welcome', payload: {}, statusCode: 200, headers: hostile });
    assert.deepEqual(Object.keys((await taken()).message.headers as object), ['X-Unique-Id']);
  });

  it('still tell the type of a file that was downloaded', async () => {
    await deploy('sendMail');
    const headers = { ...hostile, 'content-type': 'text/csv' };
    await result({ ...mail, payload: Buffer.from('a;b'), filename: 'a', statusCode: 200, headers });
    assert.partialDeepStrictEqual((await taken()).message, {
      attachments: [{ name: 'a', type: 'text/csv' }],
    });
  });

  it('leave what other properties make, such as a priority', async () => {
    const msg = { headers: hostile, statusCode: 200, priority: 'high', replyTo: 'a@example.com' };
    assert.deepEqual((await sent(msg)).headers, {
      'Reply-To': 'a@example.com',
      'X-Priority': '1 (Highest)',
      'X-MSMail-Priority': 'High',
      Importance: 'High',
    });
  });

  it('are nothing to warn of where there are none', async () => {
    for (const headers of [undefined, {}, []])
      assert.deepEqual(await sent({ statusCode: 200, headers }), { headers: {}, warnings: [] });
  });

  it('go out where the form names them', async () => {
    const named = { 'X-Campaign': 'spring' };
    const page = { headers: { ...hostile, 'x-campaign': 'spring' }, statusCode: 200 };
    const ways: [input: Typed, msg?: NodeMessage][] = [
      [['mailHeaders', 'msg'], { mailHeaders: named }],
      [[JSON.stringify([{ name: 'X-Campaign', value: 'spring' }]), 'list']],
      [['{ "X-Campaign": headers."x-campaign" }', 'jsonata']],
    ];
    for (const [input, msg] of ways)
      assert.deepEqual(await sent({ ...page, ...msg }, input), { headers: named, warnings: [] });
  });
});

describe('headers that a flow wrote into a message', () => {
  const never = {
    Cookie: 'a',
    'set-cookie': 'b',
    authorization: 'Bearer secret',
    connection: 'close',
    'x-node-red-a': 'c',
    'Content-Type': 'image/png',
  };

  it('go out, without those that belong in no email', async () => {
    const headers = { ...never, 'X-Campaign': 'spring', 'set-cookie': ['a', 'b'] };
    assert.deepEqual(await sent({ headers }), { headers: { 'X-Campaign': 'spring' }, warnings: [] });
    const alone = await sent({ headers: never });
    assert.deepEqual(alone, { headers: {}, warnings: [] });
  });

  it('are reported where such a header is in the form', async () => {
    const told =
      'Custom Headers: left out Cookie, set-cookie, authorization, connection, x-node-red-a and Content-Type, which do not belong in an email (reported once per deploy)';
    assert.deepEqual(await sent({ mine: { ...never, 'X-A': '1' } }, ['mine', 'msg']), {
      headers: { 'X-A': '1' },
      warnings: [told],
    });
  });

  it('are refused where a field has to be used instead', async () => {
    await deploy('sendMail');
    for (const [name, title] of [
      ['Cc', 'CC'],
      ['from', 'From Email'],
      ['RETURN-PATH', 'Return-Path Domain'],
    ] as const) {
      const { error, sendclean } = await failure({ ...mail, headers: { [name]: 'eve@example.com' } });
      assert.ok(
        error.message.startsWith(`Custom Headers, ${name} cannot be set here: use the field ${title}. `),
      );
      assert.partialDeepStrictEqual(sendclean, {
        kind: 'validation',
        fate: 'notSent',
        path: `headers.${name}`,
      });
    }
    assert.equal(await requestCount(), 0);
  });
});
