import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { baseUrl } from '../../shared/account';

describe('the address of an account', () => {
  it('is https below the app domain', () => {
    assert.equal(baseUrl({ domain: 'us1-mta1.sendclean.net' }), 'https://api.us1-mta1.sendclean.net/v1.0/');
    assert.equal(baseUrl({ domain: ' SendClean.net ', endpoint: '' }), 'https://api.sendclean.net/v1.0/');
  });

  const notBare = [
    'https://sendclean.net',
    'sendclean.net/x',
    'user@sendclean.net',
    'send clean.net',
    'sendclean.net:8443',
    'sendclean.net#',
    'sendclean.net?x',
    'sendclean',
    '',
    '127.0.0.1',
    '.net',
    'a..net',
    'sendclean.net\n.evil',
  ];
  for (const domain of notBare) {
    it(`refuses ${JSON.stringify(domain)} for a domain`, () => {
      assert.throws(() => baseUrl({ domain }), { kind: 'validation', fate: 'notSent', path: 'domain' });
    });
  }

  it('may be an endpoint, by plain http only on loopback and private addresses', () => {
    for (const endpoint of [
      'http://127.0.0.1:8025',
      'http://localhost:8025/',
      'http://10.1.2.3',
      'http://[::1]:80',
      'https://mail.example.com',
    ]) {
      assert.equal(baseUrl({ domain: 'ignored', endpoint }), `${new URL(endpoint).origin}/v1.0/`);
    }
  });

  const unsafe = [
    'http://example.com',
    'http://127.0.0.1.example.com',
    'http://8.8.8.8',
    'ftp://127.0.0.1',
    'https://user:x@example.com',
    'https://example.com/other',
    'https://example.com/?a',
    '127.0.0.1:8025',
    'http://172.32.0.1',
  ];
  for (const endpoint of unsafe) {
    it(`refuses ${endpoint} for an endpoint`, () => {
      assert.throws(() => baseUrl({ endpoint }), { kind: 'validation', path: 'endpoint' });
    });
  }
});
