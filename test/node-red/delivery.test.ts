import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fault, messages } from '../sandbox/client';
import { mail, useRuntime } from './harness';

const { url, deploy, result, failure, requestCount } = useRuntime();

/** The service takes the email, and its answer does not arrive. */
const lostAnswer = { kind: 'resetAfter', path: 'messages/sendMail' };

describe('a Send Mail node in Node-RED', () => {
  it('sends again an email that the service refused for its quota', async () => {
    await deploy('sendMail');
    await fault(url(), { kind: 'status', status: 429, headers: { 'retry-after': '0' }, count: 2 });
    await result(mail);
    assert.equal((await messages(url())).length, 1);
  });

  it('makes no further attempt where the account allows one', async () => {
    await deploy('sendMail', {}, { attempts: '1' });
    await fault(url(), { kind: 'status', status: 429, headers: { 'retry-after': '0' } });
    const { sendclean } = await failure(mail);
    assert.partialDeepStrictEqual(sendclean, { kind: 'rateLimited', fate: 'notSent', attempts: 1 });
  });

  it('skips an email that was sent before', async () => {
    await deploy('sendMail', { skipSent: ['yes', 'choice'] });
    const first = await result({ ...mail, xUniqueId: 'order-7' });
    const again = await result({ ...mail, xUniqueId: 'order-7' });
    assert.equal((first.payload as Record<string, unknown>).skipped, undefined);
    assert.partialDeepStrictEqual(again.payload, { xUniqueId: 'order-7', skipped: true });
    assert.equal((await messages(url())).length, 1);
  });

  it('finds out that an email was sent whose answer was lost', { timeout: 30_000 }, async () => {
    await deploy('sendMail', { whenUnsure: ['lookUp', 'choice'] });
    await fault(url(), lostAnswer);
    const { payload } = await result(mail);
    assert.partialDeepStrictEqual(payload, { recovered: true });
    assert.equal((await messages(url())).length, 1);
  });

  it('reports a lost answer unless it is to find out', async () => {
    await deploy('sendMail');
    await fault(url(), lostAnswer);
    const { sendclean } = await failure(mail);
    assert.partialDeepStrictEqual(sendclean, { fate: 'unknown', attempts: 1 });
    assert.equal((await messages(url())).length, 1);
  });

  it('refuses limits that are out of range', async () => {
    for (const [name, value, label, range] of [
      ['atOnce', '0', 'Requests at Once', '1 to 100'],
      ['timeout', '604800', 'Timeout (Seconds)', '1 to 600'],
      ['connectTimeout', '-1', 'Connect Timeout (Seconds)', '1 to 60'],
      ['attempts', 'many', 'Attempts', '1 to 10'],
    ] as const) {
      await deploy('sendMail', {}, { [name]: value });
      const { error } = await failure(mail);
      assert.ok(error.message.startsWith(`${label} must be a number from ${range}, got "${value}"`));
    }
    assert.equal(await requestCount(), 0);
  });
});
