import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, it } from 'node:test';
import { control, fault } from '../sandbox/client';
import { testCredential } from '../support/n8nCredentialTest';
import type { CredentialData } from '../support/n8nEngine';
import { connected } from '../support/account';
import { credentialFor } from '../support/n8nForm';
import { account } from '../support/sandbox';
import { serviceErrors } from '../support/serviceErrors';
import { useNode } from './harness';

describe('the test of a credential in n8n', () => {
  const { url, inbox } = useNode();

  const test = (changes: CredentialData = {}) => testCredential({ ...credentialFor(url()), ...changes });
  const requestCount = async () =>
    ((await (await control(url(), 'requests')).json()) as { count: number }).count;

  it('is green for the right token, with a request for the account, one for its SMTP users, and no email', async () => {
    const { status, message } = await test();
    assert.equal(status, 'OK');
    assert.match(message, connected);
    assert.equal(await requestCount(), 2);
    assert.deepEqual(await inbox(), []);
  });

  it('is green with blanks and line breaks around what was entered', async () => {
    const { status } = await test({
      ownerId: ` ${account.owner_id}\n`,
      token: `${account.token} `,
      endpoint: ` ${url()}`,
    });
    assert.equal(status, 'OK');
  });

  it('is red with the reason of the service, without the token', async () => {
    const { status, message } = await test({ token: 'wrong-token' });
    assert.equal(status, 'Error');
    assert.match(message, /^SendClean refused the call: Token MissMatch \(Auth.*check owner ID and token/);
    assert.doesNotMatch(message, /wrong-token/);
  });

  for (const { title, status, error } of serviceErrors) {
    it(`is red with the reason of the service in every form: ${title}`, async () => {
      // An account that is refused is refused at once; of other errors two reads must be refused.
      const count = error.name === 'AuthenticationError' ? 1 : 2;
      await fault(url(), { kind: 'error', status, error, count });
      const result = await test();
      assert.equal(result.status, 'Error');
      assert.ok(result.message.includes(error.message ?? ''), result.message);
    });
  }

  it('is red with what is wrong with the settings, and makes no request', async () => {
    const wrong: [changes: CredentialData, sentence: RegExp][] = [
      [{ token: ' ' }, /^Token is required: set it in the SendClean credential$/],
      [{ ownerId: 'a\nb' }, /^Owner ID must not contain a line break/],
      [{ endpoint: '', domain: 'https://sendclean.net/x' }, /^App Domain must be a bare host name/],
      [{ endpoint: 'http://example.com' }, /^Custom Endpoint must start with https/],
    ];
    for (const [changes, sentence] of wrong) {
      const { status, message } = await test(changes);
      assert.equal(status, 'Error');
      assert.match(message, sentence);
    }
    assert.equal(await requestCount(), 0);
  });

  it('is red with the reason where nothing or something else answers', async () => {
    assert.match((await test({ endpoint: 'http://127.0.0.1:1' })).message, /the connection was refused/);
    assert.match(
      (await test({ endpoint: '', domain: 'nowhere.invalid' })).message,
      /the host name (is not known|cannot be looked up now)/,
    );
    await fault(url(), { kind: 'html', count: 2 });
    assert.match((await test()).message, /^SendClean answered with HTTP 502 and a web page/);
    await fault(url(), { kind: 'reply', body: '{"status":"succ', count: 2 });
    const another = /^The address in Custom Endpoint answers, but not as SendClean does \(HTTP 200\)/;
    assert.match((await test()).message, another);
    await fault(url(), { kind: 'reply', body: '{"ok":true}', count: 2 });
    assert.match((await test()).message, another);
  });

  it('sends owner ID and token nowhere else when the address redirects', async () => {
    const location = `${url()}/v1.0/messages/getMessageInfo`;
    const elsewhere = createServer((_request, response) => response.writeHead(307, { location }).end());
    await new Promise((resolve) => elsewhere.listen(0, '127.0.0.1', () => resolve(undefined)));
    const { port } = elsewhere.address() as AddressInfo;
    const { status, message } = await test({ endpoint: `http://127.0.0.1:${port}` });
    elsewhere.close();
    assert.equal(status, 'Error');
    assert.match(message, /redirect \(HTTP 307\)/);
    assert.equal(await requestCount(), 0);
  });
});
