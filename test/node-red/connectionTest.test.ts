import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Sandbox } from '../../sandbox/src/server';
import { clear, control, messages } from '../sandbox/client';
import { startRuntime, type FlowNode, type Runtime } from '../support/nodeRed';
import { flowOf } from '../support/nodeRedFlow';
import { accepted, account, startSandbox } from '../support/sandbox';

const stored = '__PWRD__';

/** The one answer for a secret that is not tested as it is deployed. */
const refused = {
  status: 400,
  ok: false,
  message:
    'A stored token and environment variables are tested only as they are deployed: deploy first, or type owner ID and token',
};

describe('the connection test of the account', () => {
  let server: Server;
  let sandbox: Sandbox;
  let other: Sandbox;
  let runtime: Runtime;
  before(async () => {
    process.env.CONNECTION_TEST_SECRET = 'a-secret-of-the-server';
    process.env.CONNECTION_TEST_OWNER = account.owner_id;
    process.env.CONNECTION_TEST_TOKEN = account.token;
    server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    sandbox = await startSandbox();
    other = await startSandbox();
    process.env.CONNECTION_TEST_ENDPOINT = sandbox.url;
    const users = { writer: '*', reader: 'read', tester: ['read', 'sendclean-account.write'] };
    runtime = await startRuntime({ flows: [], server, users });
  });
  after(async () => {
    await runtime?.stop();
    await sandbox?.close();
    await other?.close();
    server.closeAllConnections();
    server.close();
  });
  beforeEach(async () => {
    for (const { url } of [sandbox, other]) await clear(url, 'requests');
    await runtime.deploy(flowOf('sendMail', { endpoint: sandbox.url }));
  });

  /** A request to the admin API. */
  async function request(path: string, body: string, user: string, type = 'application/json') {
    const { port } = server.address() as AddressInfo;
    return await fetch(`http://127.0.0.1:${port}/${path}`, {
      method: 'POST',
      headers: { 'Content-Type': type, Authorization: `Bearer ${user}` },
      body,
    });
  }

  /** What a test is answered; the token is in no answer. */
  async function post(body: string, user = 'writer', type?: string) {
    const response = await request('sendclean/test-connection', body, user, type);
    const text = await response.text();
    assert.ok(!text.includes(account.token), text);
    return { status: response.status, text };
  }

  /** The answer for the values of a dialog. */
  async function answer(values: Record<string, unknown>, user?: string) {
    const entered = { id: 'account', ownerId: account.owner_id, token: account.token, domain: '' };
    const body = JSON.stringify({ ...entered, endpoint: sandbox.url, ...values });
    const { status, text } = await post(body, user);
    return { status, ...(JSON.parse(text) as { ok: boolean; message?: string }) };
  }

  async function requestCount({ url }: Sandbox): Promise<number> {
    return ((await (await control(url, 'requests')).json()) as { count: number }).count;
  }

  it('says whether the SMTP user that was entered is one of the account', async () => {
    for (const [smtpUser, found] of Object.entries({ [account.smtpUser]: 'known', '${USER}': 'unchecked' }))
      assert.deepEqual(await answer({ smtpUser }), { ...accepted, smtpUser: found });
    assert.partialDeepStrictEqual(await answer({ smtpUser: 'smtp-other' }), { ok: false });
  });

  it('accepts the right token, with one request and no mail', async () => {
    assert.deepEqual(await answer({ id: '' }), accepted);
    assert.equal(await requestCount(sandbox), 1);
    assert.deepEqual(await messages(sandbox.url), []);
  });

  it("gives the service's reason for a wrong token, without the token", async () => {
    const { status, ok, message } = await answer({ token: 'wrong-token' });
    assert.deepEqual([status, ok], [200, false]);
    assert.match(message ?? '', /^SendClean refused the call: .*check owner ID and token/);
    assert.doesNotMatch(message ?? '', /wrong-token/);
  });

  it('says that nothing listens at an address', async () => {
    const { ok, message } = await answer({ endpoint: 'http://127.0.0.1:9' });
    assert.equal(ok, false);
    assert.match(message ?? '', /127\.0\.0\.1|reach|connect/i);
  });

  it('asks for a token, an owner ID and an address that are missing or wrong', async () => {
    const said = async (values: object) => {
      const { status, message } = await answer({ ...values });
      return [status, message];
    };
    assert.deepEqual(await said({ token: '' }), [400, 'Token is required']);
    assert.deepEqual(await said({ ownerId: ' ' }), [400, 'Owner ID is required']);
    const [status, message] = await said({ endpoint: 'http://example.com' });
    assert.equal(status, 400);
    assert.match(String(message), /must start with https/);
  });

  it('uses the stored token for the deployed address', async () => {
    assert.deepEqual(await answer({ token: stored }), accepted);
  });

  it('sends the stored token to no other address, for no other owner and of no other node', async () => {
    const others = [{ endpoint: other.url }, { ownerId: 'another' }, { id: 'node' }, { id: 'nowhere' }];
    for (const values of others) assert.deepEqual(await answer({ token: stored, ...values }), refused);
    assert.deepEqual([await requestCount(sandbox), await requestCount(other)], [0, 0]);
  });

  it('sends a token that was entered for another address to none that is deployed later', async () => {
    await runtime.deploy({ flows: flowOf('sendMail', { endpoint: other.url }).flows });
    const { status, message } = await answer({ token: stored, endpoint: other.url });
    const sentence = 'Token was entered for another address: enter it again in the SendClean account';
    assert.deepEqual([status, message], [400, sentence]);
    assert.equal(await requestCount(other), 0);
  });

  it('uses environment variables as they are deployed', async () => {
    const variables = { ownerId: '${CONNECTION_TEST_OWNER}', endpoint: '${CONNECTION_TEST_ENDPOINT}' };
    await runtime.deploy(flowOf('sendMail', { ...variables, token: '${CONNECTION_TEST_TOKEN}' }));
    for (const token of [stored, account.token])
      assert.deepEqual(await answer({ ...variables, token }), accepted);
    assert.equal(await requestCount(sandbox), 2);
  });

  it('uses the variables of the flow that the account belongs to, and sends them nowhere else', async () => {
    const env = [{ name: 'FLOW_TOKEN', value: account.token, type: 'str' }];
    const { flows, credentials } = flowOf('sendMail', { endpoint: sandbox.url, token: '${FLOW_TOKEN}' });
    const more: Record<string, object> = { tab: { env }, account: { z: 'tab' } };
    await runtime.deploy({
      flows: flows.map((node): FlowNode => ({ ...node, ...more[node.id] })),
      ...(credentials && { credentials }),
    });
    assert.deepEqual(await answer({ token: stored }), accepted);
    assert.deepEqual(await answer({ token: stored, endpoint: other.url }), refused);
    assert.deepEqual(await answer({ token: '${FLOW_TOKEN}', endpoint: other.url }), refused);
    assert.equal(await requestCount(other), 0);
  });

  it('lets nobody without the right to deploy send a variable elsewhere', async () => {
    const owner = '${CONNECTION_TEST_OWNER}';
    const token = '${CONNECTION_TEST_TOKEN}';
    await runtime.deploy(flowOf('sendMail', { ownerId: owner, token, endpoint: sandbox.url }));
    const flows = JSON.stringify(flowOf('sendMail', { endpoint: other.url }).flows);
    assert.equal((await request('flows', flows, 'tester')).status, 401);
    const elsewhere = [
      { ownerId: owner, token: stored, endpoint: other.url },
      { ownerId: owner, token: 'typed', endpoint: other.url },
      { ownerId: owner, token: stored, endpoint: '', domain: 'example.com' },
      { ownerId: 'typed', token: stored },
      { ownerId: 'typed', token, endpoint: other.url },
      { ownerId: owner, token, endpoint: other.url },
      { id: '', ownerId: owner, token, endpoint: other.url },
    ];
    for (const values of elsewhere) assert.deepEqual(await answer(values, 'tester'), refused);
    assert.deepEqual(await answer({ ownerId: owner, token: stored }, 'tester'), accepted);
    assert.deepEqual([await requestCount(sandbox), await requestCount(other)], [1, 0]);
  });

  it('says the same of a variable whether it is set or not, and whether it is the right one or not', async () => {
    await runtime.deploy(flowOf('sendMail', { endpoint: sandbox.url, token: '${CONNECTION_TEST_TOKEN}' }));
    const guesses = ['TOKEN', 'SECRET', 'NOT_SET'].map((name) => `CONNECTION_TEST_${name}`);
    for (const guess of guesses) {
      for (const variable of [`\${${guess}}`, ` \${${guess}}\n`, `$(${guess})`]) {
        for (const name of ['ownerId', 'token', 'domain', 'endpoint'])
          assert.deepEqual(await answer({ [name]: variable }), refused, `${name}: ${variable}`);
        assert.deepEqual(await answer({ token: variable, endpoint: other.url }), refused);
      }
    }
    assert.deepEqual([await requestCount(sandbox), await requestCount(other)], [0, 0]);
  });

  it('names a deployed variable that is not set, and makes no request', async () => {
    const labels = { ownerId: 'Owner ID', token: 'Token', domain: 'App Domain', endpoint: 'Custom Endpoint' };
    const deployed = { endpoint: sandbox.url, domain: '' };
    for (const [name, label] of Object.entries(labels)) {
      const variable = { [name]: '${CONNECTION_TEST_NOT_SET}' };
      await runtime.deploy(flowOf('sendMail', { ...deployed, ...variable }));
      const { status, message } = await answer({ ...deployed, ...variable, token: stored });
      const sentence = `${label} uses the environment variable CONNECTION_TEST_NOT_SET, which is not set`;
      assert.deepEqual([status, message], [400, sentence]);
      assert.deepEqual(await answer({ token: stored, endpoint: other.url }), refused);
    }
    assert.deepEqual([await requestCount(sandbox), await requestCount(other)], [0, 0]);
  });

  it('takes what is entered and deployed without the blanks around it', async () => {
    await runtime.deploy(flowOf('sendMail', { endpoint: `${sandbox.url} `, token: ` ${account.token}\n` }));
    const pasted = { ownerId: ` ${account.owner_id}\n`, endpoint: `\t${sandbox.url} ` };
    for (const token of [stored, `${account.token}\r\n`])
      assert.deepEqual(await answer({ ...pasted, token }), accepted);
  });

  it('refuses a token with a line break within, and does not show it', async () => {
    const { status, message } = await answer({ token: 'half\nother' });
    assert.equal(status, 400);
    assert.match(message ?? '', /^Token must not contain a line break/);
    assert.doesNotMatch(message ?? '', /half|other/);
  });

  it('answers a body that it cannot use with 400 and one sentence', async () => {
    const bodies = ['[]', '{}', JSON.stringify({ id: 1 })];
    for (const body of bodies) {
      const { status, text } = await post(body);
      assert.equal(status, 400, body);
      const { ok, message } = JSON.parse(text) as { ok: boolean; message: string };
      assert.equal(ok, false);
      assert.match(message, /^[^\n<]+$/);
    }
    assert.equal((await answer({ endpoint: undefined })).message, 'endpoint must be a text');
    assert.equal((await answer({ token: ['x'] })).message, 'token must be a text');
  });

  it('leaves JSON that is broken to Node-RED, which answers 400', async () => {
    for (const body of ['{"id": ', 'null', '"text"']) assert.equal((await post(body)).status, 400, body);
  });

  it('takes no form, as pages of other sites can post one', async () => {
    const form = new URLSearchParams({
      id: 'account',
      ownerId: 'a',
      token: stored,
      domain: '',
      endpoint: '',
    });
    const { status } = await post(String(form), 'writer', 'application/x-www-form-urlencoded');
    assert.equal(status, 400);
  });

  it('is closed to those who may not change accounts', async () => {
    for (const user of ['reader', 'stranger']) assert.equal((await post('{}', user)).status, 401);
  });
});
