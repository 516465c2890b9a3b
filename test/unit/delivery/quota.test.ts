import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { operations } from '../../../shared/generated/operations';
import { createRateLimiter } from '../../../shared/delivery/rateLimiter';
import { buildRequest } from '../../../shared/form/buildRequest';
import { eventClock } from '../../support/clock';
import { queued, simulatedService } from '../../support/transport';

const quota = 60;
const minute = 60_000;

/** Sends emails at once to a service that takes as many a minute as its quota, and refuses others with 429. */
async function sendAll(count: number, requestsPerMinute: number | undefined) {
  const clock = eventClock();
  const taken: { at: number; subject: string }[] = [];
  const service = simulatedService(
    ({ body }) => {
      const { subject } = (body as { message: { subject: string } }).message;
      if (inLastMinute(taken, clock.now()) >= quota) return { status: 429, headers: { 'retry-after': '5' } };
      taken.push({ at: clock.now(), subject });
      return queued;
    },
    { clock, rateLimiter: createRateLimiter(clock, { requestsPerMinute }), limits: { attempts: 10 } },
  );
  const sends = Array.from({ length: count }, (_, index) => {
    const form = { fromEmail: 'a@b.co', to: 'c@d.co', subject: `Order ${index}`, text: 'Hi' };
    const request = buildRequest(operations.sendMail, form, { smtpUser: 'smtp1' });
    return service.client.run(service.client.prepare('sendMail', request)).then(
      () => 'sent',
      (error: { fate: string }) => error.fate,
    );
  });
  const fates = await clock.run(Promise.all(sends));
  return { taken, fates, requests: service.requests.length, took: clock.now() };
}

function inLastMinute(taken: readonly { at: number }[], now: number): number {
  return taken.filter(({ at }) => at > now - minute).length;
}

describe('three hundred emails against a quota of sixty a minute', () => {
  it('all go out once, none over the quota, in about the time that they need', async () => {
    const { taken, fates, requests, took } = await sendAll(300, quota);
    assert.ok(fates.every((fate) => fate === 'sent'));
    assert.equal(new Set(taken.map(({ subject }) => subject)).size, 300);
    assert.deepEqual([taken.length, requests], [300, 300], 'no request was refused');
    const ideal = (299 * minute) / quota;
    assert.ok(took <= ideal * 1.1, `${took} ms for ${ideal} ms`);
  });

  it('are none of them lost or double without spacing, and what does not go out is told so', async () => {
    const { taken, fates } = await sendAll(300, undefined);
    const subjects = taken.map(({ subject }) => subject);
    assert.equal(new Set(subjects).size, subjects.length);
    fates.forEach((fate, index) =>
      assert.equal(fate, subjects.includes(`Order ${index}`) ? 'sent' : 'notSent'),
    );
  });
});
