import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { control, fault, messages } from '../sandbox/client';
import { runNode, type CredentialData, type NodeOutcome, type NodeRun } from '../support/n8nEngine';
import { credentialFor, emailForm } from '../support/n8nForm';
import { recordBefore } from '../support/recorder';
import { account } from '../support/sandbox';
import { useSandbox } from './harness';

const mail = {
  ...emailForm,
  emailFormat: 'text',
  text: 'Hi',
  options: { xUniqueId: 'order-7' },
};
const unknownFate =
  'It is not known whether the email was sent. Look for X-Unique-Id “order-7” with Get Message Info before you send it again.';
const notSent = 'Nothing was sent, so it is safe to run this again.';
const correctIt = 'Nothing was sent. Correct this, then run it again.';

describe('errors of the n8n node', () => {
  const sandbox = useSandbox();

  async function run(changes: Partial<NodeRun> & { credential?: CredentialData } = {}): Promise<NodeOutcome> {
    const credential = { ...credentialFor(sandbox().url), ...changes.credential };
    const outcome = await runNode({ parameters: mail, ...changes, credential });
    assert.ok(!outcome.record.includes(credential.token ?? ''), 'the token stands in the execution record');
    return outcome;
  }

  function assertError({ error }: NodeOutcome, name: string, message: string, description: string): void {
    assert.deepEqual(
      {
        name: error?.name,
        message: error?.message,
        description: (error as { description?: unknown }).description,
      },
      { name, message, description },
    );
  }

  const requests = async () =>
    ((await (await control(sandbox().url, 'requests')).json()) as { count: number }).count;

  it('says that the token is wrong', async () => {
    const message =
      'SendClean refused the call: Token MissMatch (AuthenticationError): check owner ID and token of the account';
    const advice = 'Nothing was sent. Correct owner ID and token of the account, then run it again.';
    assertError(await run({ credential: { token: 'wrong-token' } }), 'NodeApiError', message, advice);
  });

  it('says that the app domain is none, before anything is sent', async () => {
    const message =
      'App Domain must be a bare host name such as us1-mta1.sendclean.net, got "https://evil.example/x"';
    const credential = { endpoint: '', domain: 'https://evil.example/x' };
    assertError(await run({ credential }), 'NodeOperationError', message, correctIt);
  });

  it('says that there is no such host', async () => {
    const { error } = await run({ credential: { endpoint: '', domain: 'nowhere.invalid' } });
    assert.match(
      String(error?.message),
      /^SendClean cannot be reached: the host name (is not known|cannot be looked up now)/,
    );
  });

  it('says that nothing listens there', async () => {
    const message =
      'SendClean cannot be reached: the connection was refused; check the network and the app domain of the account';
    assertError(
      await run({ credential: { endpoint: 'http://127.0.0.1:1' } }),
      'NodeApiError',
      message,
      notSent,
    );
  });

  const responses: [title: string, fault: object, message: string][] = [
    ['HTTP 500', { kind: 'status', status: 500 }, 'SendClean refused the call: '],
    ['a web page', { kind: 'html' }, 'SendClean answered with '],
    ['broken JSON', { kind: 'brokenJson' }, 'SendClean answered with broken JSON (HTTP 200)'],
    ['an empty response', { kind: 'empty' }, 'SendClean answered with an empty response (HTTP 200)'],
    [
      'a broken connection',
      { kind: 'resetAfter' },
      'SendClean cannot be reached: the connection broke before an answer came',
    ],
  ];
  for (const [title, description, start] of responses) {
    it(`says that ${title} came, that the fate of the email is unknown, and sends it no second time`, async () => {
      await fault(sandbox().url, description);
      const outcome = await run();
      assert.equal(outcome.error?.message.slice(0, start.length), start);
      assertError(outcome, 'NodeApiError', outcome.error?.message ?? '', unknownFate);
      assert.equal(await requests(), 1);
    });
  }

  it('sends neither email nor account to another host by a redirect', async (test) => {
    const other = await recordBefore(sandbox().url);
    test.after(() => other.close());
    const headers = { location: `${other.url}/v1.0/messages/sendMail` };
    for (const operation of ['sendMail', 'sendTemplateGet', 'getMessageInfo']) {
      for (const status of [302, 307, 308]) {
        await fault(sandbox().url, { kind: 'reply', status, body: '', headers });
        const { error } = await run({ parameters: { ...mail, operation, templateId: 'a', xUniqueId: 'b' } });
        assert.match(String(error?.message), /redirect \(HTTP 30\d\), which is not followed/);
      }
    }
    assert.deepEqual(other.take(), []);
  });

  it('keeps the token out of the error when the service repeats it', async () => {
    const body = { status: 'error', name: 'GeneralError', message: `No user for ${account.token}` };
    await fault(sandbox().url, { kind: 'reply', body });
    const { error } = await run();
    assert.equal(error?.message, 'SendClean refused the call: No user for *** (GeneralError)');
  });

  it('notices a service that answers the same page for ever', async () => {
    const body = {
      status: 'success',
      message_data: Array.from({ length: 100 }, () => ({ email: 'a@b.co' })),
    };
    await fault(sandbox().url, { kind: 'reply', body, count: null });
    const { error } = await run({
      parameters: { operation: 'getMessageInfo', xUniqueId: 'a', returnAll: true },
    });
    assert.match(String(error?.message), /page 2 with the records of an earlier page/);
    // Pages 2 and 3 are asked for together.
    assert.equal(await requests(), 3);
  });

  it('names the item, the field and what the item has when a binary field is missing', async () => {
    const parameters = { ...mail, attachments: 'invoice' };
    const binary = { invoice: { bytes: Buffer.from('a') }, logo: { bytes: Buffer.from('b') } };
    const items = [{ binary }, { binary: { logo: binary.logo } }];
    const message =
      'Attachments names the binary field "invoice", which this item does not have: it has "logo"';
    assertError(await run({ parameters, items }), 'NodeOperationError', message, correctIt);
    assert.equal(await requests(), 0);
  });

  describe('with a bad item among good ones', () => {
    const items = ['one@example.com', 'bob@', 'three@example.com'].map((to) => ({ json: { to } }));
    const parameters = { ...mail, to: '={{ $json.to }}', options: {} };
    const message = 'To, first recipient must be an email address, got "bob@"';

    it('sends nothing and stops', async () => {
      assertError(await run({ items, parameters }), 'NodeOperationError', message, correctIt);
      assert.equal(await requests(), 0);
    });

    it('sends the good ones and passes the bad one on when it is to continue', async () => {
      const { outputs } = await run({ items, parameters, settings: { onError: 'continueRegularOutput' } });
      assert.deepEqual(
        outputs[0]?.map(({ json }) => json.error),
        [undefined, message, undefined],
      );
      assert.deepEqual(
        outputs[0]?.map(({ pairedItem }) => pairedItem),
        [{ item: 0 }, { item: 1 }, { item: 2 }],
      );
      assert.equal((await messages(sandbox().url)).length, 2);
    });

    it('puts the bad one on the error output and repeats no email on Retry On Fail', async () => {
      const settings = {
        onError: 'continueErrorOutput' as const,
        retryOnFail: true,
        maxTries: 3,
        waitBetweenTries: 0,
      };
      const { outputs } = await run({ items, parameters, settings });
      assert.deepEqual(
        outputs.map((output) => output.length),
        [2, 1],
      );
      assert.equal(outputs[1]?.[0]?.json.error, message);
      assert.deepEqual(outputs[1]?.[0]?.pairedItem, { item: 1 });
      assert.equal((await messages(sandbox().url)).length, 2);
    });
  });
});
