import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { operations } from '../../shared/generated/operations';
import type { Sandbox } from '../../sandbox/src/server';
import { control, fault, mail, messages } from '../sandbox/client';
import { credentialFor } from '../support/n8nForm';
import { startProxy, type Proxy } from '../support/proxy';
import { account, startSandbox } from '../support/sandbox';
import { prepareN8n, type Execution, type N8n } from './n8n';
import { chain } from './n8nWorkflow';

const [tarball] = globSync(join(import.meta.dirname, '../../build/n8n-nodes-sendclean-*.tgz'));

for (const [version, typeVersion] of [
  ['2', 4.3],
  ['1', 4.2],
] as const) {
  describe(`n8n's HTTP Request with the credential, in n8n ${version}`, () => {
    let sandbox: Sandbox;
    let other: Sandbox;
    let proxy: Proxy;
    let n8n: N8n;
    let execution: Execution;

    /** A request that posts an email, and whose error goes on to the next one. */
    const request = (name: string, url: string, options: object = {}) => ({
      name,
      type: 'n8n-nodes-base.httpRequest',
      typeVersion,
      parameters: {
        method: 'POST',
        url,
        authentication: 'predefinedCredentialType',
        nodeCredentialType: 'sendCleanApi',
        sendBody: true,
        specifyBody: 'json',
        jsonBody: JSON.stringify(mail),
        options,
      },
      credentials: { sendCleanApi: { id: 'sandbox', name: 'sandbox' } },
      onError: 'continueRegularOutput',
    });

    before(async () => {
      sandbox = await startSandbox();
      other = await startSandbox();
      proxy = await startProxy();
      n8n = await prepareN8n({ version, tarball: tarball ?? assert.fail('build/ has no tarball') });
      const data = credentialFor(sandbox.url);
      await n8n.importCredentials([{ id: 'sandbox', name: 'sandbox', type: 'sendCleanApi', data }]);
      const { sendMail, sendTemplate, getMessageInfo } = operations;
      const headers = { location: `${other.url}/v1.0/${sendMail.path}` };
      await fault(sandbox.url, { kind: 'reply', path: sendTemplate.path, status: 307, headers, body: '' });
      await fault(sandbox.url, { kind: 'status', path: getMessageInfo.path, status: 400 });
      const at = ({ url }: Sandbox, { path }: { path: string }) => `${url}/v1.0/${path}`;
      await n8n.importWorkflow(
        chain('requests', [
          request('Own', at(sandbox, sendMail)),
          request('Other', at(other, sendMail)),
          request('Proxy', at(sandbox, sendMail), { proxy: proxy.url }),
          request('Unchecked', at(sandbox, sendMail), { allowUnauthorizedCerts: true }),
          request('Redirect', at(sandbox, sendTemplate)),
          request('Failing', at(sandbox, getMessageInfo)),
        ]),
      );
      execution = await n8n.execute('requests');
    });
    after(async () => {
      n8n?.remove();
      await Promise.all([sandbox?.close(), other?.close(), proxy?.stop()]);
    });

    /** What a request put out, as text. */
    const outputOf = (name: string) =>
      JSON.stringify(execution.data.resultData.runData[name]?.[0]?.data?.main?.[0]);

    const requestCount = async ({ url }: Sandbox) =>
      ((await (await control(url, 'requests')).json()) as { count: number }).count;

    it("sends an email to the account's own address", async () => {
      assert.match(outputOf('Own'), /"status":"success"/);
      assert.equal((await messages(sandbox.url)).length, 1);
    });

    it('refuses another address, a proxy and certificates unchecked in a sentence', () => {
      assert.match(outputOf('Other'), /This SendClean account is for .+ and no other address/);
      assert.match(outputOf('Proxy'), /remove Proxy from the options/);
      assert.match(outputOf('Unchecked'), /remove Ignore SSL Issues from the options/);
    });

    it('sends nothing there, and follows no redirect', async () => {
      assert.match(outputOf('Redirect'), /307/);
      assert.match(outputOf('Failing'), /400/);
      assert.deepEqual([await requestCount(sandbox), await requestCount(other), proxy.requests], [3, 0, []]);
    });

    it('keeps the token out of all that n8n keeps', () => {
      assert.ok(!JSON.stringify(execution.data).includes(account.token));
    });
  });
}
