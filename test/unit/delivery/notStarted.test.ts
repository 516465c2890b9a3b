import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SendCleanError } from '../../../shared/errors';
import {
  blockedByHost,
  errorChain,
  isLasting,
  notStartedError,
} from '../../../shared/response/networkErrors';
import { simulatedService } from '../../support/transport';

const mail = { smtp_user_name: 'smtp1', message: { to: [{ email: 'jane@example.com' }], text: 'Hello' } };

function fault(properties: object, name = 'Error'): Error {
  return Object.assign(new Error('secret details'), { name }, properties);
}

/** The error that a send ends in, and how many requests were tried. */
async function sendWith(thrown: Error): Promise<{ error: SendCleanError; requests: number }> {
  const { client, requests } = simulatedService(() => thrown, { limits: { attempts: 2 } });
  const error = await client.sendMail(mail).then(
    () => assert.fail('The email counts as sent'),
    (one: SendCleanError) => one,
  );
  return { error, requests: requests.length };
}

describe('a request that the host cannot make', () => {
  for (const code of [
    'ERR_INVALID_PROTOCOL',
    'ERR_INVALID_CHAR',
    'ERR_INVALID_HTTP_TOKEN',
    'ERR_INVALID_DOMAIN_NAME',
    'ERR_INVALID_IP_ADDRESS',
    'ERR_HTTP_INVALID_HEADER_VALUE',
    'ERR_UNESCAPED_CHARACTERS',
    'ERR_SOCKET_BAD_PORT',
    'ERR_STRING_TOO_LONG',
    'ERR_BAD_OPTION',
    'ERR_BAD_OPTION_VALUE',
    'ERR_FR_MAX_BODY_LENGTH_EXCEEDED',
    'ERR_TLS_INVALID_CONTEXT',
    'ERR_TLS_INVALID_PROTOCOL_METHOD',
    'ERR_TLS_INVALID_PROTOCOL_VERSION',
    'ERR_TLS_PROTOCOL_VERSION_CONFLICT',
    'ERR_OSSL_PEM_NO_START_LINE',
    'ERR_MODULE_NOT_FOUND',
    'MODULE_NOT_FOUND',
  ]) {
    it(`was not sent, and is not made again: ${code}`, async () => {
      const { error, requests } = await sendWith(fault({ cause: fault({ code }) }, 'NodeApiError'));
      assert.deepEqual([error.kind, error.fate, error.code, requests], ['network', 'notSent', code, 1]);
      const message = `SendClean cannot be reached: the request could not be made (${code}); check the account and the setup of the host`;
      assert.equal(error.message, message);
    });
  }

  it('has a sentence of its own for an address that is not valid', async () => {
    const { error } = await sendWith(fault({ code: 'ERR_INVALID_URL', input: 'http://user:secret@' }));
    assert.deepEqual(
      [error.kind, error.fate, error.message],
      [
        'network',
        'notSent',
        'SendClean cannot be reached: an address is not valid; check the account, HTTPS_PROXY and NO_PROXY',
      ],
    );
  });

  it('is not taken for one by a code that only looks like it', async () => {
    for (const code of [
      'ERR_INVALID_URLS',
      'XERR_INVALID_URL',
      'ERR_INVALID_ARG_TYPE',
      'ERR_BAD_RESPONSE',
      'ERR_TLS_',
    ])
      assert.equal((await sendWith(fault({ code }))).error.fate, 'unknown', code);
  });

  it('is told by the code or the name of what was thrown, and by nothing else of it', () => {
    const said = (thrown: unknown) => notStartedError(thrown);
    for (const [thrown, code] of [
      [fault({ code: 'ERR_INVALID_CHAR' }), 'ERR_INVALID_CHAR'],
      [new RangeError('secret'), 'RangeError'],
      ['secret', 'string'],
    ] as const) {
      const { kind, fate, message } = said(thrown);
      assert.deepEqual([kind, fate], ['network', 'notSent']);
      assert.match(message, new RegExp(`\\(${code}\\)`));
      assert.doesNotMatch(message, /secret/);
    }
  });

  it('does not take an error for one of the core by its name alone', async () => {
    assert.equal((await sendWith(fault({}, 'SendCleanError'))).error.kind, 'network');
    assert.equal((await sendWith(fault({ fate: 'notSent' }))).error.fate, 'unknown');
  });

  it('is not made again where the host forbids it, but is where the network failed', () => {
    const withCode = (code?: string | number) => new SendCleanError('network', 'notSent', '', { code });
    assert.ok(isLasting(withCode(blockedByHost)));
    for (const code of [undefined, 7, 'ECONNREFUSED', 'CERT_HAS_EXPIRED'])
      assert.ok(!isLasting(withCode(code)));
  });
});

describe('a connection that could not be made', () => {
  const cannotLookUp = /: the host name cannot be looked up; check the network/;
  const looksUp = [
    'ENODATA',
    'EFORMERR',
    'ESERVFAIL',
    'ENOTIMP',
    'EREFUSED',
    'EBADNAME',
    'ETIMEOUT',
    'EAI_FAIL',
  ];
  for (const code of looksUp) {
    it(`was not sent where the name server fails: ${code}`, async () => {
      const { error, requests } = await sendWith(fault({ code }));
      assert.deepEqual([error.kind, error.fate, requests], ['network', 'notSent', 2]);
      assert.match(error.message, cannotLookUp);
    });
  }

  it('was not sent where a system call before the request fails', async () => {
    const notMade = /: no connection could be made; check the network/;
    for (const syscall of ['connect', 'getaddrinfo', 'bind', 'socket', 'queryA', 'queryAaaa'])
      for (const code of ['EADDRNOTAVAIL', 'EACCES', 'EPERM', 'EMFILE', 'ECONNRESET']) {
        const { error } = await sendWith(fault({ code, syscall }));
        assert.deepEqual([error.kind, error.fate], ['network', 'notSent'], `${syscall} ${code}`);
        assert.match(error.message, notMade);
      }
    for (const syscall of ['read', 'write', 'query', 'reconnect', 'connected'])
      assert.equal((await sendWith(fault({ code: 'EPERM', syscall }))).error.fate, 'unknown', syscall);
  });

  it('was not sent where a certificate is not one for a server', async () => {
    for (const code of ['INVALID_CA', 'INVALID_PURPOSE', 'PATH_LENGTH_EXCEEDED', 'HOSTNAME_MISMATCH']) {
      const { error } = await sendWith(fault({ code }));
      assert.equal(error.fate, 'notSent');
      assert.match(error.message, /its certificate is not accepted/);
    }
  });

  it('is not told of codes that only look like those of a name server', async () => {
    for (const code of ['ENODATAX', 'XENODATA', 'EAI', 'XEAI_FAIL'])
      assert.equal((await sendWith(fault({ code }))).error.fate, 'unknown', code);
  });
});

describe('the chain of an error', () => {
  it('holds what it wraps and joins, the outermost first', () => {
    const inner = { name: 'inner' };
    const joined = [{ name: 'first' }, null, 'text', { name: 'second' }];
    const names = errorChain({ name: 'outer', cause: inner, errors: joined }).map(({ name }) => name);
    assert.deepEqual(names, ['outer', 'inner', 'first', 'second']);
    assert.deepEqual(errorChain('text'), []);
    assert.deepEqual(errorChain(null), []);
  });

  it('ends where errors wrap one another', () => {
    const endless: { cause?: unknown } = {};
    endless.cause = endless;
    assert.equal(errorChain(endless).length, 6);
  });
});
