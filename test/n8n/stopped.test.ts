import assert from 'node:assert/strict';
import { after, afterEach, describe, it } from 'node:test';
import { settings } from '../../shared/form/settings';
import { operations } from '../../shared/generated/operations';
import type { Sandbox } from '../../sandbox/src/server';
import { clear, fault, messages } from '../sandbox/client';
import { failureOf } from '../support/n8nFailure';
import { removeEngine, runNode, type NodeRun } from '../support/n8nEngine';
import { credentialFor, emailForm } from '../support/n8nForm';
import { startSandbox } from '../support/sandbox';

const { path } = operations.sendMail;
const addresses = Array.from({ length: 8 }, (_, index) => `jane${index + 1}@example.com`);
const mail = {
  ...emailForm,
  to: '={{ $json.to }}',
};
const wait = 'Wait until the rate limit allows more';
const repeated =
  'running all of them again sends those a second time; remove them, or give each email an X-Unique-Id and turn on';

describe('a run of 8 items that stops midway', () => {
  let sandbox: Sandbox;
  const start = async (options: Parameters<typeof startSandbox>[0] = {}) => {
    sandbox = await startSandbox(options);
  };
  after(removeEngine);
  afterEach(async () => await sandbox.close());

  /** What the person reads of a run. */
  async function stopped(options: object = {}, changes: Partial<NodeRun> = {}) {
    const { error, outputs } = await runNode({
      credential: credentialFor(sandbox.url),
      items: addresses.map((to) => ({ json: { to } })),
      ...changes,
      parameters: { ...mail, options: { attempts: 1, atOnce: 1, ...options }, ...changes.parameters },
    });
    const message = error?.message ?? '';
    const advice = error && 'description' in error ? String(error.description) : '';
    assert.ok(!(/safe to run/.test(advice) && /already sent/.test(advice)), advice);
    return { message, advice, outputs };
  }
  const arrived = async () => (await messages(sandbox.url)).map(({ recipients }) => recipients[0]?.email);

  it('says which items were sent, which were not, and how to go on, and in its message how many', async () => {
    await start({ rateLimit: 5 });
    const { message, advice } = await stopped();
    assert.match(message, / \(5 of 8 emails were sent\)$/);
    assert.equal(
      advice,
      `Items 5–7 were not sent. Items 0–4 were already sent: ${repeated} ${settings.skipSent.title}. ${wait}, then send the rest.`,
    );
    assert.deepEqual(await arrived(), addresses.slice(0, 5));
  });

  it('says the same of as many as were under way at once', async () => {
    await start({ rateLimit: 5 });
    const { message, advice } = await stopped({ atOnce: 10 });
    assert.match(message, / \(5 of 8 emails were sent\)$/);
    const [, told = ''] = /(?:^| )Items ([\d–, ]+) were already sent/.exec(advice) ?? [];
    const sent = told.split(', ').flatMap((range) => {
      const [from = 0, to = from] = range.split('–').map(Number);
      return addresses.slice(from, to + 1);
    });
    assert.deepEqual(sent.sort(), (await arrived()).toSorted());
  });

  it('can be run again as it is when all its items skip what was sent', async () => {
    await start();
    await fault(sandbox.url, { kind: 'delay', path, delayMs: 0, count: 5 });
    await fault(sandbox.url, { kind: 'status', path, status: 429 });
    const options = { skipSent: true, xUniqueId: '=order-{{ $json.to }}' };
    const { message, advice } = await stopped(options);
    assert.match(message, / \(5 of 8 emails were sent\)$/);
    assert.equal(
      advice,
      `Items 5–7 were not sent. Items 0–4 were already sent. ${wait}, then run all of them again: ${settings.skipSent.title} leaves out those that were sent.`,
    );
    const again = await stopped(options);
    assert.deepEqual([again.message, again.outputs[0]?.length], ['', 8]);
    assert.deepEqual(await arrived(), addresses);
  });

  it('asks to look for an email whose fate is unknown', async () => {
    await start();
    await fault(sandbox.url, { kind: 'delay', path, delayMs: 0, count: 1 });
    await fault(sandbox.url, { kind: 'resetAfter', path });
    const { message, advice } = await stopped({ xUniqueId: '=order-{{ $json.to }}' });
    assert.match(message, / \(1 of 8 emails was sent, 1 may have been\)$/);
    assert.equal(
      advice,
      `Items 2–7 were not sent. Item 0 was already sent: ${repeated} ${settings.skipSent.title}. It is not known whether item 1 (X-Unique-Id “order-${addresses[1]}”) was sent: look for each with ${operations.getMessageInfo.title}, or ask its recipient, before you send it again.`,
    );
  });

  it('asks to wait for the service to find an email whose fate is unknown when it is to be skipped', async () => {
    await start();
    await fault(sandbox.url, { kind: 'resetAfter', path });
    const { advice } = await stopped({ skipSent: true, xUniqueId: '=order-{{ $json.to }}' });
    assert.equal(
      advice,
      `Items 1–7 were not sent. It is not known whether item 0 (X-Unique-Id “order-${addresses[0]}”) was sent. Wait some minutes, because SendClean may take time to find what was sent. Run all of them again: ${settings.skipSent.title} leaves out those that were sent.`,
    );
  });

  it('names the recipients where an item sends each an email', async () => {
    await start({ rateLimit: 5 });
    const items = [addresses.slice(0, 3).join(), addresses.slice(3).join()].map((to) => ({ json: { to } }));
    const { message, advice } = await stopped({ sendAs: 'each' }, { items });
    assert.match(message, / \(5 of 8 emails were sent\)$/);
    const list = (from: number, to: number) => addresses.slice(from - 1, to).join(', ');
    assert.equal(
      advice,
      `The emails of item 1 to ${list(6, 8)} were not sent. Item 0 and the emails of item 1 to ${list(4, 5)} were already sent: ${repeated} ${settings.skipSent.title}. ${wait}, then send the rest.`,
    );
  });

  it('lists ten recipients of an item, and counts the others', async () => {
    await start({ rateLimit: 12 });
    const to = Array.from({ length: 13 }, (_, index) => `jane${index}@example.com`);
    const { advice } = await stopped({ sendAs: 'each' }, { items: [{ json: { to: to.join() } }] });
    assert.match(advice, /^The email of item 0 to jane12@example\.com was not sent\. /);
    assert.match(advice, /to jane0@example\.com, .*, jane9@example\.com and 2 more were already sent: /);
  });

  it('advises no option that an operation does not have', async () => {
    await start({ rateLimit: 5 });
    const parameters = { operation: 'sendTemplateGet', templateId: 'welcome' };
    const { advice } = await stopped({}, { parameters });
    assert.equal(
      advice,
      `Items 5–7 were not sent. Items 0–4 were already sent: running all of them again sends those a second time; remove them. ${wait}, then send the rest.`,
    );
  });

  it('says that nothing was sent where nothing was', async () => {
    await start();
    await fault(sandbox.url, { kind: 'status', path, status: 429 });
    const { message, advice } = await stopped();
    assert.match(message, /^SendClean's rate limit is reached(?!.*emails)/);
    assert.equal(advice, `Nothing was sent. ${wait}, then run it again.`);
  });

  it('says of what an earlier try had sent that it was sent', async () => {
    await start();
    await fault(sandbox.url, { kind: 'delay', path, delayMs: 0, count: 2 });
    await fault(sandbox.url, { kind: 'resetAfter', path });
    const settings = { retryOnFail: true, maxTries: 3, waitBetweenTries: 0 };
    const { message, advice } = await stopped({ atOnce: 8 }, { settings });
    assert.match(message, / \(7 of 8 emails were sent, 1 may have been\)$/);
    assert.doesNotMatch(advice, /not sent/);
    assert.equal((await arrived()).length, 8);
  });

  it('speaks of one item where the others go on', async () => {
    await start();
    await fault(sandbox.url, { kind: 'status', path, status: 429 });
    const { outputs } = await stopped({}, { settings: { onError: 'continueErrorOutput' } });
    assert.deepEqual(
      outputs.map(({ length }) => length),
      [7, 1],
    );
    const [failed] = outputs[1] ?? [];
    assert.ok(failed);
    assert.equal(failureOf(failed).advice, `Item 0 was not sent. ${wait}, then run it again.`);
  });

  it('does not count what only shows its request', async () => {
    await start();
    const items = [
      ...addresses.map((to) => ({ json: { to, validate: true } })),
      { json: { to: 'x@example.com', validate: false } },
    ];
    await fault(sandbox.url, { kind: 'status', path, status: 429 });
    const { message, advice } = await stopped({ validateOnly: '={{ $json.validate }}' }, { items });
    assert.doesNotMatch(message, /emails/);
    assert.match(advice, /^Nothing was sent\. /);
  });

  it('says nothing about sending where it reads', async () => {
    await start();
    const info = operations.getMessageInfo.path;
    const read = { operation: 'getMessageInfo', xUniqueId: '={{ $json.to }}' };
    await fault(sandbox.url, { kind: 'status', path: info, status: 429 });
    assert.equal((await stopped({}, { parameters: read })).advice, `${wait}, then run it again.`);
    await fault(sandbox.url, { kind: 'resetAfter', path: info });
    assert.equal((await stopped({}, { parameters: read })).advice, 'It is safe to run this again.');
    const empty = await stopped({}, { parameters: { ...read, xUniqueId: '={{ "" }}' } });
    assert.equal(empty.advice, 'Correct this, then run it again.');
    await clear(sandbox.url, 'faults');
  });

  it('never says that it is safe to run again with a token that is refused', async () => {
    await start();
    for (const parameters of [{}, { operation: 'getMessageInfo', xUniqueId: 'order-1' }]) {
      const credential = { ...credentialFor(sandbox.url), token: 'wrong-token' };
      const { advice } = await stopped({}, { parameters, credential });
      assert.match(advice, /Correct owner ID and token of the account, then run it again\.$/);
      assert.doesNotMatch(advice, /safe/);
    }
  });
});
