import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { maxKnown, newEvents } from '../../../shared/events/newEvents';

const open = { _id: 'a1', event: 'open' };
const click = { _id: 'a1', event: 'click' };

describe('events that come twice', () => {
  it('are new once, within a batch and over several', () => {
    const first = newEvents([open, open, click], []);
    assert.deepEqual(first.events, [open, click]);
    const second = newEvents([click, { _id: 'a2', event: 'click' }], first.known);
    assert.deepEqual(second.events, [{ _id: 'a2', event: 'click' }]);
  });

  it('are all new where they have no ID to be known by', () => {
    const all = [
      { event: 'open' },
      { event: 'open' },
      { _id: '', event: 'open' },
      { _id: '', event: 'open' },
    ];
    const { events, known } = newEvents(all, []);
    assert.deepEqual(events, all);
    assert.deepEqual(known, []);
  });

  it('are known for the last events only, so that what is kept has a size', () => {
    const many = Array.from({ length: maxKnown }, (_, index) => ({ _id: index, event: 'open' }));
    const { known } = newEvents([...many, click], newEvents([open], []).known);
    assert.equal(known.length, maxKnown);
    assert.deepEqual(newEvents([open, click], known).events, [open]);
    assert.deepEqual(newEvents([{ _id: 'x'.repeat(1000), event: 'open' }], []).known, []);
  });

  it('leave what was known before as it was', () => {
    const known: string[] = [];
    newEvents([open], known);
    assert.deepEqual(known, []);
  });
});
