import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { messages } from '../sandbox/client';
import { readCertificates, refusedCertificates, type Certificates } from '../support/certificates';
import { brokenHandshakes, startTcp, type TcpServer } from '../support/handshakes';
import { startSecure, type SecureServer } from '../support/secureServer';
import { mail, useRuntime } from './harness';

describe('TLS from Node-RED', () => {
  const { url, deploy, result, failure } = useRuntime();
  let certificates: Certificates;
  let server: SecureServer | TcpServer | undefined;
  before(() => {
    certificates = readCertificates();
    certificates.accept();
  });
  after(() => certificates.forget());
  afterEach(async () => await server?.stop());

  /** What is told of an email to an address. */
  async function told(endpoint: string) {
    await deploy('sendMail', {}, { endpoint, attempts: '1' });
    return (await failure(mail)).sendclean;
  }

  it('sends to a server whose certificate an authority has signed that is known', async () => {
    server = await startSecure(certificates.good, url());
    await deploy('sendMail', {}, { endpoint: server.url });
    await result(mail);
    assert.equal((await messages(url())).length, 1);
  });

  for (const [title, name] of refusedCertificates) {
    it(`sends nothing to a server whose certificate ${title}`, async () => {
      server = await startSecure(certificates[name], url());
      const { fate, message } = await told(server.url);
      assert.match(String(message), /^SendClean cannot be reached: its certificate is not accepted;/);
      assert.equal(fate, 'notSent');
      assert.deepEqual(server.requests, []);
    });
  }

  for (const [title, answer] of Object.entries(brokenHandshakes)) {
    it(`knows that nothing was sent in a handshake ${title}`, async () => {
      server = await startTcp(answer);
      const { fate, message } = await told(server.url);
      assert.match(
        String(message),
        /^SendClean cannot be reached: no (secure )?connection could be made; check/,
      );
      assert.equal(fate, 'notSent');
      assert.equal(server.connections(), 1);
    });
  }

  it('does not know whether an email was sent when TLS breaks after the handshake', async () => {
    // With TLS 1.3 a server asks for a certificate of the client, and misses it, when the client is ready.
    server = await startSecure({ ...certificates.good, requestCert: true, rejectUnauthorized: true }, url());
    assert.equal((await told(server.url)).fate, 'unknown');
  });
});
