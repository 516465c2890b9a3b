import assert from 'node:assert/strict';
import { once } from 'node:events';
import { globSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Sandbox } from '../../sandbox/src/server';
import type { OperationName } from '../../shared/generated/types';
import { clear, control, fault } from '../sandbox/client';
import { fixtures } from '../support/fixtures';
import type { CredentialData } from '../support/n8nEngine';
import { credentialFor, emailForm, n8nForm } from '../support/n8nForm';
import { connected } from '../support/account';
import { account, startSandbox } from '../support/sandbox';
import { prepareN8n, type N8n, type RunningN8n } from './n8n';
import { setUpOwner, type Rest } from './n8nOwner';
import { assertFilesArrived, chain, filesInOneItem, output, sendClean } from './n8nWorkflow';

const [tarball] = globSync(join(import.meta.dirname, '../../build/n8n-nodes-sendclean-*.tgz'));

describe('the packed node in a real n8n', () => {
  let sandbox: Sandbox;
  let n8n: N8n;
  const credentials: Record<string, CredentialData> = {};
  before(async () => {
    assert.ok(tarball, 'build/ has no tarball');
    sandbox = await startSandbox();
    const right = credentialFor(sandbox.url);
    Object.assign(credentials, {
      sandbox: right,
      wrongToken: { ...right, token: 'wrong-token' },
      wrongDomain: { ...right, endpoint: '', domain: 'nowhere.invalid' },
      notBare: { ...right, endpoint: '', domain: 'https://evil.example/x' },
      unreachable: { ...right, endpoint: 'http://127.0.0.1:1' },
    });
    n8n = await prepareN8n({ tarball, progress: (line) => process.stderr.write(`${line}\n`) });
    await n8n.importCredentials(
      Object.entries(credentials).map(([id, data]) => ({ id, name: id, type: 'sendCleanApi', data })),
    );
  });
  after(async () => {
    n8n.remove();
    await sandbox.close();
  });

  it('runs all four operations, with an attachment and an image from binary data on disk', async () => {
    const { files } = fixtures.sendMail;
    const names: OperationName[] = ['sendMail', 'sendTemplateGet', 'getMessageInfo'];
    const nodes = names.map((name) => sendClean(name, n8nForm(name, fixtures[name]).parameters));
    const template = sendClean('sendTemplate', {
      ...n8nForm('sendTemplate', { ...fixtures.sendTemplate, files: {} }).parameters,
    });
    await n8n.importWorkflow(
      chain('operations', [
        ...filesInOneItem({ ...files.attachments, ...files.images }),
        nodes[0]!,
        template,
        nodes[1]!,
        nodes[2]!,
      ]),
    );
    const execution = await n8n.execute('operations');
    assert.partialDeepStrictEqual(output(execution, 'sendMail'), [
      { status: 'success', xUniqueId: 'order-1042' },
    ]);
    assert.partialDeepStrictEqual(output(execution, 'sendTemplate'), [
      { status: 'success', xUniqueId: 'order-1042' },
    ]);
    assert.partialDeepStrictEqual(output(execution, 'sendTemplateGet'), [
      { status: 'success', xUniqueId: null },
    ]);
    assert.equal(output(execution, 'getMessageInfo').length, 8);

    await assertFilesArrived(sandbox.url, files);
  });

  it('reads what the account has, a call of each resource, and shows no password', async () => {
    const names = [
      'viewUserDetail',
      'listSmtp',
      'listSendingDomain',
      'listTrackingDomain',
      'listWebhook',
    ] as const;
    const nodes = names.map((name) => sendClean(name, n8nForm(name, fixtures[name]).parameters));
    await n8n.importWorkflow(chain('account', nodes));
    const execution = await n8n.execute('account');
    assert.partialDeepStrictEqual(output(execution, 'viewUserDetail'), [{ reputation: '50%' }]);
    const users = output(execution, 'listSmtp').map(({ smtpUserName }) => smtpUserName);
    assert.ok(users.includes(account.smtpUser));
    assert.ok(output(execution, 'listSendingDomain').some(({ domain }) => domain === 'example.com'));
    const url = `${sandbox.url}/_sandbox/smtp-users/${account.smtpUser}/password`;
    const { password } = (await (await fetch(url)).json()) as { password: string };
    assert.ok(!JSON.stringify(execution).includes(password));
  });

  it('ends every failure in a clear sentence, with the fate where it is unknown and the token nowhere', async () => {
    const mail = {
      ...emailForm,
      to: 'b@example.com',
      emailFormat: 'text',
      text: 'Hi',
    };
    const cases: [name: string, credential: string, sentence: RegExp][] = [
      [
        'HTTP 500',
        'sandbox',
        /^SendClean answered with HTTP 500\. It is not known whether the email was sent\./,
      ],
      [
        'HTML',
        'sandbox',
        /^SendClean answered with a web page instead of JSON \(HTTP 200\)\. It is not known whether the email was sent\./,
      ],
      [
        'Broken JSON',
        'sandbox',
        /^SendClean answered with broken JSON \(HTTP 200\)\. It is not known whether the email was sent\./,
      ],
      [
        'Wrong token',
        'wrongToken',
        /^SendClean refused the call: Token MissMatch \(AuthenticationError\): check owner ID and token of the account$/,
      ],
      [
        'Wrong domain',
        'wrongDomain',
        /^SendClean cannot be reached: the host name (is not known|cannot be looked up now); check the network and the app domain of the account$/,
      ],
      [
        'No bare domain',
        'notBare',
        /^App Domain must be a bare host name such as us1-mta1\.sendclean\.net, got "https:\/\/evil\.example\/x"$/,
      ],
      ['No network', 'unreachable', /^SendClean cannot be reached: the connection was refused/],
    ];
    await fault(sandbox.url, { kind: 'reply', status: 500, body: 'Oops' });
    await fault(sandbox.url, { kind: 'reply', status: 200, body: '<!doctype html><html></html>' });
    await fault(sandbox.url, { kind: 'reply', status: 200, body: '{"status":"succ' });
    const settings = { onError: 'continueRegularOutput', executeOnce: true };
    await n8n.importWorkflow(
      chain(
        'failures',
        cases.map(([name, credential]) => ({ ...sendClean(name, mail, credential), ...settings })),
      ),
    );
    const execution = await n8n.execute('failures');
    for (const [name, , sentence] of cases) assert.match(String(output(execution, name)[0]?.error), sentence);
    for (const token of [account.token, 'wrong-token']) assert.ok(!JSON.stringify(execution).includes(token));
  });

  describe('with its editor', () => {
    let running: RunningN8n;
    let rest: Rest;
    before(async () => {
      running = await n8n.start();
      rest = await setUpOwner(running.url);
    });
    after(async () => await running.stop());

    const tests: [credential: string, status: string, message: RegExp][] = [
      ['sandbox', 'OK', connected],
      [
        'wrongToken',
        'Error',
        /^SendClean refused the call: Token MissMatch \(AuthenticationError\): check owner ID and token of the account$/,
      ],
      ['unreachable', 'Error', /^SendClean cannot be reached: the connection was refused/],
      [
        'wrongDomain',
        'Error',
        /^SendClean cannot be reached: the host name (is not known|cannot be looked up now)/,
      ],
      ['notBare', 'Error', /^App Domain must be a bare host name/],
    ];
    /** Tests a new credential as n8n's editor does. */
    async function testCredential(name: string, data: unknown): Promise<{ status: string; message: string }> {
      const credential = { name, type: 'sendCleanApi', data };
      const made = (await rest('POST', 'credentials', credential)) as { id: string };
      const credentials = { ...credential, id: made.id };
      return (await rest('POST', 'credentials/test', { credentials })) as { status: string; message: string };
    }

    for (const [name, status, message] of tests) {
      it(`answers ${status} when the credential “${name}” is tested`, async () => {
        const data = await testCredential(name, credentials[name]);
        assert.equal(data.status, status);
        assert.match(data.message, message);
      });
    }

    it('sends owner ID and token to no other host when the tested one redirects', async () => {
      await clear(sandbox.url, 'requests');
      const location = `${sandbox.url}/v1.0/messages/getMessageInfo`;
      const elsewhere = createServer((_request, response) => response.writeHead(307, { location }).end());
      elsewhere.listen(0, '127.0.0.1');
      await once(elsewhere, 'listening');
      const endpoint = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`;
      const { status } = await testCredential('redirected', { ...credentials.sandbox, endpoint });
      elsewhere.close();
      assert.equal(status, 'Error');
      assert.equal(((await (await control(sandbox.url, 'requests')).json()) as { count: number }).count, 0);
    });
  });
});
