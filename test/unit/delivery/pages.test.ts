import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createRateLimiter } from '../../../shared/delivery/rateLimiter';
import { requireNumber } from '../../../shared/form/readSettings';
import { eventClock } from '../../support/clock';
import { simulatedService } from '../../support/transport';

const emails = Array.from({ length: 250 }, (_, index) => `jane${index}@example.com`);

/** A service that has the records of these recipients. */
function service(
  all: string[],
  pageOf = (index: number) => index,
  options: Parameters<typeof simulatedService>[1] = {},
) {
  return simulatedService(({ body }) => {
    const page = pageOf((body as { skip_page?: number }).skip_page ?? 0);
    const records = all.slice(page * 100, page * 100 + 100).map((email) => ({ email, status: 'delivered' }));
    return { body: JSON.stringify({ status: 'success', message_data: records }) };
  }, options);
}

/** Reads a list of so many full pages from a service that takes 50 ms for each, some of them at once. */
async function read(count: number, atOnce: number) {
  const clock = eventClock();
  const all = Array.from({ length: count * 100 }, (_, index) => `jane${index}@example.com`);
  const { client, requests } = service(all, undefined, {
    clock,
    rateLimiter: createRateLimiter(clock, { atOnce }),
    limits: { atOnce },
    latency: 50,
  });
  const records = await clock.run(client.getMessageInfo({ x_unique_id: 'order' }));
  assert.deepEqual(
    records.map(({ email }) => email),
    all,
  );
  return { requests: requests.length, took: clock.now() };
}

describe('pages', () => {
  it('gives each of 250 records exactly once, in order', async () => {
    const { client, requests } = service(emails);
    const records = await client.getMessageInfo({ x_unique_id: 'order' });
    assert.deepEqual(
      records.map(({ email }) => email),
      emails,
    );
    assert.deepEqual(
      requests.map(({ body }) => (body as { skip_page?: number }).skip_page),
      [undefined, 1, 2],
    );
  });

  it('ends after an empty page where the last full one was the last', async () => {
    const { client, requests } = service(emails.slice(0, 200));
    assert.equal((await client.getMessageInfo({ x_unique_id: 'order' })).length, 200);
    assert.equal(requests.length, 3);
  });

  it('reads no more pages than a limit needs', async () => {
    const { client, requests } = service(emails);
    const records = await client.getMessageInfo({ x_unique_id: 'order' }, { limit: 150 });
    assert.deepEqual(
      records.map(({ email }) => email),
      emails.slice(0, 150),
    );
    assert.equal(requests.length, 2);
  });

  it('asks for no page beyond a limit that ends with one', async () => {
    const { client, requests } = service(emails);
    const records = await client.getMessageInfo({ x_unique_id: 'order' }, { limit: 200 });
    assert.deepEqual([records.length, requests.length], [200, 2]);
  });

  it('gives up the requests for pages that are not wanted any more', async () => {
    const { client, requests } = service(emails.slice(0, 150));
    await client.getMessageInfo({ x_unique_id: 'order' });
    assert.deepEqual(
      requests.map(({ signal }) => signal?.aborted),
      [true, true, true],
    );
  });

  it('gives up the requests under way when the run is cancelled, and tells of each when it leaves', async () => {
    const stopping = new AbortController();
    let told = 0;
    const { client, requests } = service(emails);
    const options = { signal: stopping.signal, onRequest: () => (told += 1) };
    const reading = client.getMessageInfo({ x_unique_id: 'order' }, options);
    stopping.abort();
    await reading;
    assert.deepEqual([told, requests.map(({ signal }) => signal?.aborted)], [3, [true, true, true]]);
  });

  it('reads a hundred pages in the time of few, ten at once by default', async () => {
    const one = await read(100, 1);
    const ten = await read(100, 10);
    assert.ok(ten.took <= 0.2 * one.took, `${ten.took} ms for ${one.took} ms`);
    assert.ok(ten.requests <= one.requests + 10, `${ten.requests} requests`);
  });

  it('makes no request in vain for a list of one page, and one at most for a list of two', async () => {
    assert.equal((await read(0, 10)).requests, 1);
    const { client, requests } = service(emails.slice(0, 150));
    await client.getMessageInfo({ x_unique_id: 'order' });
    assert.equal(requests.length, 3);
  });

  it('pays no heed to a page beyond the last that cannot be read', async () => {
    const full = emails.slice(0, 100).map((email) => ({ email }));
    const { client } = simulatedService(({ body }) => {
      const { skip_page = 0 } = body as { skip_page?: number };
      if (skip_page === 2) return { status: 302 };
      return { body: JSON.stringify({ status: 'success', message_data: skip_page ? [] : full }) };
    });
    assert.equal((await client.getMessageInfo({ x_unique_id: 'order' })).length, 100);
  });

  it('takes no limit that is none', () => {
    for (const limit of [0, -1, 1.5, 'abc', '', ' ', null, undefined, true, [5], Object.create(null), 10n]) {
      const message = 'Limit must be a whole number from 1';
      assert.throws(() => requireNumber('limit', { limit }), { kind: 'validation', path: 'limit', message });
    }
    assert.deepEqual(
      ['20', 20, 1].map((limit) => requireNumber('limit', { limit })),
      [20, 20, 1],
    );
  });

  it('gives an empty list where nothing is found', async () => {
    assert.deepEqual(await service([]).client.getMessageInfo({ x_unique_id: 'order' }), []);
  });

  it('notices a service that answers its first page for ever', async () => {
    const { client, requests } = service(emails, () => 0);
    await assert.rejects(client.getMessageInfo({ x_unique_id: 'order' }), {
      kind: 'unexpectedResponse',
      fate: 'notSent',
      status: 200,
      message: /page 2 with the records of an earlier page, .* it seems to ignore skip_page/,
    });
    // Pages 2 and 3 are asked for together.
    assert.equal(requests.length, 3);
  });

  it('notices a service that answers its first page after another one', async () => {
    const { client } = service(emails, (index) => index % 2);
    await assert.rejects(client.getMessageInfo({ x_unique_id: 'order' }), {
      message: /^SendClean answered page 3 with the records of an earlier page/,
    });
  });

  it('notices a service that answers its last page for ever', async () => {
    const { client, requests } = service(emails.slice(0, 200), (index) => Math.min(index, 1));
    await assert.rejects(client.getMessageInfo({ x_unique_id: 'order' }), { kind: 'unexpectedResponse' });
    assert.equal(requests.length, 3);
  });
});
