import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { readCertificates, type Certificates } from '../support/certificates';
import { setProxies, startProxy, type Proxy } from '../support/proxy';
import { account } from '../support/sandbox';
import { startSecure, type SecureServer } from '../support/secureServer';
import { useNode } from './harness';

describe('a proxy between n8n and the service', () => {
  const { sendTo, inbox, url } = useNode();
  let certificates: Certificates;
  let service: SecureServer;
  let proxy: Proxy;
  before(async () => {
    certificates = readCertificates();
    certificates.accept();
    service = await startSecure(certificates.good, url());
  });
  after(async () => {
    await service.stop();
    certificates.forget();
  });
  beforeEach(async () => {
    proxy = await startProxy();
    setProxies({ HTTP_PROXY: proxy.url, HTTPS_PROXY: proxy.url });
    service.requests.length = 0;
  });
  afterEach(async () => {
    setProxies();
    await proxy.stop();
  });

  it('sees the name of the service, and nothing of owner ID, token and mail', async () => {
    assert.equal((await sendTo(service.url)).fate, 'sent');
    assert.equal((await inbox()).length, 1);
    assert.deepEqual(proxy.requests, [`CONNECT localhost:${service.port}`]);
    for (const text of [account.token, account.owner_id, '<p>Hi</p>', 'sendMail'])
      assert.ok(!proxy.seen().includes(text), text);
  });

  it('is left out for the hosts of NO_PROXY', async () => {
    setProxies({ HTTP_PROXY: proxy.url, HTTPS_PROXY: proxy.url, NO_PROXY: 'localhost,127.0.0.1' });
    for (const endpoint of [service.url, url()]) assert.equal((await sendTo(endpoint)).fate, 'sent');
    assert.deepEqual(proxy.requests, []);
  });

  it('gets plain http of a local endpoint like that of any node, unless NO_PROXY names the host', async () => {
    assert.equal((await sendTo(url())).fate, 'sent');
    assert.deepEqual(proxy.requests, [`POST ${url()}/v1.0/messages/sendMail`]);
  });

  it('does not take the place of the service, whose certificate is checked', async (test) => {
    const impostor = await startSecure(certificates.selfSigned, url());
    test.after(() => impostor.stop());
    const { message, fate } = await sendTo(impostor.url);
    assert.match(message, /its certificate is not accepted/);
    assert.equal(fate, 'notSent');
    assert.deepEqual(impostor.requests, []);
  });

  it('says that nothing was sent when it wants user and password', async () => {
    proxy.fail(407);
    const { message, fate } = await sendTo(service.url);
    assert.match(message, /: the proxy refused the connection \(HTTP 407\); check HTTPS_PROXY and NO_PROXY/);
    assert.equal(fate, 'notSent');
    assert.deepEqual(service.requests, []);
  });

  it('says that nothing was sent when it is not there', async () => {
    setProxies({ HTTPS_PROXY: 'http://127.0.0.1:1' });
    const { message, fate } = await sendTo(service.url);
    assert.match(message, /: the connection was refused/);
    assert.equal(fate, 'notSent');
  });

  it('says that nothing was sent when its address is none', async () => {
    for (const address of ['http://127.0.0.1:99999', 'http://[half', 'http://user:pass:word@[::']) {
      setProxies({ HTTPS_PROXY: address });
      const { message, fate } = await sendTo(service.url);
      assert.match(message, /: an address is not valid; check the account, HTTPS_PROXY and NO_PROXY/);
      assert.equal(fate, 'notSent');
    }
  });

  it('does not know more when it refuses in another way or hangs, as n8n tells no difference', async () => {
    proxy.fail(502);
    assert.deepEqual(await sendTo(service.url), {
      fate: 'unknown',
      message: 'SendClean answered with HTTP 502',
    });
    proxy.fail('hang');
    const { message, fate } = await sendTo(service.url, { timeout: 1 });
    assert.deepEqual([fate, message], ['unknown', 'SendClean did not answer in time']);
    assert.deepEqual(service.requests, []);
  });
});
