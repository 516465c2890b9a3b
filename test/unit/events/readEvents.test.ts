import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parametersOf, readBody } from '../../../shared/events/parameters';
import { maxEvents, readEvents } from '../../../shared/events/readEvents';
import { say } from '../../../shared/phrase';

const events = [
  { _id: 'a1', event: 'open', ts: 1458034022, smtp_name: 'smtp12345' },
  { _id: 'a2', event: 'click', msg: { email: 'jane@example.com' }, news: [1, { deep: true }] },
];
const list = JSON.stringify(events);

/** What a body holds, the problem in English. */
function read(body: unknown) {
  const { problem, ...batch } = readEvents(body);
  return { ...batch, ...(problem && { problem: say(problem) }) };
}

const form = (name: string, ...values: string[]) =>
  new URLSearchParams(values.map((value): [string, string] => [name, value])).toString();

describe('the events that SendClean posts', () => {
  const bodies: Record<string, unknown> = {
    'a form as text': form('SendCleantes_events', list),
    'a form of another brand, in other case': form('SARVTES_EVENTS', list),
    'a form beside other parameters': `a=1&${form('sarvtes_events', list)}&b=%ZZ`,
    'a form that a host has read': { SendCleantes_events: list },
    'a form with the parameter twice': form(
      'SendCleantes_events',
      ...events.map((one) => JSON.stringify([one])),
    ),
    'a form with the parameter twice that a host has read': {
      SendCleantes_events: events.map((one) => JSON.stringify([one])),
    },
    'JSON as text': JSON.stringify({ SendCleantes_events: events }),
    'JSON with the list as text': JSON.stringify({ SendCleantes_events: list }),
    'JSON that a host has read': { sarvtes_events: events },
    'a list as text': list,
    'a list that a host has read': events,
  };
  for (const [title, body] of Object.entries(bodies)) {
    it(`are read from ${title}, in order and as they came`, () => {
      assert.deepEqual(read(structuredClone(body)), { events });
    });
  }

  const foreign: Record<string, unknown> = {
    nothing: undefined,
    'an empty body': '',
    'a form without events': 'a=1',
    'a page': '<html></html>',
    'broken JSON': '[{"event":"open"}',
    'a number': 7,
    'an object without events': { event: 'open' },
  };
  for (const [title, body] of Object.entries(foreign)) {
    it(`are missing from ${title}`, () => {
      assert.deepEqual(read(body), { events: [], problem: 'The request has no list of events' });
    });
  }

  it('are told apart from entries that are none', () => {
    const { events: found, problem } = read([null, 'open', [], {}, { event: '' }, { event: 7 }, ...events]);
    assert.deepEqual(found, events);
    assert.equal(problem, '6 of 8 entries of the request are not events');
  });

  it('are missing from a parameter that holds no list', () => {
    assert.deepEqual(read({ SendCleantes_events: 'open' }), {
      events: [],
      problem: '1 of 1 entries of the request are not events',
    });
  });

  it('are refused where they are too many', () => {
    const many = Array.from({ length: maxEvents + 1 }, () => ({ event: 'open' }));
    assert.deepEqual(read(many), {
      events: [],
      problem: `The request has more than ${maxEvents} events`,
    });
  });

  it('are refused where they are nested too deeply to be copied', () => {
    const deep = `[{"event":"open","msg":${'['.repeat(100_000)}${']'.repeat(100_000)}},{"event":"click"}]`;
    assert.deepEqual(read(deep), {
      events: [{ event: 'click' }],
      problem: '1 of 2 entries of the request are not events',
    });
  });

  it('bring no __proto__ with them', () => {
    const {
      events: [event],
    } = readEvents('[{"event":"open","msg":{"__proto__":{"a":1}},"__proto__":{"b":1}}]');
    assert.deepEqual(event, { event: 'open', msg: {} });
    assert.deepEqual(Object.keys(Object(event?.msg)), []);
  });
});

describe('the body of a request', () => {
  const bytes = (text: string) => new TextEncoder().encode(text);

  it('is text, whatever its type says, but for a multipart form', async () => {
    for (const type of ['application/x-www-form-urlencoded', 'application/json', '', undefined])
      assert.equal(await readBody(bytes('a=1'), type), 'a=1');
    const form = '--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--b--\r\n';
    assert.deepEqual(await readBody(bytes(form), 'multipart/form-data; boundary=b'), { a: '1' });
  });

  it('is text where it is no multipart form after all', async () => {
    assert.equal(await readBody(bytes('--b\r\nbroken'), 'multipart/form-data; boundary=b'), '--b\r\nbroken');
    assert.equal(await readBody(bytes('a=1'), 'multipart/form-data'), 'a=1');
  });

  it('has parameters by their names, those that come several times as a list', () => {
    assert.deepEqual(parametersOf('a=1&b=2&a=3'), { a: ['1', '3'], b: '2' });
    assert.deepEqual(parametersOf('{"a":"1"}'), { a: '1' });
    assert.deepEqual(parametersOf({ a: '1' }), { a: '1' });
    assert.deepEqual([parametersOf('[1]'), parametersOf([1])], [{}, {}]);
  });
});
