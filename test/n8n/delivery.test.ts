import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fault } from '../sandbox/client';
import { useNode } from './harness';

const { run, inbox, refusal, url } = useNode();

/** The service takes the email, and its answer does not arrive. */
const lostAnswer = { kind: 'resetAfter', path: 'messages/sendMail' };

/** What the only item of a run says. */
async function output(options: object): Promise<Record<string, unknown>> {
  const { outputs, error } = await run({ options });
  assert.equal(error, undefined);
  return outputs?.[0]?.[0]?.json as Record<string, unknown>;
}

describe('Send Mail in n8n', () => {
  it('sends again an email that the service refused for its quota', async () => {
    await fault(url(), { kind: 'status', status: 429, headers: { 'retry-after': '0' }, count: 2 });
    assert.equal((await output({})).status, 'success');
    assert.equal((await inbox()).length, 1);
  });

  it('skips an email that was sent before', async () => {
    const options = { skipSent: true, xUniqueId: 'order-8' };
    assert.equal((await output(options)).skipped, undefined);
    assert.partialDeepStrictEqual(await output(options), { xUniqueId: 'order-8', skipped: true });
    assert.equal((await inbox()).length, 1);
  });

  it('does not skip what has no X-Unique-Id of its own', async () => {
    assert.match(
      (await refusal({ options: { skipSent: true } })) ?? '',
      /^X-Unique-ID is required to skip what was already sent: give each email its own$/,
    );
  });

  it('finds out that an email was sent whose answer was lost', { timeout: 30_000 }, async () => {
    await fault(url(), lostAnswer);
    assert.equal((await output({ whenUnsure: 'lookUp' })).recovered, true);
    assert.equal((await inbox()).length, 1);
  });

  it('refuses attempts and times that are out of range', async () => {
    assert.equal(
      await refusal({ options: { attempts: 0 } }),
      'Attempts must be a number from 1 to 10, got 0',
    );
    assert.equal(
      await refusal({ options: { timeout: 604_800 } }),
      'Timeout (Seconds) must be a number from 1 to 600, got 604800',
    );
  });
});
