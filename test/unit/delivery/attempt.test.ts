import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { RunOptions } from '../../../shared/delivery/options';
import type { Limits } from '../../../shared/form/readSettings';
import { createRateLimiter } from '../../../shared/delivery/rateLimiter';
import { eventClock } from '../../support/clock';
import { queued, simulatedService, type Answer } from '../../support/transport';

/** Emails whose requests take 50 ms each, with a rateLimiter; tells when each request left. */
function mailer(limits: Partial<Limits>, answer: (index: number) => Answer = () => queued) {
  const clock = eventClock();
  const left: number[] = [];
  const { client } = simulatedService(
    (_request, index) => {
      left.push(clock.now() - 50);
      return answer(index);
    },
    { clock, rateLimiter: createRateLimiter(clock, limits), latency: 50 },
  );
  const send = (smtpUser: string, more: object = {}, options: RunOptions = {}) => {
    const message = { to: [{ email: 'jane@example.com' }], text: 'Hi', ...more };
    const call = client.prepare('sendMail', { smtp_user_name: smtpUser, message });
    return client.run(call, options);
  };
  return { clock, left, send };
}

describe('the requests of an account', () => {
  it('are spaced for each SMTP user by itself', async () => {
    const { clock, left, send } = mailer({ requestsPerMinute: 60 });
    await clock.run(Promise.all([send('one'), send('one'), send('other')]));
    assert.deepEqual(left, [0, 0, 1000]);
  });

  /** The email of one SMTP user gets an answer; 60 ms after it left come one of the same user and one of another. */
  async function afterFirst(answer: Answer): Promise<number[]> {
    const { clock, left, send } = mailer({}, (index) => (index === 0 ? answer : queued));
    const others = clock.sleep(60).then(() => Promise.all([send('one'), send('other')]));
    await clock.run(Promise.all([send('one'), others]));
    return left;
  }

  it('all wait when the service asks their SMTP user to', async () => {
    const left = await afterFirst({ status: 429, headers: { 'retry-after': '7' } });
    assert.deepEqual(left, [0, 60, 7050, 7050]);
  });

  it('do not wait for the repetition of another that failed otherwise', async () => {
    const left = await afterFirst(Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }));
    assert.equal(left.filter((at) => at === 60).length, 2);
  });

  it('are not made, and certainly not sent, when the run is cancelled while their files are loaded', async () => {
    const { clock, left, send } = mailer({});
    const cancel = new AbortController();
    const deferredFiles = {
      bytes: 1,
      load: async () => cancel.abort(),
      release: () => undefined,
    };
    const sending = send('one', {}, { deferredFiles, signal: cancel.signal });
    await clock.run(assert.rejects(sending, { kind: 'cancelled', fate: 'notSent' }));
    assert.deepEqual(left, []);
  });

  it('are under way together only as far as their bytes fit, files and texts', async () => {
    const file = { bytes: 600_000, load: async () => undefined, release: () => undefined };
    const content = 'QUJD'.repeat(150_000);
    for (const [more, options] of [
      [{}, { deferredFiles: file }],
      [{ text: content }, {}],
      [{ attachments: [{ type: 'text/plain', name: 'a', content }] }, {}],
    ] as const) {
      const { clock, left, send } = mailer({ megabytes: 1 });
      await clock.run(Promise.all([send('one', more, options), send('one', more, options)]));
      assert.deepEqual(left, [0, 50]);
    }
    const { clock, left, send } = mailer({ megabytes: 1 });
    await clock.run(Promise.all([send('one'), send('one')]));
    assert.deepEqual(left, [0, 0]);
  });

  it('are not made when the run is cancelled while they wait, and nothing was sent', async () => {
    const stopping = new AbortController();
    const { clock, left, send } = mailer({ atOnce: 1 });
    const first = send('one');
    const second = send('one', {}, { signal: stopping.signal });
    stopping.abort();
    await assert.rejects(clock.run(second), {
      kind: 'cancelled',
      fate: 'notSent',
      message: 'The run was cancelled before this request was made',
    });
    await clock.run(first);
    assert.deepEqual(left, [0]);
  });

  it('take turns between those who ask', async () => {
    const { clock, send } = mailer({ atOnce: 1 });
    const ended: string[] = [];
    const queueKeys = ['many', 'many', 'many', 'one'];
    const sends = queueKeys.map((queueKey) => send('one', {}, { queueKey }).then(() => ended.push(queueKey)));
    await clock.run(Promise.all(sends));
    assert.deepEqual(ended, ['many', 'many', 'one', 'many']);
  });
});
