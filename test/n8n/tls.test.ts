import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { makeCertificates, refusedCertificates, type Certificates } from '../support/certificates';
import { brokenHandshakes, startTcp, type TcpServer } from '../support/handshakes';
import { startSecure, type SecureServer } from '../support/secureServer';
import { useNode } from './harness';

/** Handshakes that end in an error which may come later, too: n8n does not tell how far a connection was. */
const untold = /breaks off|alert|understand/;

describe('TLS from n8n', () => {
  const { sendTo, inbox, url } = useNode();
  let certificates: Certificates;
  let server: SecureServer | TcpServer | undefined;
  before(() => {
    certificates = makeCertificates();
    certificates.accept();
  });
  after(() => certificates.remove());
  afterEach(async () => await server?.stop());

  it('sends to a server whose certificate an authority has signed that is known', async () => {
    server = await startSecure(certificates.good, url());
    assert.equal((await sendTo(server.url)).fate, 'sent');
    assert.equal((await inbox()).length, 1);
  });

  for (const [title, name] of refusedCertificates) {
    it(`sends nothing to a server whose certificate ${title}`, async () => {
      server = await startSecure(certificates[name], url());
      const { fate, message } = await sendTo(server.url);
      assert.match(message, /^SendClean cannot be reached: its certificate is not accepted;/);
      assert.equal(fate, 'notSent');
      assert.deepEqual(server.requests, []);
    });
  }

  for (const [title, answer] of Object.entries(brokenHandshakes)) {
    const isTold = !untold.test(title);
    it(`${isTold ? 'knows that nothing was sent' : 'does not know more'} in a handshake ${title}`, async () => {
      server = await startTcp(answer);
      const { fate, message } = await sendTo(server.url);
      const made = isTold
        ? 'no connection could be made; check'
        : 'the connection broke before an answer came';
      assert.ok(message.startsWith(`SendClean cannot be reached: ${made}`), message);
      assert.equal(fate, isTold ? 'notSent' : 'unknown');
      assert.equal(server.connections(), 1);
    });
  }
});
