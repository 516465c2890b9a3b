import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { simulatedService } from '../support/transport';

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
  for (const [title, error, kind, fate, message] of faults) {
    it(`tells of ${title}, and that the fate of the mail is ${fate}`, async () => {
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
        assert.ok(!JSON.stringify(error).includes('secret'));
        assert.ok(!String(error.stack).includes('secret'));
        return true;
      },
    );
  });
});
