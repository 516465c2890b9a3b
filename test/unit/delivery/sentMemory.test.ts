import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SendCleanError } from '../../../shared/errors';
import { createSentMemory, sentMemoryBounds } from '../../../shared/delivery/sentMemory';
import { simulatedClock } from '../../support/clock';

const jane = 'jane@example.com';
const unsure = new SendCleanError('timeout', 'unknown', 'Too late');
const bounds = { entries: 3, time: 1000 };

describe('the memory of what was sent', () => {
  it('knows what was sent, by account, X-Unique-Id and recipient', () => {
    const memory = createSentMemory(simulatedClock());
    memory.of('a').begin('order-1', jane)('sent');
    assert.equal(memory.of('a').known('order-1', jane), 'sent');
    assert.equal(memory.of('b').known('order-1', jane), undefined);
    assert.equal(memory.of('a').known('order-2', jane), undefined);
    assert.equal(memory.of('a').known('order-1', 'john@example.com'), undefined);
  });

  it('keeps a long name from being taken for two', () => {
    const sends = createSentMemory(simulatedClock()).of('a');
    sends.begin('order","1', jane)('sent');
    assert.equal(sends.known('order', `1","${jane}`), undefined);
  });

  it('knows nothing of what was not sent', () => {
    const sends = createSentMemory(simulatedClock()).of('a');
    sends.begin('order-1', jane, 'run')('notSent');
    assert.equal(sends.known('order-1', jane, 'run'), undefined);
  });

  it('knows within a run of what may have been sent, and not outside of it', () => {
    const sends = createSentMemory(simulatedClock()).of('a');
    sends.begin('order-1', jane, 'run')(unsure);
    assert.equal(sends.known('order-1', jane, 'run'), unsure);
    assert.equal(sends.known('order-1', jane, 'other'), undefined);
    assert.equal(sends.known('order-1', jane), undefined);
    sends.begin('order-2', jane)(unsure);
    assert.equal(sends.known('order-2', jane), undefined);
  });

  it('does not forget that an email was sent when it was sent again with another end', () => {
    const sends = createSentMemory(simulatedClock()).of('a');
    sends.begin('order-1', jane, 'run')(unsure);
    sends.begin('order-1', jane, 'run')('sent');
    sends.begin('order-1', jane, 'run')(unsure);
    sends.begin('order-1', jane, 'run')('notSent');
    assert.equal(sends.known('order-1', jane, 'run'), 'sent');
  });

  it('forgets after its time', async () => {
    const clock = simulatedClock();
    const sends = createSentMemory(clock, bounds).of('a');
    sends.begin('order-1', jane)('sent');
    await clock.sleep(bounds.time);
    assert.equal(sends.known('order-1', jane), 'sent');
    await clock.sleep(1);
    assert.equal(sends.known('order-1', jane), undefined);
    assert.equal(sends.known('order-1', jane), undefined);
  });

  it('forgets the least recently used first when there are too many', () => {
    const sends = createSentMemory(simulatedClock(), bounds).of('a');
    for (const id of ['1', '2', '3']) sends.begin(id, jane)('sent');
    sends.known('1', jane);
    sends.begin('4', jane)('sent');
    assert.deepEqual(
      ['1', '2', '3', '4'].map((id) => sends.known(id, jane)),
      ['sent', undefined, 'sent', 'sent'],
    );
  });

  it('makes room of what is too old', async () => {
    const clock = simulatedClock();
    const sends = createSentMemory(clock, bounds).of('a');
    sends.begin('1', jane)('sent');
    await clock.sleep(bounds.time + 1);
    for (const id of ['2', '3', '4']) sends.begin(id, jane)('sent');
    assert.deepEqual(
      ['2', '3', '4'].map((id) => sends.known(id, jane)),
      ['sent', 'sent', 'sent'],
    );
  });

  it('never forgets what is in flight', async () => {
    const clock = simulatedClock();
    const sends = createSentMemory(clock, bounds).of('a');
    const end = sends.begin('flying', jane);
    for (const id of ['1', '2', '3', '4']) sends.begin(id, jane)('sent');
    await clock.sleep(2 * bounds.time);
    const waiting = sends.inFlight('flying', jane, []);
    end('sent');
    assert.equal(await waiting, 'sent');
  });

  it('lets a waiter go with the first that is sent, or with the last that is not', async () => {
    const sends = createSentMemory(simulatedClock()).of('a');
    const one = sends.begin('order-1', jane);
    const other = sends.begin('order-1', jane);
    const first = sends.inFlight('order-1', jane, []);
    one(unsure);
    const second = sends.inFlight('order-1', jane, []);
    other('notSent');
    assert.deepEqual(await Promise.all([first, second]), [unsure, unsure]);
    assert.equal(sends.inFlight('order-1', jane, []), undefined);

    const third = sends.begin('order-2', jane);
    const never = sends.begin('order-2', jane);
    const waiting = sends.inFlight('order-2', jane, []);
    third('sent');
    assert.equal(await waiting, 'sent');
    never('notSent');
    assert.equal(sends.inFlight('order-2', jane, []), undefined);
  });

  it('lets a waiter go when any of its signals is aborted, and listens to none of them after', async () => {
    const sends = createSentMemory(simulatedClock()).of('a');
    const end = sends.begin('order-1', jane);
    const signals = [new AbortController(), new AbortController()];
    const waiting = [0, 1, 2].map(() =>
      sends.inFlight(
        'order-1',
        jane,
        signals.map(({ signal }) => signal),
      ),
    );
    const other = sends.inFlight('order-1', jane, [undefined]);
    signals[1]?.abort();
    for (const one of waiting)
      await assert.rejects(async () => await one, { message: 'The wait was aborted' });
    end('notSent');
    signals[0]?.abort();
    assert.equal(await other, 'notSent');
  });

  it('is bounded unless told otherwise', () => {
    assert.deepEqual(sentMemoryBounds, { entries: 10_000, time: 60 * 60 * 1000 });
  });
});
