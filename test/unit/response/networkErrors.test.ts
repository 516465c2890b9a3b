import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { simulatedService } from '../../support/transport';

const mail = { smtp_user_name: 'smtp1', message: { to: [{ email: 'jane@example.com' }], text: 'Hello' } };

function fault(properties: object, name = 'Error'): Error {
  return Object.assign(new Error('secret details'), { name }, properties);
}

const faults: [title: string, error: Error, kind: string, fate: string, message: RegExp][] = [
  [
    'a refused connection',
    fault({ code: 'ECONNREFUSED' }),
    'network',
    'notSent',
    /the connection was refused/,
  ],
  ['an unknown host', fault({ code: 'ENOTFOUND' }), 'network', 'notSent', /host name is not known/],
  [
    'a name server that does not answer',
    fault({ code: 'EAI_AGAIN' }),
    'network',
    'notSent',
    /host name cannot be looked up now/,
  ],
  [
    'a host that cannot be reached',
    fault({ code: 'EHOSTUNREACH', syscall: 'connect' }),
    'network',
    'notSent',
    /there is no way to the host/,
  ],
  [
    'no network',
    fault({ code: 'ENETUNREACH', syscall: 'connect' }),
    'network',
    'notSent',
    /there is no network/,
  ],
  [
    'a certificate that is not accepted',
    fault({ code: 'CERT_HAS_EXPIRED' }),
    'network',
    'notSent',
    /certificate/,
  ],
  [
    'a connection that never opened',
    fault({ code: 'ETIMEDOUT', syscall: 'connect' }),
    'timeout',
    'notSent',
    /in time/,
  ],
  ['an answer that does not come', fault({ code: 'ECONNABORTED' }), 'timeout', 'unknown', /in time/],
  [
    'a connection that was closed during the TLS handshake',
    fault({
      code: 'ECONNRESET',
      message: 'Client network socket disconnected before secure TLS connection was established',
    }),
    'network',
    'notSent',
    /: no connection could be made; check the network/,
  ],
  [
    'TLS of which the host knows that it failed before the request',
    fault({ code: 'EPROTO', syscall: 'connect' }),
    'network',
    'notSent',
    /: no secure connection could be made; check the network/,
  ],
  [
    'a proxy that refused the connection',
    fault({ code: 'ERR_PROXY_TUNNEL', statusCode: 403 }),
    'network',
    'notSent',
    /: the proxy refused the connection \(HTTP 403\); check HTTPS_PROXY and NO_PROXY/,
  ],
  [
    'a proxy that is not there',
    fault({ code: 'ERR_PROXY_TUNNEL', cause: fault({ code: 'ECONNREFUSED' }) }),
    'network',
    'notSent',
    /: there is no connection to the proxy; check HTTPS_PROXY and NO_PROXY/,
  ],
  [
    'TLS that broke after the request',
    fault({ code: 'ERR_SSL_BAD_RECORD_TYPE' }),
    'network',
    'unknown',
    /broke/,
  ],
  [
    'TLS that broke while writing',
    fault({ code: 'EPROTO', syscall: 'write' }),
    'network',
    'unknown',
    /broke/,
  ],
  [
    'a host that is gone in the middle',
    fault({ code: 'EHOSTUNREACH', syscall: 'read' }),
    'network',
    'unknown',
    /broke/,
  ],
  ['a connection that broke', fault({ code: 'ECONNRESET' }), 'network', 'unknown', /broke before an answer/],
  ['a cancelled run', fault({}, 'AbortError'), 'cancelled', 'unknown', /cancelled/],
  ['a fault that nobody knows', fault({}), 'network', 'unknown', /broke before an answer/],
];

describe('network faults', () => {
  for (const code of [
    'CERT_HAS_EXPIRED',
    'SELF_SIGNED_CERT_IN_CHAIN',
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'UNABLE_TO_GET_ISSUER_CERT',
    'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    'ERR_TLS_CERT_ALTNAME_INVALID',
  ]) {
    it(`know that nothing was sent to a certificate that is not accepted: ${code}`, async () => {
      const { client } = simulatedService(() => fault({ code }));
      const message =
        'SendClean cannot be reached: its certificate is not accepted; check the network and the app domain of the account';
      await assert.rejects(client.sendMail(mail), { kind: 'network', fate: 'notSent', code, message });
    });
  }

  it('take no other code for one of a certificate or of TLS', async () => {
    for (const code of [
      'ERR_X509_CERT_STORE',
      'X_SELF_SIGNED_CERT',
      'X_UNABLE_TO_GET_ISSUER_CERT',
      'X_ERR_TLS_CERT_ALTNAME_INVALID',
      'ERR_TLS_CERT_ALTNAME_INVALID_NOT',
    ])
      await assert.rejects(simulatedService(() => fault({ code })).client.sendMail(mail), {
        fate: 'unknown',
        code,
      });
    for (const code of ['EPROTOTYPE', 'XEPROTO', 'X_ERR_SSL_'])
      await assert.rejects(
        simulatedService(() => fault({ code, syscall: 'connect' })).client.sendMail(mail),
        {
          fate: 'notSent',
          message: /: no connection could be made; /,
        },
      );
  });

  it('have no code where the HTTP client gives none that is one', async () => {
    const endless = fault({});
    for (const error of [
      fault({}),
      fault({ code: 7 }),
      fault({ code: 'eX' }),
      fault({ cause: null, errors: [null, 'no'] }),
      Object.assign(endless, { cause: endless }),
    ]) {
      const { client } = simulatedService(() => error);
      await assert.rejects(client.sendMail(mail), { kind: 'network', fate: 'unknown', code: undefined });
    }
  });
  for (const [title, error, kind, fate, message] of faults) {
    it(`tells of ${title}, and that the fate of the email is ${fate}`, async () => {
      const { client } = simulatedService(() => error);
      await assert.rejects(client.sendMail(mail), { kind, fate, message });
    });
  }

  it('finds the reason under the errors of a host', async () => {
    const wrapped = fault({
      code: 'ERR_BAD_REQUEST',
      cause: fault({ errors: [fault({ code: 'ECONNREFUSED' })] }),
    });
    await assert.rejects(simulatedService(() => wrapped).client.sendMail(mail), {
      fate: 'notSent',
      code: 'ECONNREFUSED',
    });
  });

  it('keeps the words of the HTTP client, which may hold the request, to itself', async () => {
    await assert.rejects(
      simulatedService(() => fault({ code: 'EPIPE' })).client.sendMail(mail),
      (error: Error) => {
        assert.ok(!JSON.stringify(error).includes('secret details'));
        assert.ok(!String(error.stack).includes('secret details'));
        return true;
      },
    );
  });
});
