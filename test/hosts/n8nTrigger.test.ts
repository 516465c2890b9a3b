/** SendClean Trigger in an installed n8n, with the sandbox that reports what happens to emails. */
import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import { handshake } from '../../shared/events/readEvents';
import type { Sandbox } from '../../sandbox/src/server';
import { call, clear, control, fault, mailUnder, until } from '../sandbox/client';
import { callAt } from '../sandbox/settingsClient';
import { credentialFor } from '../support/n8nForm';
import { startSandbox } from '../support/sandbox';
import { prepareN8n, type N8n, type RunningN8n } from './n8n';
import { setUpOwner, signIn, type Rest } from './n8nOwner';
import { chain } from './n8nWorkflow';
import { freePort } from './process';
import { publishing } from './queueStand';
import {
  burstNumbers,
  end,
  eventually,
  lastFault,
  executionsOf,
  trigger,
  waitingFor,
  webhooksOf,
} from './triggering';

const [tarball] = globSync(join(import.meta.dirname, '../../build/n8n-nodes-sendclean-*.tgz'));

describe('SendClean Trigger in a real n8n', () => {
  let sandbox: Sandbox;
  let n8n: N8n;
  let running: RunningN8n;
  let rest: Rest;
  let credential: string;
  let hands: ReturnType<typeof publishing>;
  const published: string[] = [];
  before(async () => {
    assert.ok(tarball, 'build/ has no tarball');
    sandbox = await startSandbox();
    // The URL of a webhook has the port, which must be the same after a restart.
    n8n = await prepareN8n({ tarball, env: { N8N_PORT: String(await freePort()) } });
    running = await n8n.start();
    rest = await setUpOwner(running.url);
    hands = publishing(rest);
    credential = await hands.addCredential('sandbox', credentialFor(sandbox.url));
    await control(sandbox.url, 'webhooks/options', { gatherMs: 50, retryMs: 200 }, 'PUT');
  });
  after(async () => {
    await running?.stop();
    n8n?.remove();
    await sandbox?.close();
  });
  afterEach(async () => {
    for (const id of published.splice(0)) await hands.unpublish(id);
    await hasWebhooks(0);
  });

  const publish = async (parameters: object = {}) => {
    const id = await hands.publish(chain('events', [end], trigger(credential, parameters)));
    published.push(id);
    return id;
  };
  // n8n activates a workflow some moments after it is published, and deactivates it so, too.
  const hasWebhooks = (count: number) =>
    until(`there are ${count} webhooks`, async () => (await webhooksOf(sandbox.url)).length === count);
  const onlyWebhook = async () => {
    await hasWebhooks(1);
    const [webhook, ...others] = await webhooksOf(sandbox.url);
    assert.ok(webhook && others.length === 0, 'there is one webhook');
    return webhook;
  };
  const post = (url: string, body: string, type = 'application/x-www-form-urlencoded', headers = {}) =>
    fetch(url, { method: 'POST', body, headers: { 'content-type': type, ...headers } });

  it('registers when it is activated, starts with what happens, and removes itself', async () => {
    const id = await publish({ events: ['open', 'send'] });
    const webhook = await onlyWebhook();
    assert.equal(webhook.event, 'open,send');
    assert.ok(webhook.url.startsWith(`${running.url}/webhook/`));
    assert.equal(webhook.description, `n8n workflow ${id}`);
    await call(sandbox.url, 'sendMail', mailUnder('order-1042'));
    await until('the workflow has run', async () => (await executionsOf(rest, id)).length === 1);
    const [{ status, text } = { status: '', text: '' }] = await executionsOf(rest, id);
    assert.equal(status, 'success');
    for (const part of ['order-1042', '"send"', 'jane@example.com']) assert.ok(text.includes(part), part);
    assert.ok(!text.includes(webhook.key));
  });

  it('answers whoever asks for the text, and starts nothing', async () => {
    const id = await publish();
    const { url } = await onlyWebhook();
    for (const method of ['GET', 'HEAD', 'POST']) {
      const response = await fetch(url, { method });
      assert.equal(response.status, 200, method);
      assert.match(response.headers.get('content-type') ?? '', /^text\/plain/);
      assert.equal(await response.text(), method === 'HEAD' ? '' : handshake, method);
    }
    assert.deepEqual(await executionsOf(rest, id), []);
  });

  it('reads events in every shape, and starts once with each', async () => {
    const id = await publish({ simplify: false });
    const { url } = await onlyWebhook();
    const list = (name: string) => JSON.stringify([{ _id: name, event: 'open', x_unique_id: name }]);
    const form = (parameter: string, name: string) =>
      new URLSearchParams({ [parameter]: list(name) }).toString();
    const multipart = new FormData();
    multipart.set('SendCleantes_events', list('multipart'));
    const shapes: [name: string, () => Promise<Response>][] = [
      ['form', () => post(url, form('SendCleantes_events', 'form'))],
      ['other-brand', () => post(url, form('sarvtes_events', 'other-brand'))],
      [
        'json-text',
        () => post(url, JSON.stringify({ SendCleantes_events: list('json-text') }), 'application/json'),
      ],
      ['json-list', () => post(url, `{"sarvTES_EVENTS":${list('json-list')}}`, 'application/json')],
      ['bare', () => post(url, list('bare'), 'application/json')],
      ['plain', () => post(url, list('plain'), 'text/plain')],
      ['wrong-type', () => post(url, form('SendCleantes_events', 'wrong-type'), 'application/json')],
      ['no-type', () => post(url, form('SendCleantes_events', 'no-type'), '')],
      ['multipart', () => fetch(url, { method: 'POST', body: multipart })],
    ];
    for (const [name, send] of shapes)
      for (let times = 0; times < 2; times += 1) {
        const response = await send();
        assert.deepEqual([response.status, await response.text()], [200, handshake], name);
      }
    const all = await executionsOf(rest, id);
    for (const [name] of shapes)
      assert.equal(all.filter(({ text }) => text.includes(`"${name}"`)).length, 1, name);
    assert.equal(all.length, shapes.length);
  });

  it('takes hostile bodies without a start, and tells of them in a line each', async () => {
    const id = await publish();
    const { url } = await onlyWebhook();
    const events = (value: string) => new URLSearchParams({ SendCleantes_events: value }).toString();
    const bodies: [body: string, type?: string][] = [
      ['x'.repeat(2_000_000), 'text/plain'],
      [events(`[${'{"event":"open"},'.repeat(99_999)}{"event":"open"}]`)],
      [`${'['.repeat(100_000)}${']'.repeat(100_000)}`, 'application/json'],
      [events(`[{"event":"open","msg":${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}}]`)],
      [events('[{"__proto__":{"event":"open"}}]')],
      ['{"not": "json', 'application/json'],
      ['<?xml version="1.0"?><a>', 'application/xml'],
      ['{"order": 1}', 'application/json'],
      ['--b\r\nbroken', 'multipart/form-data; boundary=b'],
      [events('[1, null, "open"]')],
    ];
    for (const [index, [body, type]] of bodies.entries()) {
      const before = running.log().length;
      const response = await post(url, body, type);
      const name = `body ${index}: ${body.slice(0, 40)}`;
      assert.deepEqual([response.status, await response.text()], [200, handshake], name);
      const lines = running
        .log()
        .slice(before)
        .split('\n')
        .filter((line) => line.trim());
      assert.equal(lines.length, 1, `${name}: ${lines.join('\n')}`);
      assert.match(lines[0] ?? '', /SendClean Trigger/);
    }
    assert.deepEqual(await executionsOf(rest, id), []);
    assert.equal(Object.hasOwn(Object.prototype, 'event'), false);
  });

  it('starts with signed events alone where that is asked for', async () => {
    const id = await publish({ settings: { verifySignature: true } });
    const { url, key, webhook_id: webhookId } = await onlyWebhook();
    const body = new URLSearchParams({ SendCleantes_events: '[{"_id":"1","event":"open"}]' }).toString();
    for (const headers of [{}, { 'x-sendcleantes-signature': Buffer.alloc(20).toString('base64') }]) {
      const response = await post(url, body, undefined, headers);
      assert.equal(response.status, 401);
      assert.match(await response.text(), /signature/);
    }
    assert.deepEqual(await executionsOf(rest, id), []);
    await call(sandbox.url, 'sendMail', mailUnder('signed-1'));
    await until('the workflow has run', async () => (await executionsOf(rest, id)).length === 1);
    assert.equal(await waitingFor(sandbox.url, webhookId), 0);
    assert.ok(!running.log().includes(key));
  });

  it('says why it cannot be activated, and what to do', async () => {
    const told = (sentence: RegExp) => eventually(`n8n says ${sentence}`, () => sentence.test(running.log()));
    await control(sandbox.url, 'webhooks/options', { timeoutMs: 1 }, 'PUT');
    await publish();
    await publish({ events: '={{ [] }}' });
    await told(/Please confirm that your url is responding.*WEBHOOK_URL.*Register Webhook/);
    await told(/Events is empty: choose what starts the workflow/);
    await control(sandbox.url, 'webhooks/options', { timeoutMs: 10_000 }, 'PUT');
    const error = { name: 'AuthenticationError', message: 'Not allowed' };
    await fault(sandbox.url, { kind: 'error', path: 'settings/addWebhook', count: null, error });
    await publish();
    await told(
      /Not allowed[^.]*; to add the webhook in the SendClean panel yourself, turn Register Webhook off/,
    );
    await clear(sandbox.url, 'faults');
  });

  it('leaves the registration to the person where that is asked for', async () => {
    const node = trigger(credential, { settings: { register: false, verifySignature: true } });
    const url = `${running.url}/webhook/${String(node.webhookId)}/events`;
    const id = await hands.publish(chain('by hand', [end], node));
    await eventually('n8n answers', async () => (await fetch(url)).status === 200);
    assert.deepEqual(await webhooksOf(sandbox.url), []);
    await callAt(sandbox.url, 'settings/addWebhook', { url, event: 'send' });
    await call(sandbox.url, 'sendMail', mailUnder('by-hand-1'));
    await eventually('the workflow has run', async () => (await executionsOf(rest, id)).length === 1);
    await hands.unpublish(id);
    await eventually('n8n does not answer', async () => (await fetch(url)).status === 404);
    const { webhook_id: webhookId } = await onlyWebhook();
    await callAt(sandbox.url, 'settings/deleteWebhook', { webhook_id: webhookId });
  });

  it('starts exactly once with each of 1,000 events, though batches come twice and n8n is killed', async () => {
    const id = await publish();
    const { webhook_id: webhookId, url } = await onlyWebhook();
    const taken = () =>
      eventually('all are taken', async () => (await waitingFor(sandbox.url, webhookId)) === 0, 150);
    for (const kind of ['lateAnswer', 'lostAnswer'])
      await control(sandbox.url, 'webhooks/faults', { kind, count: 2 });
    await control(sandbox.url, 'webhooks/burst', { count: 500 });
    await taken();
    // A batch that n8n has taken is about to come again: what a crash cuts off besides depends on the moment.
    await control(sandbox.url, 'webhooks/options', { retryMs: 5000 }, 'PUT');
    await control(sandbox.url, 'webhooks/faults', { kind: 'lostAnswer' });
    await control(sandbox.url, 'webhooks/burst', { count: 500 });
    await eventually(
      'an answer is lost',
      async () => (await lastFault(sandbox.url, webhookId)) === 'lostAnswer',
    );
    await running.kill();
    await control(sandbox.url, 'webhooks/options', { retryMs: 200 }, 'PUT');
    // The service cannot be asked about the webhook while n8n starts.
    await fault(sandbox.url, { kind: 'html', path: 'settings/listWebhook', count: null });
    running = await n8n.start();
    assert.ok(url.startsWith(running.url));
    await taken();
    await clear(sandbox.url, 'faults');
    rest = await signIn(running.url);
    hands = publishing(rest);
    const numbers = burstNumbers(await executionsOf(rest, id));
    assert.equal(new Set(numbers).size, 1000, 'no event is lost');
    assert.equal(numbers.length, 1000, 'no event starts twice');
    assert.equal((await webhooksOf(sandbox.url)).length, 1);
  });
});
