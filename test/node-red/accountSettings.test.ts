import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { account } from '../support/sandbox';
import { mail, useRuntime } from './harness';

describe('the settings of an account in Node-RED', () => {
  const { url, deploy, result, failure, taken, requestCount } = useRuntime();
  afterEach(() => {
    delete process.env.SENDCLEAN_TEST_TOKEN;
  });

  it('are used without the blanks and line breaks around them', async () => {
    await deploy(
      'sendMail',
      {},
      {
        ownerId: ` ${account.owner_id}\n`,
        token: `${account.token} \r\n`,
        smtpUser: `\t${account.smtpUser}`,
        endpoint: ` ${url()} `,
      },
    );
    await result(mail);
    assert.equal((await taken()).smtp_user_name, account.smtpUser);
  });

  it('are refused with a line break within, and no request is made', async () => {
    await deploy('sendMail', {}, { token: 'half\nother' });
    const { error, sendclean } = await failure(mail);
    assert.match(error.message, /^Token must not contain a line break/);
    assert.doesNotMatch(error.message, /half|other/);
    assert.partialDeepStrictEqual(sendclean, { kind: 'validation', fate: 'notSent', path: 'token' });
    assert.equal(await requestCount(), 0);
  });

  const labels = {
    ownerId: 'Owner ID',
    token: 'Token',
    smtpUser: 'SMTP User',
    domain: 'App Domain',
    endpoint: 'Custom Endpoint',
  };
  for (const [path, label] of Object.entries(labels)) {
    it(`name the environment variable that is not set, and no request is made: ${label}`, async () => {
      for (const variable of ['${NOT_SET}', ' ${NOT_SET} ', '$(NOT_SET)']) {
        await deploy('sendMail', {}, { [path]: variable });
        const { error, sendclean } = await failure(mail);
        assert.match(
          error.message,
          new RegExp(`^${label} uses the environment variable NOT_SET, which is not set`),
        );
        assert.partialDeepStrictEqual(sendclean, { kind: 'validation', fate: 'notSent', path });
      }
      assert.equal(await requestCount(), 0);
    });
  }

  it('name the environment variable of a limit that is not set', async () => {
    await deploy('sendMail', {}, { timeout: '${NOT_SET}' });
    const { error, sendclean } = await failure(mail);
    assert.match(error.message, /uses the environment variable NOT_SET, which is not set/);
    assert.partialDeepStrictEqual(sendclean, { kind: 'validation', fate: 'notSent', path: 'timeout' });
    assert.equal(await requestCount(), 0);
  });

  it('may be environment variables, also with blanks around them', async () => {
    process.env.SENDCLEAN_TEST_TOKEN = `${account.token}\n`;
    for (const token of ['${SENDCLEAN_TEST_TOKEN}', ' ${SENDCLEAN_TEST_TOKEN} ']) {
      await deploy('sendMail', {}, { token });
      await result(mail);
    }
    assert.equal(await requestCount(), 2);
  });
});
