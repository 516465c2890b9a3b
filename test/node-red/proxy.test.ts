import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { messages, until } from '../sandbox/client';
import { readCertificates, type Certificates } from '../support/certificates';
import { ids } from '../support/nodeRedFlow';
import { setProxies, startProxy, type Proxy } from '../support/proxy';
import { account } from '../support/sandbox';
import { startSecure, type SecureServer } from '../support/secureServer';
import { mail, useRuntime } from './harness';

describe('a proxy between Node-RED and the service', () => {
  const { url, red, deploy, result, failure } = useRuntime();
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

  const deployAt = (endpoint: string, limits = {}) =>
    deploy('sendMail', {}, { endpoint, attempts: '1', ...limits });

  it('sees the name of the service, and nothing of owner ID, token and mail', async () => {
    await deployAt(service.url);
    for (const topic of ['first', 'second']) await result({ ...mail, topic });
    assert.equal((await messages(url())).length, 2);
    assert.deepEqual(proxy.requests, [`CONNECT localhost:${service.port}`]);
    for (const text of [account.token, account.owner_id, mail.payload, 'sendMail', 'first'])
      assert.ok(!proxy.seen().includes(text), text);
  });

  it('is told user and password', async () => {
    setProxies({ HTTPS_PROXY: proxy.url.replace('//', '//me%40home:pass%3Aword@') });
    await deployAt(service.url);
    await result(mail);
    assert.equal(proxy.authorization(), `Basic ${Buffer.from('me@home:pass:word').toString('base64')}`);
  });

  it('may be behind TLS itself', async (test) => {
    const secure = await startProxy(certificates.good);
    test.after(() => secure.stop());
    setProxies({ HTTPS_PROXY: secure.url });
    await deployAt(service.url);
    await result(mail);
    assert.equal(secure.requests.length, 1);
  });

  it('is left out for the hosts of NO_PROXY, and for plain http, which it could read', async () => {
    setProxies({ HTTP_PROXY: proxy.url, HTTPS_PROXY: proxy.url, NO_PROXY: `localhost:${service.port}` });
    await deployAt(service.url);
    await result(mail);
    setProxies({ HTTP_PROXY: proxy.url, HTTPS_PROXY: proxy.url });
    await deployAt(url());
    await result(mail);
    assert.equal((await messages(url())).length, 2);
    assert.deepEqual(proxy.requests, []);
  });

  it('does not take the place of the service, whose certificate is checked', async (test) => {
    const impostor = await startSecure(certificates.selfSigned, url());
    test.after(() => impostor.stop());
    await deployAt(impostor.url);
    const { message, fate } = (await failure(mail)).sendclean;
    assert.match(String(message), /its certificate is not accepted/);
    assert.equal(fate, 'notSent');
    assert.deepEqual(impostor.requests, []);
  });

  for (const status of [407, 502]) {
    it(`says that nothing was sent when it refuses with HTTP ${status}`, async () => {
      proxy.fail(status);
      await deployAt(service.url);
      const { message, ...told } = (await failure(mail)).sendclean;
      const refused = `the proxy refused the connection (HTTP ${status}); check HTTPS_PROXY and NO_PROXY`;
      assert.equal(message, `SendClean cannot be reached: ${refused} in the environment`);
      assert.partialDeepStrictEqual(told, { kind: 'network', fate: 'notSent', status });
      assert.deepEqual(service.requests, []);
    });
  }

  it('says that nothing was sent when it is not there', async () => {
    await proxy.stop();
    await deployAt(service.url);
    const { message, fate } = (await failure(mail)).sendclean;
    assert.match(String(message), /: there is no connection to the proxy; check HTTPS_PROXY and NO_PROXY/);
    assert.equal(fate, 'notSent');
    proxy = await startProxy();
  });

  it('says that nothing was sent when its address is none', async () => {
    for (const address of [
      'http://127.0.0.1:99999',
      'http://[half',
      'socks5://127.0.0.1:1',
      'http://%@127.0.0.1',
    ]) {
      setProxies({ HTTPS_PROXY: address });
      await deployAt(service.url);
      const { message, fate } = (await failure(mail)).sendclean;
      assert.match(String(message), /: there is no connection to the proxy; check HTTPS_PROXY and NO_PROXY/);
      assert.equal(fate, 'notSent');
    }
  });

  it('says that nothing was sent when it does not answer in the time for connecting', async () => {
    proxy.fail('hang');
    await deployAt(service.url, { connectTimeout: '1' });
    assert.partialDeepStrictEqual((await failure(mail)).sendclean, { kind: 'timeout', fate: 'notSent' });
  });

  it('has no connection left after the flow stops, neither an idle one nor one in the making', async () => {
    await deployAt(service.url);
    await result(mail);
    proxy.fail('hang');
    red().send(ids.node, { ...mail });
    red().send(ids.node, { ...mail });
    await until('both are under way', async () => proxy.requests.length === 2);
    await red().deploy({ flows: [] });
    await until('all connections are closed', async () => proxy.open() === 0);
  });
});
