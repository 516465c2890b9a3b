import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readAccountSettings, requireSecrets } from '../../../shared/wire/account';
import { baseUrl } from '../../../shared/wire/baseUrl';

describe('the address of an account', () => {
  it('is https below the app domain', () => {
    assert.equal(baseUrl({ domain: 'us1-mta1.sendclean.net' }), 'https://api.us1-mta1.sendclean.net/v1.0/');
    assert.equal(baseUrl({ domain: ' SendClean.net ', endpoint: '' }), 'https://api.sendclean.net/v1.0/');
    assert.equal(baseUrl({ domain: 'sendclean.net', endpoint: ' ' }), 'https://api.sendclean.net/v1.0/');
  });

  it('is the same for a domain that was copied with what is around it', () => {
    for (const domain of [
      'https://api.sendclean.net/',
      'https://sendclean.net',
      'HTTPS://API.SendClean.net/v1.0/',
      'api.sendclean.net',
      'sendclean.net/',
      'https://api.sendclean.net/v1.0',
    ])
      assert.equal(baseUrl({ domain }), 'https://api.sendclean.net/v1.0/', domain);
  });

  const notBare = [
    'http://sendclean.net',
    'ftp://sendclean.net',
    'https://https://sendclean.net',
    'https://sendclean.net/x',
    'https://sendclean.net//',
    'https://user@sendclean.net',
    'https://',
    'api.',
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

  it('is asked for with an example where there is none', () => {
    const message = 'App Domain must be a bare host name such as us1-mta1.sendclean.net, got ""';
    assert.throws(() => baseUrl({}), { message });
  });

  it('may be an endpoint, by plain http only on loopback and private addresses', () => {
    for (const endpoint of [
      'http://127.0.0.1:8025',
      'http://localhost:8025/',
      'http://app.localhost',
      'http://127.255.10.100',
      'http://10.1.2.3',
      'http://10.20.30.40',
      'http://192.168.0.1',
      'http://192.168.100.20',
      'http://172.16.0.1',
      'http://172.19.200.100',
      'http://172.20.0.1',
      'http://172.31.255.255',
      'http://[::1]:80',
      'http://[fc00::1]',
      'http://[fd12:3456:789a::1]',
      'https://mail.example.com',
      'https://mail.example.com/v1.0',
      'https://mail.example.com/v1.0/',
      ' https://mail.example.com ',
    ]) {
      assert.equal(baseUrl({ domain: 'ignored', endpoint }), `${new URL(endpoint).origin}/v1.0/`);
    }
  });

  it('may be an endpoint without its scheme, which is http only on loopback and private addresses', () => {
    const addresses = {
      'localhost:8025': 'http://localhost:8025',
      '127.0.0.1:8025': 'http://127.0.0.1:8025',
      '[::1]:8025/': 'http://[::1]:8025',
      '192.168.0.1': 'http://192.168.0.1',
      'mail.example.com': 'https://mail.example.com',
      'mail.example.com:8443/v1.0/': 'https://mail.example.com:8443',
    };
    for (const [endpoint, origin] of Object.entries(addresses))
      assert.equal(baseUrl({ endpoint }), `${origin}/v1.0/`);
  });

  const open = 'must start with https://, because plain http is only for loopback and private addresses';
  const other = 'must be an address such as http://127.0.0.1:8025, without user, query or fragment';
  const unsafe: [reason: string, endpoints: string[]][] = [
    [
      open,
      [
        'http://example.com',
        'http://127.0.0.1.example.com',
        'http://10.0.0.1.example.com',
        'http://192.168.1.1.example.com',
        'http://172.16.1.1.example.com',
        'http://localhost.example.com',
        'http://8.8.8.8',
        'http://210.0.0.1',
        'http://172.15.0.1',
        'http://172.32.0.1',
        'http://[fe80::1]',
        'http://[2001:db8::fd00]',
      ],
    ],
    [
      other,
      [
        'ftp://127.0.0.1',
        'https://user@example.com',
        'https://:x@example.com',
        'https://example.com/?a',
        'https://example.com/#a',
        'user@example.com',
        'example.com?a',
        'mailto:jane@example.com',
        '//example.com',
        'example .com',
        ':8025',
      ],
    ],
    ['must have no path', ['https://example.com/other', 'https://example.com/v1.0/messages']],
  ];
  for (const [reason, endpoints] of unsafe) {
    for (const endpoint of endpoints) {
      it(`refuses ${endpoint} for an endpoint`, () => {
        const message = `Custom Endpoint ${reason}`;
        assert.throws(() => baseUrl({ endpoint }), { kind: 'validation', path: 'endpoint', message });
      });
    }
  }
});

describe('the settings of an account', () => {
  const pasted = ['', ' ', '\t', '\n', '\r\n', '\u00a0', '\ufeff', ' \n '];
  const settings = {
    ownerId: 'owner',
    token: 't 0-k/en',
    smtpUser: 'smtp1',
    domain: 'sendclean.net',
    endpoint: 'https://mail.example.com',
  };

  it('are read without the blanks and line breaks around them', () => {
    for (const blank of pasted) {
      const entered = Object.entries(settings).map(([name, value]) => [name, `${blank}${value}${blank}`]);
      assert.deepEqual(readAccountSettings(Object.fromEntries(entered)), settings);
    }
  });

  it('are empty where they are not set, and may be numbers', () => {
    const none = { ownerId: '', token: '', smtpUser: '', domain: '', endpoint: '' };
    assert.deepEqual(readAccountSettings({}), none);
    assert.deepEqual(readAccountSettings({ ownerId: null, token: {}, smtpUser: true, other: 'x' }), none);
    assert.deepEqual(readAccountSettings({ ownerId: 1042 }), { ...none, ownerId: '1042' });
  });

  const labels = Object.entries({
    ownerId: 'Owner ID',
    token: 'Token',
    smtpUser: 'SMTP User',
    domain: 'App Domain',
    endpoint: 'Custom Endpoint',
  });
  for (const [path, label] of labels) {
    it(`are refused with an invisible character within, without being shown: ${label}`, () => {
      const signs = {
        '\n': '000A',
        '\u0000': '0000',
        '\u0085': '0085',
        '\u200b': '200B',
        '\u2028': '2028',
        '\ud83d': 'D83D',
      };
      for (const [sign, code] of Object.entries(signs)) {
        const message = `${label} must not contain a line break or an invisible character (U+${code}): enter it again`;
        const expected = { kind: 'validation', fate: 'notSent', path, message };
        assert.throws(() => readAccountSettings({ [path]: `secret${sign}value` }), expected);
      }
    });
  }

  it('have to name owner ID and token', () => {
    const read = readAccountSettings(settings);
    requireSecrets(read, 'account');
    for (const [path, label] of labels.slice(0, 2)) {
      const message = `${label} is required: set it in the SendClean account`;
      assert.throws(() => requireSecrets({ ...read, [path]: '' }, 'account'), { path, message });
    }
    for (const [path] of labels.slice(2)) requireSecrets({ ...read, [path]: '' }, 'account');
  });
});
