import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Sandbox } from '../../sandbox/src/server';
import type { OperationName } from '../../shared/generated/types';
import type { FormValues } from '../../shared/model';
import { fault, messages } from '../sandbox/client';
import { startReceiver, type Receiver } from '../sandbox/receiver';
import { removeEngine, runNode } from '../support/n8nEngine';
import { credentialFor, n8nForm } from '../support/n8nForm';
import { startRuntime, type Runtime } from '../support/nodeRed';
import { flowOf, ids } from '../support/nodeRedFlow';
import { nodeRedForm } from '../support/nodeRedForm';
import { startSandbox } from '../support/sandbox';

/** Settings of a read beside its fields. */
type More = Record<string, boolean>;

/** What a call gave: its records, or the sentence of its error. */
interface Came {
  records: Record<string, unknown>[];
  error?: string;
}

type Host = (name: OperationName, values?: FormValues, more?: More) => Promise<Came>;

describe('the account, read and changed', () => {
  let sandbox: Sandbox;
  let receiver: Receiver;
  let runtime: Runtime;
  before(async () => {
    receiver = await startReceiver();
    runtime = await startRuntime({ flows: [] });
  });
  after(async () => {
    await runtime.stop();
    await removeEngine();
    receiver.close();
  });

  const inN8n: Host = async (name, values = {}, more = {}) => {
    const form = n8nForm(name, { values, files: {} });
    const parameters = { ...form.parameters, ...more };
    const { outputs, error } = await runNode({ ...form, parameters, credential: credentialFor(sandbox.url) });
    const records = (outputs?.[0] ?? []).map(({ json }) => json as Record<string, unknown>);
    return { records, ...(error && { error: `${error.message}. ${error.description ?? ''}` }) };
  };

  const inNodeRed: Host = async (name, values = {}, more = {}) => {
    const { inputs, msg } = nodeRedForm(name, { values, files: {} });
    const { flows, credentials = {} } = flowOf(name, { endpoint: sandbox.url }, inputs);
    await runtime.deploy({
      flows: flows.map((one) => (one.id === ids.node ? { ...one, ...more } : one)),
      credentials,
    });
    runtime.send(ids.node, msg);
    const { payload, error } = await Promise.race([runtime.next(ids.out), runtime.next(ids.caught)]);
    if (error) return { records: [], error: (error as { message: string }).message };
    return { records: [payload].flat() as Record<string, unknown>[] };
  };

  for (const [host, call] of [
    ['n8n', inN8n],
    ['Node-RED', inNodeRed],
  ] as const) {
    describe(`in ${host}`, () => {
      before(async () => void (sandbox = await startSandbox()));
      after(async () => await sandbox.close());

      const one = async (...asked: Parameters<Host>) => {
        const { records, error } = await call(...asked);
        assert.equal(error, undefined);
        return records[0] ?? assert.fail('no record');
      };
      const userNamed = async (name: unknown, more: More = {}) => {
        const key = more.simplify === false ? 'smtp_user_name' : 'smtpUserName';
        const { records } = await call('listSmtp', {}, more);
        return records.find((record) => record[key] === name) ?? assert.fail('the user is not there');
      };

      it('gives the account as an object of its own', async () => {
        const { createdAt, ...account } = await one('viewUserDetail');
        assert.match(String(createdAt), /^\d{4}-\d\d-\d\dT/);
        assert.partialDeepStrictEqual(account, { name: 'Sandbox', reputation: '50%', allowedSpeed: 300 });
      });

      it('shows the password of an SMTP user to who makes it, and else only when asked', async () => {
        const { smtp_user_name: smtpUserName, smtp_password: password } = await one('addSmtp', {
          totalLimit: 200,
          hourlyLimit: 20,
        });
        const shown = { smtpUserName, status: 'Enable', totalLimit: 200, hourlyLimit: 20 };
        assert.deepEqual(await userNamed(smtpUserName), shown);
        const raw = await userNamed(smtpUserName, { simplify: false, includeSecrets: true });
        assert.equal(raw.password, password);
        assert.ok(!('password' in (await userNamed(smtpUserName, { simplify: false }))));
        await one('editSmtp', { smtpUserName, status: 'Disable' });
        assert.equal((await userNamed(smtpUserName)).status, 'Disable');
        const { smtp_password: other } = await one('resetSmtpPassword', { smtpUserName });
        assert.notEqual(other, password);
      });

      it('adds, checks, verifies and deletes a sending domain', async () => {
        const values = { domain: 'new.example.com' };
        assert.equal((await one('addSendingDomain', values)).message, 'Sending Domain Added');
        const { createdAt, ...listed } = (await call('listSendingDomain')).records.at(-1) ?? {};
        const unchecked = { verified: false, dkimValid: false, spfValid: false };
        assert.deepEqual(listed, { ...values, ...unchecked });
        assert.match(String(createdAt), /^20\d\d-/);
        const checked = { signingValid: false, dkimValid: false, spfValid: false };
        assert.deepEqual(await one('checkSendingDomain', values), { ...values, ...checked });
        await one('verifySendingDomain', { ...values, mailbox: 'jane' });
        const [mail] = await messages(sandbox.url);
        assert.equal(mail?.recipients[0]?.email, 'jane@new.example.com');
        await one('deleteSendingDomain', values);
        const domains = (await call('listSendingDomain')).records.map(({ domain }) => domain);
        assert.ok(!domains.includes(values.domain));
      });

      it('adds, checks and deletes a tracking domain', async () => {
        const values = { domain: 'links.example.com' };
        await one('addTrackingDomain', values);
        const checked = { ...values, trackingValid: false, cnameValid: false };
        assert.deepEqual(await one('checkTrackingDomain', values), checked);
        assert.equal((await call('listTrackingDomain')).records.length, 2);
        await one('deleteTrackingDomain', values);
        assert.equal((await call('listTrackingDomain')).records.length, 1);
      });

      it('adds, finds, edits and deletes a webhook, and gives its key when it is made anew', async () => {
        const { url } = receiver;
        await one('addWebhook', { url, event: ['hard_bounce', 'spam'], description: 'Bounces' });
        const { webhookId, ...listed } = await one('listWebhook');
        assert.partialDeepStrictEqual(listed, { url, events: 'hard_bounce,spam', description: 'Bounces' });
        assert.ok(!('key' in listed));
        await one('editWebhook', { webhookId, url, event: 'open, click' });
        const info = await one('getWebhookInfo', { webhookId });
        assert.partialDeepStrictEqual(info, { webhookId, events: 'open,click', totalEvents: 0 });
        const { key } = await one('keyResetWebhook', { webhookId });
        assert.equal((await one('listWebhook', {}, { includeSecrets: true })).key, key);
        await one('deleteWebhook', { webhookId });
        assert.deepEqual((await call('listWebhook')).records, []);
      });

      it('refuses what the service would, before any request, by the label of the field', async () => {
        const wrong: [OperationName, FormValues, RegExp][] = [
          ['addSendingDomain', { domain: 'https://example.com' }, /^Domain must be a bare domain name/],
          ['addSendingDomain', { domain: 'example.com:25' }, /^Domain must be a bare domain name/],
          ['addTrackingDomain', { domain: 'ex ample.com' }, /^Domain must be a bare domain name/],
          ['verifySendingDomain', { domain: 'example.com', mailbox: 'a@b' }, /^Mailbox must be the part/],
          [
            'addSmtp',
            { totalLimit: 0, hourlyLimit: -1 },
            /^Total Limit must be >= 1.*Hourly Limit must be >= 1/,
          ],
          ['addSmtp', { totalLimit: 'many', hourlyLimit: 1 }, /^Total Limit must be a whole number/],
          [
            'addWebhook',
            { url: 'ftp://example.com', event: 'open' },
            /^URL must be an http or https address/,
          ],
          ['addWebhook', { url: 'https://example.com', event: 'opened' }, /^Events must be a list/],
          [
            'editSmtp',
            { smtpUserName: 'smtp-sandbox' },
            /^Total Limit or Hourly Limit or Status is required/,
          ],
          ['getWebhookInfo', { webhookId: { id: '1' } }, /^Webhook must be text/],
        ];
        for (const [name, values, sentence] of wrong) {
          const { error = '' } = await call(name, values);
          assert.match(error, sentence, name);
        }
      });

      it('says whether a change was made where the service gives no answer', async () => {
        const values = { totalLimit: 5, hourlyLimit: 5 };
        await fault(sandbox.url, { kind: 'resetAfter', path: 'settings/addSmtp' });
        const lost = 'It is not known whether the change was made. Look with List SMTP Users';
        assert.ok((await call('addSmtp', values)).error?.includes(lost));
        const users = (await call('listSmtp')).records.filter(({ totalLimit }) => totalLimit === 5);
        assert.equal(users.length, 1, 'the change is not made a second time');
        await fault(sandbox.url, {
          kind: 'error',
          path: 'settings/addSmtp',
          error: { name: 'ValidationError' },
        });
        assert.match((await call('addSmtp', values)).error ?? '', /Nothing was changed/);
      });

      it('says so where a list call answers something else, without a password of it', async () => {
        const body = { status: 'success', one: [{ password: 'hidden' }], two: [] };
        await fault(sandbox.url, {
          kind: 'reply',
          path: 'settings/listSmtp',
          status: 200,
          body,
          count: null,
        });
        const { error = '' } = await call('listSmtp');
        assert.match(error, /^SendClean's response cannot be read: smtp_list must be a list/);
        assert.doesNotMatch(error, /hidden/);
      });
    });
  }
});
