import assert from 'node:assert/strict';
import { createHmac, webcrypto } from 'node:crypto';
import { describe, it } from 'node:test';
import { isSigned, isSignedNow, signedText, type HeldKey } from '../../../shared/events/signature';

const url = 'https://example.com/webhook/1';
const parameters = { b: '2', SendCleantes_events: '[{"event":"open"}]' };
const key = 'the key';
const text = `${url}SendCleantes_events[{"event":"open"}]b2`;
const right = (encoding: 'base64' | 'hex') => createHmac('sha1', key).update(text).digest(encoding);
const check = (signature: unknown, changed = {}) =>
  isSigned(webcrypto.subtle, { url, parameters, key, signature, ...changed });

describe('the signature of a batch', () => {
  it('is made of the address and all parameters, sorted by name', () => {
    assert.equal(signedText({ url, parameters }), text);
  });

  it('fits in base64 and in hexadecimal digits of either case', async () => {
    assert.equal(await check(right('base64')), true);
    assert.equal(await check(right('hex')), true);
    assert.equal(await check(right('hex').toUpperCase()), true);
  });

  it('does not fit another address, other parameters or another key', async () => {
    assert.equal(await check(right('hex'), { url: `${url}/` }), false);
    assert.equal(await check(right('hex'), { parameters: {} }), false);
    assert.equal(await check(right('hex'), { key: 'another' }), false);
  });

  for (const signature of [undefined, '', 'no', right('hex').slice(1), ['a'], 'ä'.repeat(40)]) {
    it(`does not fit if it is ${JSON.stringify(signature)}`, async () => {
      assert.equal(await check(signature), false);
    });
  }

  it('fits nothing without a key', async () => {
    assert.equal(await check(createHmac('sha1', '').update(text).digest('hex'), { key: '' }), false);
  });
});

describe('the key of a webhook', () => {
  /** Checks a signature at a minute, with what the service says of the key, and how often it was asked. */
  function keyring(read: () => string | undefined) {
    const held: HeldKey = {};
    let asked = 0;
    const readKey = async () => {
      asked += 1;
      return read();
    };
    const at = (minute: number, signature: unknown = right('hex')) =>
      isSignedNow(webcrypto.subtle, { url, parameters, signature }, held, { now: minute * 60_000, readKey });
    return { at, asked: () => asked };
  }

  it('is read when the first signature comes, and counts from then on', async () => {
    const { at, asked } = keyring(() => key);
    assert.deepEqual([await at(0), await at(0), await at(5)], [true, true, true]);
    assert.equal(asked(), 1);
  });

  it('is read again once it was reset, but not for each signature that somebody makes up', async () => {
    let current = 'before';
    const { at, asked } = keyring(() => current);
    assert.deepEqual([await at(0), await at(0.5), await at(0.9)], [false, false, false]);
    assert.equal(asked(), 1);
    current = key;
    assert.deepEqual([await at(1), await at(1)], [true, true]);
    assert.equal(asked(), 2);
  });

  it('is not read for a request without a signature', async () => {
    const readKey = async () => assert.fail('the service is asked');
    const unsigned = { url, parameters, signature: undefined };
    assert.equal(await isSignedNow(webcrypto.subtle, unsigned, {}, { now: 0, readKey }), false);
  });

  it('fits nothing where the service knows none, and is asked for again after a failure', async () => {
    assert.equal(await keyring(() => undefined).at(0), false);
    let isDown = true;
    const { at } = keyring(() => {
      if (isDown) throw new Error('down');
      return key;
    });
    await assert.rejects(at(0), /down/);
    isDown = false;
    assert.equal(await at(0), true);
  });
});
