import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fault, mailUnder, post, until } from '../sandbox/client';
import { startSandbox } from '../support/sandbox';
import { callAt } from '../sandbox/settingsClient';
import { eventIds, newEventsNode, useEvents } from './eventsHarness';

const setup = useEvents();
const { red, deploy, registering, registered, webhooks, address, statusIs, errors, warnings } = setup;

/** What is written while something is done. */
async function said(lines: () => string[], work: () => Promise<unknown>): Promise<string[]> {
  const before = lines().length;
  await work();
  return lines().slice(before);
}

/** How often the service was asked something. */
async function calls(operation: string): Promise<number> {
  const { requests } = (await (await setup.control('requests')).json()) as { requests: { path: string }[] };
  return requests.filter(({ path }) => path.endsWith(operation)).length;
}

describe('the Node-RED node for events that registers itself', () => {
  it('is posted the events that were chosen once it is deployed', async () => {
    await deploy({ ...registering(), events: 'send,hard_bounce' });
    await registered();
    await statusIs('registered');
    const [{ url, event } = { url: '', event: '' }] = await webhooks();
    assert.deepEqual([url, event.split(',').sort()], [address(), ['hard_bounce', 'send']]);
    await post(setup.sandbox().url, 'sendMail', mailUnder('order-1'));
    const { topic, payload } = await red().next(eventIds.out);
    assert.equal(topic, 'send');
    assert.partialDeepStrictEqual(payload, {
      event: 'send',
      xUniqueId: 'order-1',
      email: 'jane@example.com',
    });
    await statusIs('received 1');
  });

  it('leaves a webhook alone that is as it should be, and edits one that is not', async () => {
    await deploy(registering());
    await registered();
    const [first] = await webhooks();
    await setup.control('requests', undefined, 'DELETE');
    await deploy({ ...registering(), name: 'Renamed' });
    await statusIs('registered');
    assert.deepEqual([await calls('addWebhook'), await calls('editWebhook')], [0, 0]);
    await deploy({ ...registering(), events: 'spam' });
    await until('it is edited', async () => (await webhooks())[0]?.event === 'spam');
    assert.equal((await webhooks())[0]?.webhook_id, first?.webhook_id);
    await registered();
  });

  for (const [name, change] of [
    ['the node is deleted', () => red().deploy({ flows: [] })],
    ['the node is disabled', () => deploy({ ...registering(), d: true })],
    ['it is not to be registered any more', () => deploy()],
  ] as const)
    it(`is posted nothing any more when ${name}, and other webhooks stay`, async () => {
      await deploy(registering());
      await registered();
      const other = `${setup.origin()}/other`;
      await deploy({ ...registering() }, [{ ...newEventsNode, id: 'other', path: '/other' }]);
      await setup.call('settings/addWebhook', { url: other, event: 'open' });
      await change();
      await registered(1, other);
    });

  it('stays in a subflow while that is used, and is posted nothing any more afterwards', async () => {
    const subflow = { id: 'sub', type: 'subflow', name: 'Events', in: [], out: [] };
    const instance = { id: 'instance', type: 'subflow:sub', z: 'tab', x: 0, y: 0, wires: [] };
    const inside = { ...registering(), z: 'sub', wires: [] };
    await deploy(inside, [subflow, instance]);
    await registered();
    const [first] = await webhooks();
    await deploy({ ...inside, events: 'spam' }, [subflow, instance]);
    await until('it is edited', async () => (await webhooks())[0]?.event === 'spam');
    assert.equal((await webhooks())[0]?.webhook_id, first?.webhook_id);
    await deploy(inside, [subflow]);
    await registered(0);
  });

  it('moves with its path', async () => {
    await deploy(registering());
    await registered();
    await deploy({ ...registering(), path: '/moved' });
    await registered(1, `${setup.origin()}/moved`);
  });

  it('moves with its account', async (t) => {
    const other = await startSandbox({ owner: 'other', token: 'other-token' });
    t.after(() => other.close());
    await deploy(registering());
    await registered();
    const account2 = { id: 'account2', type: 'sendclean-account', endpoint: other.url };
    await deploy({ ...registering(), account: 'account2' }, [account2], {
      account2: { ownerId: 'other', token: 'other-token' },
    });
    await registered(0);
    const listed = async () =>
      (await callAt(other.url, 'settings/listWebhook', { owner_id: 'other', token: 'other-token' }))
        .webhook_list;
    await until('the other has it', async () => ((await listed()) as object[] | undefined)?.length === 1);
    await red().deploy({ flows: [] });
    await until('the other has none', async () => ((await listed()) as object[] | undefined)?.length === 0);
  });

  it('is registered once where the response to that is lost', async () => {
    await fault(setup.sandbox().url, { kind: 'resetAfter', path: 'settings/addWebhook' });
    assert.deepEqual(
      await said(errors, async () => {
        await deploy(registering());
        await registered();
        await statusIs('registered');
      }),
      [],
    );
    assert.equal(await calls('addWebhook'), 1);
  });

  it('tries again where the service cannot be reached for a while', async () => {
    await fault(setup.sandbox().url, { kind: 'resetBefore', path: 'settings/addWebhook' });
    const lines = await said(warnings, async () => {
      await deploy(registering());
      await registered();
    });
    assert.equal(lines.length, 1);
    assert.match(String(lines[0]), /^The webhook is not registered: .+\. It is tried again\.$/);
    assert.ok(
      red()
        .statuses(eventIds.node)
        .some(({ text }) => text === 'waiting: no connection'),
    );
  });

  it('says once why the service refuses, and what to set by hand', async () => {
    const lines = await said(errors, async () => {
      await deploy({ ...registering(), publicAddress: 'http://127.0.0.1:9' });
      await statusIs('failed: refused by SendClean');
      await until('it has tried again', async () => (await calls('addWebhook')) >= 2);
    });
    assert.equal(lines.length, 1);
    assert.match(
      String(lines[0]),
      /^The webhook is not registered: .*Please confirm that your url is responding.*\. SendClean must reach http:\/\/127\.0\.0\.1:9\/sendclean\/\w+ from the internet\. You can also enter this address in the SendClean panel, with the events send, open, .*Register with SendClean\.$/,
    );
  });

  it('says once that the account is refused, and does not try again', async () => {
    const lines = await said(errors, async () => {
      await deploy(registering(), [], { account: { ownerId: 'sandbox', token: 'wrong-token' } });
      await statusIs('failed: account refused');
    });
    assert.equal(lines.length, 1);
    assert.match(String(lines[0]), /Token MissMatch.*Correct owner ID and token of the account\.$/);
    assert.ok(!red().log().includes('wrong-token'));
  });

  it('says what to set by hand where the account may not add webhooks', async () => {
    const error = { name: 'AuthenticationError', message: 'Not allowed' };
    await fault(setup.sandbox().url, { kind: 'error', path: 'settings/addWebhook', error });
    const lines = await said(errors, async () => {
      await deploy(registering());
      await statusIs('failed: account refused');
    });
    assert.equal(lines.length, 1);
    assert.match(
      String(lines[0]),
      /Not allowed.*\. You can also enter http\S+ in the SendClean panel, with the events send, open, .*Register with SendClean\.$/,
    );
  });

  it('says where the webhook is when it cannot be removed', async () => {
    await deploy(registering());
    await registered();
    await fault(setup.sandbox().url, {
      kind: 'error',
      path: 'settings/deleteWebhook',
      error: { message: 'Not allowed' },
    });
    const lines = await said(warnings, () => red().deploy({ flows: [] }));
    assert.equal(lines.length, 1);
    assert.match(
      String(lines[0]),
      /^The webhook was not removed: .*Not allowed.*Delete it in the SendClean panel: http/,
    );
    assert.ok(String(lines[0]).endsWith(address()));
  });

  it('tells nobody the key of its webhook', async () => {
    await deploy({ ...registering(), verifySignature: true });
    await registered();
    await setup.control('webhooks/burst', { count: 2 });
    const messages = [await red().next(eventIds.out), await red().next(eventIds.out)];
    const [{ key } = { key: '' }] = await webhooks();
    assert.ok(key.length > 5);
    const told = [red().log(), JSON.stringify(messages), JSON.stringify(red().statuses(eventIds.node))];
    assert.ok(!told.join('\n').includes(key));
  });
});
