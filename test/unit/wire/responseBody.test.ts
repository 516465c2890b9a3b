import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readBody } from '../../../shared/wire/responseBody';

const megabyte = 1_000_000;

/** A body of so many pieces of a megabyte; tells how many were asked for. */
function endless(most = Number.POSITIVE_INFINITY) {
  const asked = { count: 0, isClosed: false };
  const pieces = (async function* () {
    try {
      for (; asked.count < most; asked.count += 1) yield new Uint8Array(megabyte).fill(97);
    } finally {
      asked.isClosed = true;
    }
  })();
  return { asked, pieces };
}

describe('the body of a response', () => {
  it('is put together from its pieces, also where one ends within a letter', async () => {
    const bytes = Buffer.from('Grüße 🎉 – ok');
    const pieces = (async function* () {
      for (const byte of bytes) yield Uint8Array.of(byte);
    })();
    assert.equal(await readBody(pieces), 'Grüße 🎉 – ok');
  });

  it('that breaks off within a letter shows it', async () => {
    const pieces = (async function* () {
      yield Buffer.from('ü').subarray(0, 1);
    })();
    assert.equal(await readBody(pieces), '\ufffd');
  });

  it('may have 20 MB', async () => {
    assert.equal((await readBody(endless(20).pieces)).length, 20 * megabyte);
  });

  it('is read no further than that, and closed', async () => {
    const { asked, pieces } = endless();
    await assert.rejects(readBody(pieces), {
      kind: 'unexpectedResponse',
      fate: 'unknown',
      message: /too large/,
    });
    assert.deepEqual(asked, { count: 20, isClosed: true });
  });

  it('that cannot be read to its end ends in the error of its host', async () => {
    const broken = new Error('aborted');
    const pieces = (async function* () {
      yield Buffer.from('{');
      throw broken;
    })();
    await assert.rejects(readBody(pieces), broken);
  });
});
