import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { INodeType, IRequestOptions } from 'n8n-workflow';
import type { Sandbox } from '../../sandbox/src/server';
import { operations } from '../../shared/generated/operations';
import { clear, control, mail, message } from '../sandbox/client';
import { startProxy, type Proxy } from '../support/proxy';
import { account, startSandbox } from '../support/sandbox';
import { credentialFor } from '../support/n8nForm';
import { runNode } from '../support/n8nEngine';
import { useNode } from './harness';

/** What n8n's HTTP Request asks of its helper, and what a person adds in its form. */
type Entered = IRequestOptions & Record<string, unknown>;

/** A node that makes a request as n8n's HTTP Request does with a predefined credential type. */
function httpRequest(entered: Entered): INodeType {
  return {
    description: {
      displayName: 'HTTP Request',
      name: 'httpRequest',
      group: ['output'],
      version: 1,
      description: 'Makes a request',
      defaults: {},
      inputs: ['main'],
      outputs: ['main'],
      properties: [],
      credentials: [{ name: 'sendCleanApi', required: true }],
    },
    async execute() {
      const options = {
        headers: {},
        method: 'GET',
        gzip: true,
        rejectUnauthorized: true,
        followRedirect: true,
        followAllRedirects: true,
        resolveWithFullResponse: true,
        json: true,
        ...entered,
      };
      const { helpers } = this;
      const response: unknown = await helpers.requestWithAuthentication.call(
        this,
        'sendCleanApi',
        options as IRequestOptions,
      );
      const { body } = response as { body: object };
      return [[{ json: { body } }]];
    },
  };
}

describe("the credential in n8n's HTTP Request", () => {
  const { url, inbox } = useNode();
  let other: Sandbox;
  let proxy: Proxy;
  before(async () => {
    other = await startSandbox();
    proxy = await startProxy();
  });
  after(async () => {
    await other.close();
    await proxy.stop();
  });
  beforeEach(async () => {
    await clear(other.url, 'requests');
    proxy.requests.length = 0;
  });

  const run = (entered: Entered) =>
    runNode({ parameters: {}, credential: credentialFor(url()), type: httpRequest(entered) });
  const post = (body: unknown, more: Entered = {}) =>
    run({ method: 'POST', uri: `${url()}/v1.0/messages/sendMail`, body, ...more });
  const requestCount = async (at: string) =>
    ((await (await control(at, 'requests')).json()) as { count: number }).count;

  /** The sentence that a request is refused with, which goes nowhere. */
  async function refusal(entered: Entered): Promise<string> {
    const { error, record } = await run(entered);
    assert.ok(!record.includes(account.token));
    assert.deepEqual([await requestCount(url()), await requestCount(other.url), proxy.requests], [0, 0, []]);
    return error?.message ?? assert.fail('the request was made');
  }

  for (const [title, body] of Object.entries({ 'an object': mail, text: JSON.stringify(mail) })) {
    it(`sends to the account's own address: a body that is ${title}`, async () => {
      const { outputs, error } = await post(body, { headers: { 'content-type': 'text/plain' } });
      assert.equal(error, undefined);
      assert.equal((outputs[0]?.[0]?.json.body as { status: string }).status, 'success');
      const [sent] = await inbox();
      const { request } = await message(url(), sent?.id ?? 0);
      assert.partialDeepStrictEqual(request, mail);
    });
  }

  it("sends a GET to the account's own address, with all that its query has", async () => {
    const qs = {
      smtp_user_name: account.smtpUser,
      template_id: account.template,
      from_email: 'a@example.com',
      to: 'b@example.com',
      subject: 'Hi',
    };
    const { outputs, error } = await run({ uri: `${url()}/v1.0/${operations.sendTemplateGet.path}`, qs });
    assert.equal(error, undefined);
    assert.equal((outputs[0]?.[0]?.json.body as { status: string }).status, 'success');
    assert.equal((await inbox()).length, 1);
  });

  it('sends nothing to another address', async () => {
    for (const uri of [
      `${other.url}/v1.0/messages/sendMail`,
      `${url()}/v2/x`,
      `${url()}/v1.0/../x`,
      `http://user@${new URL(url()).host}/v1.0/x`,
    ])
      assert.match(
        await refusal({ uri }),
        /^This SendClean account is for http:\/\/127\.0\.0\.1:\d+\/v1\.0\/ and no other address$/,
      );
    const both = { url: `${other.url}/v1.0/x`, uri: `${url()}/v1.0/messages/sendMail` };
    assert.match(await refusal(both), /no other address$/);
  });

  it('goes through no proxy of the request', async () => {
    const uri = `${url()}/v1.0/messages/sendMail`;
    const { hostname, port } = new URL(proxy.url);
    for (const setting of [proxy.url, { host: hostname, port: Number(port) }])
      assert.match(
        await refusal({ uri, proxy: setting }),
        /through no proxy of its own: remove Proxy from the options/,
      );
  });

  it('checks the certificate', async () => {
    const uri = `${url()}/v1.0/messages/sendMail`;
    const off: Entered[] = [
      { rejectUnauthorized: false },
      { strictSSL: false },
      { skipSslCertificateValidation: true },
      { insecure: true },
    ];
    for (const setting of off)
      assert.match(
        await refusal({ uri, ...setting }),
        /only if the certificate is valid: remove Ignore SSL Issues/,
      );
  });

  it('uses no agent and no certificate of the request', async () => {
    const uri = `${url()}/v1.0/messages/sendMail`;
    for (const setting of [
      { agentOptions: { ca: 'x' } },
      { agent: {} },
      { httpAgent: {} },
      { httpsAgent: {} },
    ] as Entered[])
      assert.match(await refusal({ uri, ...setting }), /turn SSL Certificates off, and use no agent$/);
  });

  it('is not sent with a body that is no JSON object', async () => {
    const sent: Entered[] = [
      { form: { a: '1' } },
      { formData: { a: '1' } },
      { body: 'text' },
      { body: '[1]' },
      { body: [1] },
      { body: Buffer.from('{}') },
      { body: new URLSearchParams({ a: '1' }) },
    ];
    const uri = `${url()}/v1.0/messages/sendMail`;
    for (const one of sent)
      assert.match(await refusal({ method: 'POST', uri, ...one }), /set Body Content Type to JSON$/);
  });

  it('follows no redirect', async () => {
    await control(url(), 'faults', {
      kind: 'reply',
      status: 307,
      headers: { location: `${other.url}/v1.0/x` },
      body: '',
      count: null,
    });
    for (const method of ['GET', 'POST'] as const) {
      const { error, record } = await run({ method, uri: `${url()}/v1.0/messages/sendMail` });
      assert.match(error?.message ?? '', /302|307/);
      assert.ok(!record.includes(account.token), record);
    }
    assert.equal(await requestCount(other.url), 0);
  });

  it('leaves the token out of the error of a request that fails', async () => {
    for (const status of [400, 500]) {
      await control(url(), 'faults', { kind: 'status', status, count: null });
      for (const onError of ['stopWorkflow', 'continueRegularOutput'] as const) {
        const type = httpRequest({ method: 'POST', uri: `${url()}/v1.0/messages/sendMail`, body: mail });
        const { record } = await runNode({
          parameters: {},
          credential: credentialFor(url()),
          type,
          settings: { onError },
        });
        assert.ok(!record.includes(account.token), record);
      }
    }
  });
});
