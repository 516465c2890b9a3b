import assert from 'node:assert/strict';
import { hostname } from 'node:os';
import { describe, it, type TestContext } from 'node:test';
import { startSandbox } from '../support/sandbox';
import { raw } from './raw';

const controlToken = 'Control-7';
const authorization = `Bearer ${controlToken}`;

/** The HTTP status of a control request with these headers, on loopback or on all addresses of this machine. */
async function statusOf(t: TestContext, host: string, headers: Record<string, string>): Promise<unknown> {
  const sandbox = await startSandbox({ host, controlToken, allowHosts: ['sandbox', 'Mail.Example.com'] });
  t.after(() => sandbox.close());
  const url = `http://127.0.0.1:${new URL(sandbox.url).port}/_sandbox/messages`;
  return (await raw(url, { authorization, ...headers })).status;
}

const loopbackNames = [
  '127.0.0.1',
  'localhost',
  'LOCALHOST:1',
  'app.localhost:80',
  '[::1]',
  '[::1]:9',
  '127.9.9.9',
];
const foreignNames = [
  '',
  'evil.example',
  'evil.example:8025',
  '[::1].example',
  '[::1]example',
  '[::1',
  '::1',
  '127.0.0.1.example',
  '127.0.0.1:8025:9',
  '127.0.0.1:x',
  '127.0.0.1@evil.example',
  'evil@127.0.0.1',
  '127.0.0.1/',
  'localhost.example',
  'localhost.',
  'localhost, evil.example',
  'notlocalhost',
  'evil.example#.localhost',
  '0x7f000001',
  '127.1',
];
const otherNames = [
  '192.168.1.5',
  '192.168.1.5:8025',
  '[2001:db8::1]:8025',
  'sandbox:8025',
  'mail.example.com',
  hostname(),
];

describe('a sandbox on loopback', () => {
  for (const name of loopbackNames) {
    it(`answers when it is called ${name}`, async (t) => {
      assert.equal(await statusOf(t, '127.0.0.1', { host: name }), 200);
    });
  }
  for (const name of [...foreignNames, ...otherNames.slice(0, 3)]) {
    it(`refuses the host “${name}”`, async (t) => {
      assert.equal(await statusOf(t, '127.0.0.1', { host: name }), 403);
    });
  }
});

describe('a sandbox that is open to other machines', () => {
  for (const name of [...loopbackNames, ...otherNames]) {
    it(`answers when it is called ${name}`, async (t) => {
      assert.equal(await statusOf(t, '0.0.0.0', { host: name }), 200);
    });
  }
  for (const name of foreignNames) {
    it(`refuses the host “${name}”, as a page does whose name was led here`, async (t) => {
      assert.equal(await statusOf(t, '0.0.0.0', { host: name }), 403);
    });
  }
});

for (const host of ['127.0.0.1', '0.0.0.0']) {
  describe(`a sandbox bound to ${host}`, () => {
    it('refuses requests that a page of another site makes', async (t) => {
      assert.equal(await statusOf(t, host, { 'sec-fetch-site': 'cross-site' }), 403);
      assert.equal(await statusOf(t, host, { 'sec-fetch-site': 'same-site' }), 403);
      // Where an address is neither https nor loopback, browsers send no more than this.
      assert.equal(await statusOf(t, host, { host: 'localhost:1', origin: 'http://evil.example' }), 403);
      assert.equal(await statusOf(t, host, { host: 'localhost:1', origin: 'http://localhost:2' }), 403);
      assert.equal(await statusOf(t, host, { origin: 'null' }), 403);
    });

    it('answers its own page', async (t) => {
      const headers = { host: 'localhost:1', origin: 'http://localhost:1', 'sec-fetch-site': 'same-origin' };
      assert.equal(await statusOf(t, host, headers), 200);
    });

    it('can be opened by a link on another site, and only as a page', async (t) => {
      const sandbox = await startSandbox({ host, controlToken });
      t.after(() => sandbox.close());
      const url = `http://127.0.0.1:${new URL(sandbox.url).port}`;
      const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'document' };
      assert.equal((await raw(`${url}/`, link)).status, 200);
      assert.equal((await raw(`${url}/?token=${controlToken}`, link)).status, 303);
      assert.equal((await raw(`${url}/_sandbox/messages`, { ...link, authorization })).status, 403);
      assert.equal((await raw(`${url}/`, { 'sec-fetch-site': 'cross-site' })).status, 403);
    });
  });
}

it('an address to bind is loopback only if it is one by its whole name', async (t) => {
  for (const [host, isOpen] of [
    ['127.0.0.1', false],
    ['localhost', false],
    ['0.0.0.0', true],
  ] as const) {
    const sandbox = await startSandbox({ host });
    t.after(() => sandbox.close());
    assert.equal(sandbox.controlToken !== undefined, isOpen, host);
  }
});
