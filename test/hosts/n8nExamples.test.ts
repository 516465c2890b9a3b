import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Sandbox } from '../../sandbox/src/server';
import { operations } from '../../shared/generated/operations';
import { clear, fault, message, messages } from '../sandbox/client';
import { credentialFor } from '../support/n8nForm';
import { useCredentialStore } from '../support/credentialStore';
import { setDns } from '../sandbox/settingsClient';
import { startChatModel, type ChatModel } from '../support/chatModel';
import { startSandbox } from '../support/sandbox';
import { prepareN8n, type N8n, type N8nWorkflow } from './n8n';
import { eventFiles, files, isEventTrigger, read, type ExampleNode } from './n8nExampleFiles';
import { expectations, type Expectation } from './n8nExpectations';
import { output } from './n8nWorkflow';

const [tarball] = globSync(join(import.meta.dirname, '../../build/n8n-nodes-sendclean-*.tgz'));
/** Those that are run once; the others have a test of their own, `n8nEventExamples.test.ts`. */
const onceRun = files.filter((file) => !eventFiles.includes(file));

const bounced = { subject: 'Your password was changed', email: 'jane@example.com', status: 'hard_bounce' };

/** As it is after its import, with the credential picked, and its credential store; it waits for one second only. */
function imported(file: string, store: string): N8nWorkflow {
  const example = read(file);
  const nodes = example.nodes.map((node) => ({
    ...node,
    ...(node.credentials && { credentials: picked(node.credentials) }),
    ...(node.type === 'n8n-nodes-base.httpRequest' && {
      parameters: { ...node.parameters, url: addressOf(node).replace('http://127.0.0.1:8200', store) },
    }),
    ...(node.type === 'n8n-nodes-base.wait' && { parameters: { amount: 1, unit: 'seconds' } }),
  }));
  return { ...example, id: file, nodes };
}

function addressOf({ parameters }: ExampleNode): string {
  return (parameters as { url: string }).url;
}

/** The credential of each kind that the test has imported. */
function picked(credentials: object): object {
  const ids = { sendCleanApi: 'sandbox', openAiApi: 'model', httpHeaderAuth: 'vault' };
  const entries = Object.entries(credentials as Record<keyof typeof ids, { name: string }>);
  return Object.fromEntries(
    entries.map(([type, { name }]) => [type, { id: ids[type as keyof typeof ids], name }]),
  );
}

/** Compares what is expected of each; what else each has does not matter. */
function assertEach(actual: readonly object[], expected: readonly object[], what: string): void {
  const compared = actual.map((one, index) => {
    const entries = Object.entries(one).filter(([name]) => Object.hasOwn(expected[index] ?? {}, name));
    return Object.fromEntries(entries);
  });
  assert.deepEqual({ [what]: compared }, { [what]: expected });
}

describe('the example workflows for n8n', () => {
  it('are all run by this test, but those that start with events', () => {
    assert.deepEqual(Object.keys(expectations).sort(), onceRun.sort());
  });

  it('have IDs of nodes that no two of them share', () => {
    const ids = files.flatMap((file) => read(file).nodes.map(({ id }) => id));
    const shared = ids.filter((id, index) => ids.indexOf(id) !== index);
    assert.deepEqual(shared, []);
  });

  it('leave it to n8n to give each trigger an address that nobody knows', () => {
    const triggers = files.flatMap((file) => read(file).nodes.filter(isEventTrigger));
    assert.deepEqual(
      triggers.map(({ webhookId }) => webhookId),
      eventFiles.map(() => undefined),
    );
  });

  it('use only nodes of n8n and of this package, name the credential, and say what they do', () => {
    for (const file of files) {
      const { nodes } = read(file);
      const types = nodes.map(({ type }) => type);
      assert.ok(types.includes('n8n-nodes-base.stickyNote'), `${file} has no sticky note`);
      assert.ok(
        types.some((type) => /^n8n-nodes-sendclean\.sendClean(Tool)?$/.test(type)),
        `${file} has no SendClean node`,
      );
      for (const { name, type, credentials } of nodes) {
        assert.match(
          type,
          /^(n8n-nodes-(base\.|sendclean\.sendClean(Tool|Trigger)?$)|@n8n\/n8n-nodes-langchain\.)/,
          `${file}: ${name}`,
        );
        const own = type.startsWith('n8n-nodes-sendclean.')
          ? { sendCleanApi: { id: null, name: 'SendClean account' } }
          : type.endsWith('.httpRequest')
            ? { httpHeaderAuth: { id: null, name: 'Vault token' } }
            : type.endsWith('.lmChatOpenAi')
              ? { openAiApi: { id: null, name: 'OpenAI account' } }
              : undefined;
        assert.deepEqual(credentials, own, file);
      }
    }
  });

  describe('in a real n8n', () => {
    let sandbox: Sandbox;
    let n8n: N8n;
    let model: ChatModel;
    const store = useCredentialStore();
    before(async () => {
      assert.ok(tarball, 'build/ has no tarball');
      sandbox = await startSandbox();
      n8n = await prepareN8n({ tarball, progress: (line) => process.stderr.write(`${line}\n`) });
      const data = credentialFor(sandbox.url);
      await n8n.importCredentials([{ id: 'sandbox', name: 'SendClean account', type: 'sendCleanApi', data }]);
      model = await startChatModel({
        To: 'Jane Doe <jane@example.com>',
        Subject: 'Your order 1042 is ready',
        Markdown: 'Your order **1042** is ready from Monday.',
      });
      const openAi = { apiKey: 'key-of-nobody', url: model.url };
      await n8n.importCredentials([{ id: 'model', name: 'OpenAI account', type: 'openAiApi', data: openAi }]);
      const header = { name: 'X-Vault-Token', value: 'of-the-store' };
      await n8n.importCredentials([
        { id: 'vault', name: 'Vault token', type: 'httpHeaderAuth', data: header },
      ]);
      for (const file of onceRun) await n8n.importWorkflow(imported(file, store.url()));
    });
    after(async () => {
      n8n?.remove();
      await model?.close();
      await sandbox?.close();
    });
    beforeEach(async () => {
      await clear(sandbox.url, 'messages', 'faults');
    });

    /** Checks that a workflow succeeds, sends these emails, and puts this out. */
    async function assertRuns(
      file: string,
      { status = 'success', mails, output: items = {} }: Expectation,
    ): Promise<void> {
      const execution = await n8n.execute(file);
      assert.equal(execution.status, status, JSON.stringify(execution.data.resultData.error?.message));
      const arrived = (await messages(sandbox.url)).map(({ id }) => message(sandbox.url, id));
      assertEach(await Promise.all(arrived), mails, 'emails');
      for (const [node, expected] of Object.entries(items))
        assertEach(output(execution, node), expected, node);
    }

    for (const [file, expectation] of Object.entries(expectations)) {
      it(`${file} runs, and its emails arrive`, async () => await assertRuns(file, expectation));
    }

    it('domain-check-every-morning tells the team of a domain whose DNS is wrong', async () => {
      await setDns(sandbox.url, 'example.com', { dkim: false });
      const subject = 'Sending domain example.com needs attention';
      await assertRuns('domain-check-every-morning', { mails: [{ subject }] });
    });

    it('smtp-user-for-a-customer hands the password to the store and puts it out nowhere else', async () => {
      store.taken.length = 0;
      const execution = await n8n.execute('smtp-user-for-a-customer');
      const [{ url, token, data } = assert.fail('nothing was stored')] = store.taken;
      assert.deepEqual([url, token], ['/v1/secret/data/smtp/customer-1042', 'of-the-store']);
      const [user = {}] = output(execution, 'Without the Password');
      assert.deepEqual(user, { customer: 'customer-1042', smtpUser: data.smtpUser });
    });

    it('error-branch sets an email aside of which it is not known whether it was sent', async () => {
      await fault(sandbox.url, { kind: 'resetAfter' });
      await assertRuns('error-branch', {
        mails: [{ subject: 'Your parcel is on its way' }],
        output: { 'Perhaps Sent': [{ customer: 'Jane Doe', email: 'jane@example.com' }], Sent: [] },
      });
    });

    for (const [what, record, about, text] of [
      ['has bounced', bounced, bounced.subject, /^Recipient: jane@example\.com\nStatus: hard_bounce\n/],
      ['is not found', undefined, 'an email', /^Recipient: unknown\nStatus: not found\nX-Unique-ID: \S+$/],
    ] as const) {
      it(`delivery-check-after-an-hour tells the team of an email that ${what}`, async () => {
        const body = { status: 'success', message_data: record ? [record] : [] };
        await fault(sandbox.url, { kind: 'reply', path: operations.getMessageInfo.path, status: 200, body });
        const alert = {
          recipients: [{ email: 'support@example.com', type: 'to' }],
          subject: `Not delivered: ${about}`,
        };
        await assertRuns('delivery-check-after-an-hour', {
          mails: [{ subject: bounced.subject }, alert],
          output: { 'Note Delivery': [] },
        });
        const [, alarm] = await messages(sandbox.url);
        assert.match(String((await message(sandbox.url, alarm?.id ?? 0)).text), text);
      });
    }
  });
});
