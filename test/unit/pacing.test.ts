import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createPacer } from '../../shared/pacing';
import { simulatedClock } from '../support/clock';

describe('pacing', () => {
  it('spaces requests evenly over a minute', async () => {
    const clock = simulatedClock(0);
    const pacer = createPacer(clock, 60);
    const times: number[] = [];
    for (let count = 0; count < 4; count += 1) {
      await pacer.next();
      times.push(clock.now());
    }
    assert.deepEqual(times, [0, 1000, 2000, 3000]);
  });

  it('does not hurry after a pause to make up for it', async () => {
    const clock = simulatedClock(0);
    const pacer = createPacer(clock, 60);
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
    const pacer = createPacer(simulatedClock(0), 1);
    await pacer.next();
    await assert.rejects(pacer.next(AbortSignal.abort(new Error('cancelled'))), { message: 'cancelled' });
  });

  for (const rate of [0, -1, 60_001, 'fast']) {
    it(`refuses ${rate} requests a minute`, () => {
      assert.throws(() => createPacer(simulatedClock(), rate), {
        kind: 'validation',
        path: 'requestsPerMinute',
      });
    });
  }
});
