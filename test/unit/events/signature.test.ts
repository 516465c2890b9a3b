import assert from 'node:assert/strict';
import { createHmac, webcrypto } from 'node:crypto';
import { describe, it } from 'node:test';
import { isSigned, signedText } from '../../../shared/events/signature';

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
