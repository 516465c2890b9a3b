import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { receive, type Receiving } from '../../../shared/events/receive';
import { handshake } from '../../../shared/events/readEvents';
import { say } from '../../../shared/phrase';

const all = ['send', 'open', 'hard_bounce'];
const usual: Receiving = { choice: { events: all, all }, simplify: true, known: [] };
const batch = [
  { _id: '1', event: 'open', x_unique_id: 'order-1' },
  { _id: '2', event: 'hard_bounce', x_unique_id: 'order-2' },
];
const posted = { SendCleantes_events: JSON.stringify(batch) };

describe('a request to the address of a webhook', () => {
  it('starts a flow with its events, and is answered as the service wants it', async () => {
    const { status, text, events, problem } = await receive(posted, usual);
    assert.deepEqual([status, text, problem], [200, handshake, undefined]);
    assert.deepEqual(events, [
      { event: 'open', xUniqueId: 'order-1', raw: batch[0] },
      { event: 'hard_bounce', xUniqueId: 'order-2', raw: batch[1] },
    ]);
  });

  it('gives the events as they came where that is chosen', async () => {
    assert.deepEqual((await receive(posted, { ...usual, simplify: false })).events, batch);
  });

  it('starts nothing with events that were seen before, or that nobody chose', async () => {
    const { known } = await receive(posted, usual);
    assert.deepEqual((await receive(posted, { ...usual, known })).events, []);
    const choice = { events: ['send'], all };
    assert.deepEqual((await receive(posted, { ...usual, choice })).events, []);
  });

  it('starts nothing without the signature that is asked for, and remembers nothing of it', async () => {
    const { status, text, events, known, problem } = await receive(posted, {
      ...usual,
      isSigned: async () => false,
    });
    assert.deepEqual([status, events, known], [401, [], []]);
    assert.match(text, /signature/);
    assert.match(say(problem ?? ''), /signature/);
    assert.equal((await receive(posted, { ...usual, isSigned: async () => true })).events.length, 2);
  });

  it('is answered without a signature where it has no event, as the service asks for the text so', async () => {
    for (const body of ['', undefined, null, {}, { SendCleantes_events: '[]' }]) {
      const { status, text, events, problem } = await receive(body, {
        ...usual,
        isSigned: async () => false,
      });
      assert.deepEqual([status, text, events, problem], [200, handshake, [], undefined]);
    }
  });

  it('is answered and told of where it is foreign', async () => {
    for (const body of ['hello', { payload: 1 }, '{"broken":']) {
      const { status, text, events, problem } = await receive(body, usual);
      assert.deepEqual([status, text, events], [200, handshake, []]);
      assert.equal(say(problem ?? ''), 'The request has no list of events');
    }
  });
});
