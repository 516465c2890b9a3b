import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setImmediate as tick } from 'node:timers/promises';
import { createPacer } from '../../shared/pacing';
import { simulatedClock } from '../support/clock';

describe('pacing', () => {
  it('spaces requests evenly over a minute', async () => {
    const clock = simulatedClock(0);
    const pacer = createPacer(clock, { requestsPerMinute: 60 });
    const times: number[] = [];
    for (let count = 0; count < 4; count += 1) {
      await pacer.next();
      times.push(clock.now());
    }
    assert.deepEqual(times, [0, 1000, 2000, 3000]);
  });

  it('does not hurry after a pause to make up for it', async () => {
    const clock = simulatedClock(0);
    const pacer = createPacer(clock, { requestsPerMinute: 60 });
    await pacer.next();
    await clock.sleep(10_000);
    await pacer.next();
    assert.equal(clock.now(), 10_000);
    await pacer.next();
    assert.equal(clock.now(), 11_000);
  });

  it('holds nothing back unless it is asked to', async () => {
    const clock = simulatedClock(0);
    const pacer = createPacer(clock);
    for (let count = 0; count < 100; count += 1) await pacer.next();
    assert.equal(clock.now(), 0);
  });

  it('stops waiting when the run is cancelled', async () => {
    const pacer = createPacer(simulatedClock(0), { requestsPerMinute: 1 });
    await pacer.next();
    await assert.rejects(pacer.next(AbortSignal.abort(new Error('cancelled'))), { message: 'cancelled' });
  });

  it('lets only so many be under way, the others in the order of their coming', async () => {
    const pacer = createPacer(simulatedClock(0), { atOnce: 2 });
    const over = [await pacer.next(), await pacer.next()];
    const started: string[] = [];
    const later = ['a', 'b'].map((name) => pacer.next().then(() => started.push(name)));
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
    const pacer = createPacer(simulatedClock(0), { atOnce: 1, requestsPerMinute: 60 });
    const over = await pacer.next();
    const cancelling = new AbortController();
    const waiting = pacer.next(cancelling.signal);
    cancelling.abort(new Error('cancelled'));
    await assert.rejects(waiting, { message: 'cancelled' });
    over();
    await (
      await pacer.next()
    )();
    await pacer.next();
  });

  for (const rate of [0, -1, 60_001, 'fast']) {
    it(`refuses ${rate} requests a minute`, () => {
      assert.throws(() => createPacer(simulatedClock(), { requestsPerMinute: rate }), {
        kind: 'validation',
        path: 'requestsPerMinute',
      });
    });
  }
});
