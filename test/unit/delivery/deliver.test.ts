import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { RunOptions } from '../../../shared/delivery/options';
import type { SendCleanError } from '../../../shared/errors';
import { readSendSettings } from '../../../shared/form/readSettings';
import { settingFields } from '../../../shared/form/settings';
import { operations } from '../../../shared/generated/operations';
import type { Operation } from '../../../shared/model';
import { lookUpWindow } from '../../../shared/delivery/lookUp';
import { buildRequest } from '../../../shared/form/buildRequest';
import { queued, simulatedService, type Answer } from '../../support/transport';

const form = { fromEmail: 'shop@example.com', to: 'Jane@example.com', subject: 'Hi', text: 'Hi' };
const reset = Object.assign(new Error('reset'), { code: 'ECONNRESET' });

/** A page of Get Message Info with one record for each address. */
const found = (...emails: string[]): Answer => page(emails.map((email) => ({ email })));

function page(records: object[]): Answer {
  return { body: JSON.stringify({ status: 'success', message_data: records }) };
}
const nothing = found();

/** Sends an email to a service that answers its sends and its look-ups as told; a send without an answer goes well. */
async function deliver(
  { sends = [], looks = [] }: { sends?: Answer[]; looks?: Answer[] },
  options: RunOptions,
  values: object = { xUniqueId: 'order-1042' },
) {
  const count = { sends: 0, looks: 0 };
  const { client, clock } = simulatedService(({ path }) => {
    if (path === operations.getMessageInfo.path) return looks[count.looks++] ?? nothing;
    return sends[count.sends++] ?? queued;
  });
  const start = clock.now();
  const request = buildRequest(operations.sendMail, { ...form, ...values }, { smtpUser: 'smtp1' });
  const ended = await client.run(client.prepare('sendMail', request), options).then(
    (result) => ({ result: { ...result } as Record<string, unknown>, error: undefined }),
    (error: SendCleanError) => ({ result: undefined, error }),
  );
  return { ...ended, ...count, waited: clock.now() - start };
}

describe('an email of which it is not known whether it was sent', () => {
  const lookUp: RunOptions = { whenUnsure: 'lookUp' };

  it('is reported, and neither looked up nor sent again, unless the person chose so', async () => {
    const { error, sends, looks } = await deliver({ sends: [reset] }, {});
    assert.deepEqual([error?.fate, sends, looks], ['unknown', 1, 0]);
  });

  it('is sent when it is found', async () => {
    const { result, sends, waited } = await deliver(
      { sends: [reset], looks: [nothing, found('jane@example.com')] },
      lookUp,
    );
    assert.deepEqual(result, {
      to: 'Jane@example.com',
      subject: 'Hi',
      xUniqueId: 'order-1042',
      status: 'success',
      time: '2026-01-01T00:00:15.000Z',
      message: 'The email was found: it had been sent',
      recovered: true,
    });
    assert.deepEqual([sends, waited], [1, 15_000]);
  });

  it('is sent again when it is not found within the window', async () => {
    const { result, sends, looks, waited } = await deliver({ sends: [reset] }, lookUp);
    assert.partialDeepStrictEqual(result, { status: 'success', xUniqueId: 'order-1042' });
    assert.equal(result?.recovered, undefined);
    assert.deepEqual([sends, looks, waited], [2, 3, lookUpWindow]);
  });

  it('is sent again once at most', async () => {
    const { error, sends, looks } = await deliver({ sends: [reset, reset, reset] }, lookUp);
    assert.deepEqual([error?.fate, sends, looks], ['unknown', 2, 6]);
  });

  it('is not sent again when it cannot be looked up', async () => {
    const refusal = { body: '{"status":"error","code":1,"name":"AuthenticationError","message":"no"}' };
    const { error, sends } = await deliver({ sends: [reset], looks: [refusal] }, lookUp);
    assert.deepEqual([error?.fate, error?.kind, sends], ['unknown', 'network', 1]);
  });

  it('may have gone out, whatever becomes of its second request', async () => {
    const refused = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
    const { error } = await deliver({ sends: [reset, ...Array<Answer>(9).fill(refused)] }, lookUp);
    assert.deepEqual([error?.kind, error?.fate], ['network', 'unknown']);
  });

  it('is not taken for one to another recipient under the same X-Unique-Id', async () => {
    const others = [found('john@example.com'), page([{}, { email: 7 }])];
    const { sends } = await deliver({ sends: [reset], looks: others }, lookUp);
    assert.equal(sends, 2);
  });

  it('is found whatever the case of its address', async () => {
    const { sends } = await deliver({ sends: [reset], looks: [found('JANE@example.COM')] }, lookUp);
    assert.equal(sends, 1);
  });

  it('is not sent again when it has no X-Unique-Id to look for', async () => {
    const { client, requests } = simulatedService(() => reset);
    const values = { ...form, templateId: 'welcome' };
    const request = buildRequest(operations.sendTemplateGet, values, { smtpUser: 'smtp1' });
    const sending = client.run(client.prepare('sendTemplateGet', request), lookUp);
    await assert.rejects(sending, { kind: 'network', fate: 'unknown' });
    assert.equal(requests.length, 1);
  });

  it('is not looked up when the run is cancelled', async () => {
    const stopping = new AbortController();
    stopping.abort();
    const { error, looks } = await deliver({ sends: [reset] }, { ...lookUp, signal: stopping.signal });
    assert.deepEqual([error?.kind === 'network' || error?.kind === 'cancelled', looks], [true, 0]);
  });

  it('is not looked up when it is known that it was not sent', async () => {
    const refusal = { body: '{"status":"error","code":2,"name":"ValidationError","message":"no"}' };
    const { error, looks } = await deliver({ sends: [refusal] }, lookUp);
    assert.deepEqual([error?.fate, looks], ['notSent', 0]);
  });
});

describe('skipping what was sent', () => {
  it('sends nothing when the email is found', async () => {
    const { result, sends, looks } = await deliver(
      { looks: [found('jane@example.com')] },
      { skipSent: true },
    );
    assert.deepEqual(result, {
      to: 'Jane@example.com',
      subject: 'Hi',
      xUniqueId: 'order-1042',
      status: 'success',
      time: '2026-01-01T00:00:00.000Z',
      message: 'The email was already sent',
      skipped: true,
    });
    assert.deepEqual([sends, looks], [0, 1]);
  });

  it('sends what is not found', async () => {
    const { result, sends, looks } = await deliver({}, { skipSent: true });
    assert.equal(result?.skipped, undefined);
    assert.deepEqual([sends, looks], [1, 1]);
  });

  it('sends nothing when the service cannot be asked', async () => {
    const { error, sends } = await deliver({ looks: Array(9).fill({ status: 503 }) }, { skipSent: true });
    assert.deepEqual([error?.fate, sends], ['notSent', 0]);
    assert.equal(error?.message, 'The email cannot be looked up: SendClean answered with HTTP 503');
  });

  it('needs an X-Unique-Id that the person gives', async () => {
    for (const values of [{}, { customHeaders: { 'X-Unique-Id': '' } }]) {
      const { error, sends, looks } = await deliver({}, { skipSent: true }, values);
      assert.match(error?.message ?? '', /^headers\.X-Unique-Id is required to skip what was already sent/);
      assert.deepEqual([sends, looks], [0, 0]);
    }
  });

  it('cannot be had where the call has no place for an X-Unique-Id', async () => {
    const { client, requests } = simulatedService(() => queued);
    const values = { ...form, templateId: 'welcome' };
    const request = buildRequest(operations.sendTemplateGet, values, { smtpUser: 'smtp1' });
    const sending = client.run(client.prepare('sendTemplateGet', request), { skipSent: true });
    await assert.rejects(sending, { kind: 'validation', fate: 'notSent' });
    assert.equal(requests.length, 0);
  });
});

describe('what is entered about the delivery', () => {
  it('is asked where an email can be found again', () => {
    const lookUps = (operation: Operation) =>
      settingFields(operation, 'n8n').filter(({ name }) => ['whenUnsure', 'skipSent'].includes(name));
    const messageCalls = Object.values<Operation>(operations).filter(
      ({ resource }) => resource === 'message',
    );
    const others = Object.values<Operation>(operations).filter(({ resource }) => resource !== 'message');
    assert.deepEqual(others.flatMap(lookUps), []);
    const asked = messageCalls.map((operation) => [
      operation.name,
      lookUps(operation).map(({ name, kind, choices = [] }) => [
        name,
        kind,
        ...choices.map(({ value }) => value),
      ]),
    ]);
    const both = [
      ['whenUnsure', 'choice', 'report', 'lookUp'],
      ['skipSent', 'switch', 'yes', 'no'],
    ];
    assert.deepEqual(Object.fromEntries(asked), {
      getMessageInfo: [],
      sendMail: both,
      sendTemplate: both,
      sendTemplateGet: [],
    });
  });

  it('is an option of the form that no request has a place for', () => {
    for (const { path, place, required } of settingFields(operations.sendMail, 'n8n'))
      assert.deepEqual([path, place !== 'main', required], [[], true, false]);
  });

  it('is read from choices and switches, and is the default where it is empty', () => {
    const read = (entered: object) => {
      const { whenUnsure, skipSent } = readSendSettings({ ...entered });
      return [whenUnsure, skipSent];
    };
    assert.deepEqual(read({ whenUnsure: 'lookUp', skipSent: 'yes' }), ['lookUp', true]);
    assert.deepEqual(read({ whenUnsure: 'report', skipSent: false }), ['report', false]);
    assert.deepEqual(read({ whenUnsure: '', skipSent: null }), ['report', false]);
  });

  it('is refused with its choices where it is none of them', () => {
    assert.throws(() => readSendSettings({ whenUnsure: 'guess' }), {
      message: 'If Delivery Is Unclear must be one of report, lookUp, got "guess"',
    });
    assert.throws(() => readSendSettings({ skipSent: { a: 'x'.repeat(500) } }), {
      message: 'Skip Already Sent must be one of yes, no, got an object',
    });
  });
});
