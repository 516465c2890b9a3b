import assert from 'node:assert/strict';
import { createServer, type AddressInfo } from 'node:net';
import { describe, it } from 'node:test';
import type { OperationName } from '../../shared/generated/types';
import { fault } from '../sandbox/client';
import { flowOf, ids, type AccountSettings } from '../support/nodeRedFlow';
import { recordBefore } from '../support/recorder';
import { mail, useRuntime, type Failure } from './harness';

const secret = 'tok/en +42';

/** A port that nothing listens on. */
async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe('a message that fails in a Node-RED node', () => {
  const { url, red, deploy, result, failure, requestCount } = useRuntime();

  const fail = async (settings: AccountSettings, name: OperationName = 'sendMail'): Promise<Failure> => {
    const inputs = { templateId: ['welcome', 'str'], xUniqueId: ['order-1042', 'str'] } as const;
    await deploy(name, name === 'sendMail' ? {} : inputs, settings);
    const before = red().log().length;
    const msg = await failure({ ...mail, ...(name !== 'sendMail' && { payload: {} }) });
    const said = [JSON.stringify(msg), red().log().slice(before), JSON.stringify(red().statuses(ids.node))];
    for (const text of [secret, encodeURIComponent(secret)]) {
      assert.ok(!said.some((one) => one.includes(text)), 'the token is told');
    }
    return msg;
  };

  it('says that owner ID and token are refused', async () => {
    for (const name of ['sendMail', 'sendTemplateGet'] as const) {
      const { error, sendclean } = await fail({ token: secret }, name);
      assert.match(
        error.message,
        /Token MissMatch .*check owner ID and token of the account\. Nothing was sent/,
      );
      assert.partialDeepStrictEqual(sendclean, { kind: 'authentication', fate: 'notSent' });
    }
  });

  it('says that the app domain is no host name', async () => {
    const { error } = await fail({ endpoint: '', domain: 'https://sendclean.net/x', token: secret });
    assert.match(
      error.message,
      /^App Domain must be a bare host name such as us1-mta1\.sendclean\.net, got /,
    );
  });

  it('says that nothing listens at the endpoint', async () => {
    const { error, sendclean } = await fail({
      endpoint: `http://127.0.0.1:${await closedPort()}`,
      token: secret,
    });
    assert.match(error.message, /^SendClean cannot be reached: the connection was refused/);
    assert.partialDeepStrictEqual(sendclean, { kind: 'network', fate: 'notSent', code: 'ECONNREFUSED' });
  });

  const faults: [name: string, description: object, sentence: RegExp][] = [
    [
      'an HTTP error',
      { kind: 'status', status: 500 },
      /^SendClean refused the call: |^SendClean answered with HTTP 500/,
    ],
    ['a web page', { kind: 'html' }, /^SendClean answered with HTTP 502 and a web page/],
    ['broken JSON', { kind: 'reply', body: '{"status":' }, /^SendClean answered with broken JSON/],
    [
      'a connection that breaks',
      { kind: 'resetAfter' },
      /^SendClean cannot be reached: the connection broke/,
    ],
    [
      'a redirect',
      { kind: 'reply', status: 302, body: '', headers: { location: '/' } },
      /redirect \(HTTP 302\)/,
    ],
  ];
  for (const [name, description, sentence] of faults) {
    it(`says that the service answered with ${name}, and that the email may have gone out`, async () => {
      await fault(url(), description);
      const { error, sendclean } = await fail({});
      assert.match(error.message, sentence);
      assert.match(
        error.message,
        /\. It is not known whether the email was sent\. Look for X-Unique-Id “sc-/,
      );
      assert.equal(sendclean.fate, 'unknown');
    });
  }

  it('does not tell the token that a service repeats', async () => {
    const body = { status: 'error', name: 'GeneralError', message: `no ${secret} here` };
    await fault(url(), { kind: 'reply', body });
    const { error } = await fail({ token: secret });
    assert.match(error.message, /no \*\*\* here/);
  });

  it('is not sent to another host by a redirect, and neither is the account', async (test) => {
    const other = await recordBefore(url());
    test.after(() => other.close());
    const headers = { location: `${other.url}/v1.0/messages/sendMail` };
    for (const name of ['sendMail', 'sendTemplateGet', 'getMessageInfo'] as const) {
      for (const status of [302, 307, 308]) {
        await fault(url(), { kind: 'reply', status, body: '', headers });
        assert.match((await fail({}, name)).error.message, /redirect \(HTTP 30\d\), which is not followed/);
      }
    }
    assert.deepEqual(other.take(), []);
  });

  it('is not sent when a field does not fit', async () => {
    await deploy('sendMail');
    const { error, sendclean } = await failure({ ...mail, to: 'jane@' });
    assert.match(
      error.message,
      /^To, first recipient must be an email address, got "jane@"\. Nothing was sent/,
    );
    assert.partialDeepStrictEqual(sendclean, { kind: 'validation', fate: 'notSent', path: 'to[0].email' });
    assert.equal(await requestCount(), 0);
  });

  it('is caught once and not completed', async () => {
    await deploy('sendMail');
    await failure({ ...mail, to: '' });
    await result(mail);
    await red().next(ids.completed);
    assert.deepEqual([red().waiting(ids.completed), red().waiting(ids.caught)], [0, 0]);
  });

  it('shows its reason in a few words under the node until the next one', async () => {
    await deploy('sendMail');
    await failure({ ...mail, to: '' });
    assert.deepEqual(red().statuses(ids.node).at(-1), {
      fill: 'red',
      shape: 'ring',
      text: 'not sent: To is empty',
    });
    await result(mail);
    assert.equal(red().statuses(ids.node).at(-1)?.text, 'sent 1');
  });

  it('asks for an account where the node has none', async () => {
    const { flows } = flowOf('sendMail', {});
    await red().deploy({ flows: flows.filter(({ id }) => id !== 'account') });
    const { error } = await failure(mail);
    assert.match(error.message, /^Account is required: choose a SendClean account in the node\./);
  });

  it('is not sent with an account that has no token', async () => {
    await deploy('sendMail', {}, { token: '' });
    const { error, sendclean } = await failure(mail);
    assert.match(error.message, /^Token is required: set it in the SendClean account\. /);
    assert.partialDeepStrictEqual(sendclean, { kind: 'validation', fate: 'notSent' });
    assert.equal(await requestCount(), 0);
  });
});
