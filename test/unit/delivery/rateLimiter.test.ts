import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { describe, it } from 'node:test';
import { setImmediate as tick } from 'node:timers/promises';
import { readLimits } from '../../../shared/form/readSettings';
import { createRateLimiter } from '../../../shared/delivery/rateLimiter';
import { eventClock, simulatedClock } from '../../support/clock';

describe('pacing', () => {
  it('spaces requests evenly over a minute', async () => {
    const clock = simulatedClock(0);
    const rateLimiter = createRateLimiter(clock, { requestsPerMinute: 60 });
    const times: number[] = [];
    for (let count = 0; count < 4; count += 1) {
      await rateLimiter.next();
      times.push(clock.now());
    }
    assert.deepEqual(times, [0, 1000, 2000, 3000]);
  });

  it('does not hurry after a pause to make up for it', async () => {
    const clock = simulatedClock(0);
    const rateLimiter = createRateLimiter(clock, { requestsPerMinute: 60 });
    await rateLimiter.next();
    await clock.sleep(10_000);
    await rateLimiter.next();
    assert.equal(clock.now(), 10_000);
    await rateLimiter.next();
    assert.equal(clock.now(), 11_000);
  });

  it('holds nothing back unless it is asked to', async () => {
    const clock = simulatedClock(0);
    const rateLimiter = createRateLimiter(clock);
    for (let count = 0; count < 100; count += 1) {
      const over = await rateLimiter.next();
      over();
    }
    assert.equal(clock.now(), 0);
  });

  it('stops waiting when the run is cancelled', async () => {
    const rateLimiter = createRateLimiter(simulatedClock(0), { requestsPerMinute: 1 });
    await rateLimiter.next();
    await assert.rejects(rateLimiter.next({ signal: AbortSignal.abort(new Error('cancelled')) }), {
      message: 'cancelled',
    });
  });

  it('has one listener for all who wait with the same signal, and none once their turn has come', async () => {
    const rateLimiter = createRateLimiter(simulatedClock(0), { atOnce: 1 });
    const { signal } = new AbortController();
    const over = await rateLimiter.next({ signal });
    const waiting = [1, 2, 3].map(() => rateLimiter.next({ signal }));
    await tick();
    assert.equal(getEventListeners(signal, 'abort').length, 1);
    over();
    for (const next of waiting) (await next)();
    assert.equal(getEventListeners(signal, 'abort').length, 0);
  });

  it('stops all who wait with a signal, and no others', async () => {
    const rateLimiter = createRateLimiter(simulatedClock(0), { atOnce: 1 });
    const cancel = new AbortController();
    const over = await rateLimiter.next();
    const stopped = [1, 2].map(() =>
      assert.rejects(rateLimiter.next({ signal: cancel.signal }), { name: 'AbortError' }),
    );
    const other = rateLimiter.next();
    cancel.abort();
    await Promise.all(stopped);
    over();
    (await other)();
  });

  it('stops one who waits still, after another with the same signal had its turn', async () => {
    const rateLimiter = createRateLimiter(simulatedClock(0), { atOnce: 1 });
    const cancel = new AbortController();
    const over = await rateLimiter.next();
    const first = rateLimiter.next({ signal: cancel.signal });
    const second = assert.rejects(rateLimiter.next({ signal: cancel.signal }), { name: 'AbortError' });
    over();
    await first;
    cancel.abort();
    await second;
  });

  it('lets only so many be under way, the others in the order of their coming', async () => {
    const rateLimiter = createRateLimiter(simulatedClock(0), { atOnce: 2 });
    const over = [await rateLimiter.next(), await rateLimiter.next()];
    const started: string[] = [];
    const later = ['a', 'b'].map((name) => rateLimiter.next().then(() => started.push(name)));
    await tick();
    assert.deepEqual(started, []);
    over[0]?.();
    await later[0];
    assert.deepEqual(started, ['a']);
    over[1]?.();
    await later[1];
    assert.deepEqual(started, ['a', 'b']);
  });

  it('gives the place of one that was cancelled to the next', async () => {
    const rateLimiter = createRateLimiter(simulatedClock(0), { atOnce: 1, requestsPerMinute: 60 });
    const over = await rateLimiter.next();
    const cancelling = new AbortController();
    const waiting = rateLimiter.next({ signal: cancelling.signal });
    cancelling.abort(new Error('cancelled'));
    await assert.rejects(waiting, { message: 'cancelled' });
    over();
    await (
      await rateLimiter.next()
    )();
    await rateLimiter.next();
  });

  it('counts each SMTP user by itself', async () => {
    const clock = simulatedClock(0);
    const rateLimiter = createRateLimiter(clock, { requestsPerMinute: 60 });
    for (const smtpUser of ['a', 'b']) (await rateLimiter.next({ smtpUser }))();
    assert.equal(clock.now(), 0);
    await rateLimiter.next({ smtpUser: 'a' });
    assert.equal(clock.now(), 1000);
  });

  it('holds back everyone of an SMTP user who is over the quota', async () => {
    const clock = simulatedClock(0);
    const rateLimiter = createRateLimiter(clock);
    rateLimiter.pause('a', 7000);
    (await rateLimiter.next({ smtpUser: 'b' }))();
    assert.equal(clock.now(), 0);
    (await rateLimiter.next({ smtpUser: 'a' }))();
    assert.equal(clock.now(), 7000);
  });

  it('holds back those too who wait for their time already', async () => {
    const clock = eventClock();
    const rateLimiter = createRateLimiter(clock, { requestsPerMinute: 60 });
    await clock.run(rateLimiter.next());
    const second = rateLimiter.next();
    await tick();
    rateLimiter.pause('', 5000);
    await clock.run(second);
    assert.equal(clock.now(), 5000);
  });

  it('lets the next go when a large request that waits is cancelled', async () => {
    const rateLimiter = createRateLimiter(simulatedClock(0), { megabytes: 1 });
    await rateLimiter.next({ bytes: 600_000 });
    const cancelling = new AbortController();
    const large = rateLimiter.next({ bytes: 600_000, signal: cancelling.signal });
    const small = rateLimiter.next({ bytes: 1 });
    await tick();
    cancelling.abort(new Error('cancelled'));
    await assert.rejects(large, { message: 'cancelled' });
    await small;
  });

  it('gives back the room of one that was cancelled while it waited for its time', async () => {
    const clock = { ...simulatedClock(0), sleep: () => Promise.reject(new Error('cancelled')) };
    const rateLimiter = createRateLimiter(clock, { requestsPerMinute: 1, atOnce: 1 });
    (await rateLimiter.next({ smtpUser: 'a' }))();
    await assert.rejects(rateLimiter.next({ smtpUser: 'a' }), { message: 'cancelled' });
    await rateLimiter.next({ smtpUser: 'b' });
  });

  it('lets queues take turns', async () => {
    const rateLimiter = createRateLimiter(simulatedClock(0), { atOnce: 1 });
    const first = await rateLimiter.next();
    const started: string[] = [];
    const waiting = ['many', 'many', 'many', 'one'].map(async (queueKey) => {
      const over = await rateLimiter.next({ queueKey });
      started.push(queueKey);
      over();
    });
    first();
    await Promise.all(waiting);
    assert.deepEqual(started, ['many', 'one', 'many', 'many']);
  });

  it('bounds the bytes under way, and lets a larger request go alone', async () => {
    const rateLimiter = createRateLimiter(simulatedClock(0), { megabytes: 1 });
    const over = await rateLimiter.next({ bytes: 600_000 });
    const started: number[] = [];
    const waiting = [600_000, 2_000_000, 1].map(async (bytes) => {
      const end = await rateLimiter.next({ bytes });
      started.push(bytes);
      await tick();
      end();
    });
    await tick();
    assert.deepEqual(started, []);
    over();
    await Promise.all(waiting);
    assert.deepEqual(started, [600_000, 2_000_000, 1]);
  });

  for (const settings of [{ atOnce: 0 }, { atOnce: -1 }, { atOnce: 101 }, { megabytes: 0 }]) {
    it(`refuses ${JSON.stringify(settings)}, and says what may be set`, () => {
      assert.throws(() => readLimits(settings), {
        kind: 'validation',
        message: /must be a number from 1 to \d+, got -?\d+$/,
      });
    });
  }

  for (const rate of [0, -1, 60_001, 'fast']) {
    it(`refuses ${rate} requests a minute`, () => {
      assert.throws(() => readLimits({ requestsPerMinute: rate }), {
        kind: 'validation',
        path: 'requestsPerMinute',
      });
    });
  }
});
