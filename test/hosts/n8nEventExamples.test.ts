/** The example workflows that start with events, in an installed n8n, with the sandbox that reports the events. */
import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import type { Message } from '../../sandbox/src/records';
import type { Sandbox } from '../../sandbox/src/server';
import { call, clear, control, mail, mailUnder, message, messages } from '../sandbox/client';
import { credentialFor } from '../support/n8nForm';
import { startSandbox } from '../support/sandbox';
import { prepareN8n, type N8n, type RunningN8n } from './n8n';
import { eventFiles, read } from './n8nExampleFiles';
import { setUpOwner, type Rest } from './n8nOwner';
import { publishing } from './queueStand';
import { eventually, executionsOf, waitingFor, webhooksOf } from './triggering';

const [tarball] = globSync(join(import.meta.dirname, '../../build/n8n-nodes-sendclean-*.tgz'));
const byHand = 'When clicking ‘Execute workflow’';

describe('the example workflows for n8n that start with events', () => {
  let sandbox: Sandbox;
  let n8n: N8n;
  let running: RunningN8n;
  let rest: Rest;
  let credential: string;
  let hands: ReturnType<typeof publishing>;
  const published = new Map<string, string>();
  const ran = new Set<string>();
  before(async () => {
    assert.ok(tarball, 'build/ has no tarball');
    sandbox = await startSandbox();
    n8n = await prepareN8n({ tarball });
    running = await n8n.start();
    rest = await setUpOwner(running.url);
    hands = publishing(rest);
    credential = await hands.addCredential('SendClean account', credentialFor(sandbox.url));
    await control(sandbox.url, 'webhooks/options', { gatherMs: 50, retryMs: 200 }, 'PUT');
  });
  after(async () => {
    await running?.stop();
    n8n?.remove();
    await sandbox?.close();
  });
  beforeEach(async () => {
    await clear(sandbox.url, 'messages');
  });
  afterEach(async () => {
    for (const [file, id] of published) {
      await hands.unpublish(id);
      published.delete(file);
    }
    await eventually('no webhook is left', async () => (await webhooksOf(sandbox.url)).length === 0);
  });

  const onlyWebhook = async () => {
    const [webhook] = await webhooksOf(sandbox.url);
    return webhook ?? assert.fail('there is no webhook');
  };
  /** Imports an example with the credential picked, publishes it, and waits until events reach it; its ID. */
  const publish = async (file: string) => {
    const example = read(file);
    const nodes = example.nodes.map((node) => ({
      ...node,
      ...(node.credentials && {
        credentials: { sendCleanApi: { id: credential, name: 'SendClean account' } },
      }),
    }));
    const id = await hands.publish({ ...example, id: file, nodes });
    published.set(file, id);
    ran.add(file);
    await eventually('the webhook is there', async () => (await webhooksOf(sandbox.url)).length === 1);
    return id;
  };
  /** Waits until a workflow has ended without an error each time that it was started. */
  const allEnded = async (id: string) => {
    await eventually('no execution goes on', async () =>
      (await executionsOf(rest, id)).every(({ status }) => !['new', 'running'].includes(status)),
    );
    const failed = (await executionsOf(rest, id)).filter(({ status }) => status !== 'success');
    assert.deepEqual(failed, []);
  };
  /** Starts a workflow by one of its triggers, as somebody does who presses its button. */
  const run = async (id: string, name: string) => {
    await rest('POST', `workflows/${id}/run`, { triggerToStartFrom: { name } });
    await allEnded(id);
  };
  /** Reports what happened to an email, and waits until the workflow has done what it does about it. */
  const happen = async (id: string, ...happenings: object[]) => {
    for (const one of happenings) assert.equal((await control(sandbox.url, 'events', one)).status, 201);
    const { webhook_id: webhookId } = await onlyWebhook();
    await eventually('all is reported', async () => (await waitingFor(sandbox.url, webhookId)) === 0);
    await allEnded(id);
  };
  const arrived = async (): Promise<Message[]> =>
    await Promise.all((await messages(sandbox.url)).map(({ id }) => message(sandbox.url, id)));
  const recipients = async () =>
    (await arrived()).flatMap((one) => one.recipients.map(({ email }) => email)).sort();
  /** The only email to the team. */
  const toTeam = async (): Promise<Message> => {
    const all = await arrived();
    const [first, ...others] = all.filter((one) =>
      one.recipients.some(({ email }) => email === 'team@example.com'),
    );
    assert.ok(first && others.length === 0, `one email to the team, not ${others.length + 1}`);
    return first;
  };

  it('suppress-hard-bounces sends nothing to who bounced or marked an email as spam', async () => {
    const id = await publish('suppress-hard-bounces');
    const { url, event } = await onlyWebhook();
    assert.match(url, /\/webhook\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\/events$/);
    assert.deepEqual(event.split(',').sort(), ['hard_bounce', 'spam']);
    await run(id, byHand);
    assert.deepEqual(await recipients(), ['John@Example.com', 'asa@example.com', 'jane@example.com']);
    await happen(
      id,
      { xUniqueId: 'order-1042', event: 'hard_bounce', reason: '550 No such user' },
      { xUniqueId: 'order-1042', event: 'spam' },
      { xUniqueId: 'order-1043', event: 'spam' },
      { xUniqueId: 'order-1044', event: 'soft_bounce' },
    );
    await clear(sandbox.url, 'messages');
    await run(id, byHand);
    assert.deepEqual(await recipients(), ['asa@example.com']);
  });

  it('suppress-hard-bounces tells the team of an event without an address', async () => {
    const id = await publish('suppress-hard-bounces');
    const events = JSON.stringify([
      { _id: '1', event: 'hard_bounce', x_unique_id: 'order-1042', msg: 'Gone' },
    ]);
    const { url } = await onlyWebhook();
    const body = new URLSearchParams({ SendCleantes_events: events });
    assert.equal((await fetch(url, { method: 'POST', body })).status, 200);
    await allEnded(id);
    const { subject, text } = await toTeam();
    assert.equal(subject, 'SendClean reported hard_bounce without an address');
    assert.match(text ?? '', /\nX-Unique-ID: order-1042\nAs it came: .*"msg":"Gone"/);
  });

  it('alert-on-spam-reports tells the team who marked which email as spam, and when', async () => {
    const id = await publish('alert-on-spam-reports');
    await call(sandbox.url, 'sendMail', mailUnder('order-1042', 'jane@example.com', 'john@example.com'));
    await happen(
      id,
      { xUniqueId: 'order-1042', event: 'open' },
      {
        xUniqueId: 'order-1042',
        email: 'john@example.com',
        event: 'spam',
        time: Date.UTC(2026, 10, 26, 9, 30),
      },
    );
    const { subject, text, from } = await toTeam();
    assert.deepEqual(from, { email: 'shop@example.com', name: 'Example Shop' });
    assert.equal(subject, 'Marked as spam: Your order');
    assert.equal(
      text,
      'Who: john@example.com\nEmail: Your order\nX-Unique-ID: order-1042\nWhen: 2026-11-26T09:30:00.000Z',
    );
  });

  it('opens-by-subject-every-day sends each open in one table, the most opened subject first', async () => {
    const id = await publish('opens-by-subject-every-day');
    await call(sandbox.url, 'sendMail', mailUnder('order-1042', 'jane@example.com', 'john@example.com'));
    const sale = mailUnder('sale-1');
    const subject = '50% off | *today* <b>only</b>';
    await call(sandbox.url, 'sendMail', { ...sale, message: { ...sale.message, subject } });
    const open = (xUniqueId: string, email = 'jane@example.com') => ({ xUniqueId, email, event: 'open' });
    const john = 'john@example.com';
    await happen(id, open('sale-1'), open('order-1042'), open('order-1042'), open('order-1042', john));
    await run(id, byHand);
    const table = await toTeam();
    assert.equal(table.subject, 'Opens by subject');
    assert.deepEqual(cells(table.html), [
      ['Subject', 'Opens', 'People'],
      [mail.message.subject, '3', '2'],
      ['50% off | *today* &lt;b&gt;only&lt;/b&gt;', '1', '1'],
    ]);
    assert.match(table.xUniqueId ?? '', /^opens-by-subject-\d{4}-\d\d-\d\d$/);

    // The table is opened itself, and all other opens have been in it.
    await happen(id, open(table.xUniqueId ?? '', 'team@example.com'));
    await run(id, byHand);
    await toTeam();

    await control(sandbox.url, `messages/${table.id}`, undefined, 'DELETE');
    await happen(id, open('sale-1'));
    await run(id, 'Every Morning at Seven');
    assert.deepEqual(cells((await toTeam()).html).slice(1), [
      ['50% off | *today* &lt;b&gt;only&lt;/b&gt;', '1', '1'],
    ]);
  });

  it('were all run', () => {
    assert.deepEqual([...ran].sort(), eventFiles.sort());
  });
});

/** The rows of the only table of an HTML text. */
function cells(html: string | null): string[][] {
  return [...(html ?? '').matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row = '']) =>
    [...row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map(([, cell = '']) => cell),
  );
}
