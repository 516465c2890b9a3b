import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { toLimit } from '../../shared/pages';
import { simulatedService } from '../support/transport';

const emails = Array.from({ length: 250 }, (_, index) => `jane${index}@example.com`);

/** A service that has the records of these recipients. */
function service(all: string[], pageOf = (index: number) => index) {
  return simulatedService(({ body }) => {
    const page = pageOf((body as { skip_page?: number }).skip_page ?? 0);
    const records = all.slice(page * 100, page * 100 + 100).map((email) => ({ email, status: 'delivered' }));
    return { body: JSON.stringify({ status: 'success', message_data: records }) };
  });
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

  it('takes no limit that is none', () => {
    for (const limit of [0, -1, 1.5, 'abc', '', ' ', null, undefined, true, [5], Object.create(null), 10n]) {
      assert.throws(() => toLimit(limit), { kind: 'validation', path: 'limit' });
    }
    assert.equal(toLimit('20'), 20);
  });

  it('gives an empty list where nothing is found', async () => {
    assert.deepEqual(await service([]).client.getMessageInfo({ x_unique_id: 'order' }), []);
  });

  it('notices a service that answers its first page for ever', async () => {
    const { client, requests } = service(emails, () => 0);
    await assert.rejects(client.getMessageInfo({ x_unique_id: 'order' }), {
      kind: 'unexpectedReply',
      message: /page 2 with the records of an earlier page, .* it seems to ignore skip_page/,
    });
    assert.equal(requests.length, 2);
  });

  it('notices a service that answers its last page for ever', async () => {
    const { client, requests } = service(emails.slice(0, 200), (index) => Math.min(index, 1));
    await assert.rejects(client.getMessageInfo({ x_unique_id: 'order' }), { kind: 'unexpectedReply' });
    assert.equal(requests.length, 3);
  });
});
