import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { responses } from '../../shared/generated/validators';
import type { Sandbox } from '../../sandbox/src/server';
import { startSandbox } from '../support/sandbox';
import { call, mail } from './client';
import { raw } from './raw';
import { run } from './run';

const routes = [
  ['GET', 'messages'],
  ['DELETE', 'messages'],
  ['GET', 'messages/1'],
  ['GET', 'messages/1/preview'],
  ['GET', 'messages/1/attachments/0'],
  ['GET', 'messages/1/images/0'],
  ['POST', 'faults'],
  ['GET', 'faults'],
  ['DELETE', 'faults'],
  ['POST', 'events'],
  ['GET', 'requests'],
  ['DELETE', 'requests'],
  ['GET', 'account'],
  ['GET', 'stream'],
  ['GET', 'nothing'],
  ['GET', ''],
] as const;

describe('the control routes of a sandbox that is open to other machines', () => {
  let sandbox: Sandbox;
  let url: string;
  beforeEach(async () => {
    sandbox = await startSandbox({ host: '0.0.0.0' });
    url = sandbox.url.replace('0.0.0.0', '127.0.0.1');
    await call(url, 'sendMail', mail);
  });
  afterEach(() => sandbox.close());

  const messagesWith = (headers: Record<string, string>) => raw(`${url}/_sandbox/messages`, headers);

  for (const [method, path] of routes) {
    it(`ask for their token: ${method} /_sandbox/${path}`, async () => {
      const response = await raw(`${url}/_sandbox/${path}`, {}, { method });
      assert.equal(response.status, 401);
      assert.match(response.text, /^\{"error":"The control token is missing or wrong: [^"]+"\}$/);
    });
  }

  it('take the token as “Authorization: Bearer”', async () => {
    const response = await messagesWith({ authorization: `Bearer ${sandbox.controlToken}` });
    assert.equal(response.status, 200);
    assert.match(response.text, /"subject":"Your order"/);
  });

  it('take no other token, the account’s among them, and none in the address', async () => {
    const token = sandbox.controlToken ?? '';
    for (const wrong of ['sandbox-token', '', `${token}x`, token.slice(1), `${token} ${token}`]) {
      assert.equal((await messagesWith({ authorization: `Bearer ${wrong}` })).status, 401, wrong);
    }
    assert.equal((await messagesWith({ authorization: token })).status, 401);
    assert.equal((await raw(`${url}/_sandbox/messages?token=${token}`)).status, 401);
    assert.equal((await messagesWith({ cookie: `sendclean_control=${token}` })).status, 401);
  });

  it('take the cookie that the inbox gives for the token, which no script and no other site can use', async () => {
    const response = await raw(`${url}/?token=${encodeURIComponent(sandbox.controlToken ?? '')}`);
    assert.equal(response.status, 303);
    assert.equal(response.headers.location, '/');
    const [cookie = '', ...attributes] = String(response.headers['set-cookie']).split('; ');
    assert.deepEqual(attributes, ['Path=/_sandbox', 'HttpOnly', 'SameSite=Strict']);
    assert.ok(!cookie.includes(sandbox.controlToken ?? ''));
    assert.equal((await messagesWith({ cookie: `other=1; ${cookie}` })).status, 200);
  });

  it('give no cookie for another token', async () => {
    for (const query of ['token=x', 'token=', `token=x&token=${sandbox.controlToken}`]) {
      const response = await raw(`${url}/?${query}`);
      assert.equal(response.status, 401, query);
      assert.equal(response.headers['set-cookie'], undefined);
    }
  });

  it('leave the API and the page, which shows nothing without them, to everyone', async () => {
    assert.ok(responses.sendMail(await call(url, 'sendMail', mail)));
    const page = await raw(`${url}/`);
    assert.equal(page.status, 200);
    assert.ok(!page.text.includes('Your order'));
  });
});

describe('the token of the control routes', () => {
  it('is not there on loopback, where nothing is asked', async (t) => {
    const sandbox = await startSandbox();
    t.after(() => sandbox.close());
    assert.equal(sandbox.controlToken, undefined);
    assert.equal((await raw(`${sandbox.url}/_sandbox/messages`)).status, 200);
    assert.equal((await raw(`${sandbox.url}/?token=x`)).status, 200);
  });

  it('is asked for on loopback too if it was given', async (t) => {
    const sandbox = await startSandbox({ controlToken: 'mine' });
    t.after(() => sandbox.close());
    const url = `${sandbox.url}/_sandbox/messages`;
    assert.equal((await raw(url)).status, 401);
    assert.equal((await raw(url, { authorization: 'Bearer mine' })).status, 200);
  });

  it('is made and printed, with what an address beyond loopback opens', async (t) => {
    const running = run(t, '--port', '0', '--host', '0.0.0.0');
    const address = await running.listening;
    const token = await running.printed(/^Control token: (\S{32})$/m);
    const { port } = new URL(address);
    assert.equal(address, `http://0.0.0.0:${port}`);
    assert.match(running.out, /^Other machines can reach it, .* they read all emails and steer it\.$/m);
    assert.ok(running.out.includes(`\nInbox: http://localhost:${port}/?token=${token}\n`), running.out);
    assert.equal((await raw(`http://127.0.0.1:${port}/?token=${token}`)).status, 303);
  });

  it('is not printed where it was given', async (t) => {
    const running = run(t, '--port', '0', '--host', '0.0.0.0', '--control-token', 'Mine-1');
    const { port } = new URL(await running.listening);
    await running.printed(/^(Inbox: .*)$/m);
    assert.ok(!running.out.includes('Mine-1'));
    assert.equal((await raw(`http://127.0.0.1:${port}/?token=Mine-1`)).status, 303);
  });
});
