import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { SendCleanError } from '../../../shared/errors';
import { operations } from '../../../shared/generated/operations';
import type { OperationName } from '../../../shared/generated/types';
import { readLimits } from '../../../shared/form/readSettings';
import { buildRequest } from '../../../shared/form/buildRequest';
import { simulatedClock } from '../../support/clock';
import { queued, simulatedService, type Answer } from '../../support/transport';

const refused: Answer = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
const reset: Answer = Object.assign(new Error('reset'), { code: 'ECONNRESET' });
const late: Answer = Object.assign(new Error('late'), { code: 'ETIMEDOUT' });
const lateConnect: Answer = Object.assign(new Error('late'), { code: 'ETIMEDOUT', syscall: 'connect' });
const limited: Answer = { status: 429 };
const records: Answer = { body: '{"status":"success","message_data":[]}' };

const form = {
  fromEmail: 'shop@example.com',
  to: 'jane@example.com',
  subject: 'Hi',
  text: 'Hi',
  templateId: 'welcome',
  xUniqueId: 'order-1042',
};
const requestOf = (name: OperationName) => buildRequest(operations[name], form, { smtpUser: 'smtp1' });
const sends = ['sendMail', 'sendTemplate', 'sendTemplateGet'] as const;

/** What comes of a call whose first answers are given; the rest go well. */
async function outcome(
  name: OperationName,
  answers: Answer[],
  settings: { attempts?: number } = {},
  random = simulatedClock().random,
) {
  const good = name === 'getMessageInfo' ? records : queued;
  const service = simulatedService((_request, index) => answers[index] ?? good, {
    limits: settings,
    clock: { ...simulatedClock(), random },
  });
  const { client, clock } = service;
  const start = clock.now();
  const error = await client.run(client.prepare(name, requestOf(name))).then(
    () => undefined,
    (thrown: SendCleanError) => thrown,
  );
  return { error, requests: service.requests.length, waited: clock.now() - start };
}

describe('a send', () => {
  for (const name of sends) {
    it(`is made again when it certainly was not taken: ${name}`, async () => {
      for (const fault of [refused, lateConnect, limited]) {
        const { error, requests: made } = await outcome(name, [fault, fault]);
        assert.equal(error, undefined);
        assert.equal(made, 3);
      }
    });

    it(`is never made again when it may have been taken: ${name}`, async () => {
      for (const fault of [reset, late, { status: 500 }, { status: 408 }, { body: '<html>' }, { body: '' }]) {
        const { error, requests: made } = await outcome(name, [fault]);
        assert.equal(error?.fate, 'unknown');
        assert.equal(error.attempts, 1);
        assert.equal(made, 1);
      }
    });
  }

  it('is not made again when the service says what is wrong with it', async () => {
    const body = '{"status":"error","code":2,"name":"ValidationError","message":"no"}';
    assert.equal((await outcome('sendMail', [{ body }])).requests, 1);
  });
});

describe('a read', () => {
  it('is made again after any fault that may pass', async () => {
    for (const fault of [
      refused,
      reset,
      late,
      limited,
      { status: 500 },
      { status: 503 },
      { status: 408 },
      { body: '<html>' },
    ]) {
      const { error, requests: made } = await outcome('getMessageInfo', [fault]);
      assert.equal(error, undefined);
      assert.equal(made, 2);
    }
  });

  it('is not made again when the token is refused, the address redirects or is not known', async () => {
    const body = '{"status":"error","code":1,"name":"AuthenticationError","message":"no"}';
    for (const fault of [{ body }, { body, status: 500 }, { status: 300 }, { status: 302 }, { status: 404 }])
      assert.equal((await outcome('getMessageInfo', [fault])).requests, 1);
  });

  it('is not made again when its answer is of a kind that nobody foresaw', async () => {
    const odd = new Proxy(
      {},
      {
        get() {
          throw new RangeError('Too much');
        },
      },
    );
    const { client, requests } = simulatedService(() => ({ body: odd as never }));
    const told = { kind: 'unexpectedResponse', message: "SendClean's response cannot be read (RangeError)" };
    await assert.rejects(client.getMessageInfo({ x_unique_id: 'a' }), { ...told, fate: 'notSent' });
    const send = client.run(client.prepare('sendMail', requestOf('sendMail')));
    await assert.rejects(send, { ...told, fate: 'unknown' });
    assert.equal(requests.length, 2);
  });
});

describe('further attempts', () => {
  it('end after the set number, and their error says how many there were', async () => {
    const all = Array.from({ length: 20 }, () => refused);
    const byDefault = await outcome('sendMail', all);
    assert.deepEqual([byDefault.requests, byDefault.error?.attempts], [4, 4]);
    const once = await outcome('sendMail', all, { attempts: 1 });
    assert.deepEqual([once.requests, once.error?.attempts], [1, 1]);
  });

  it('end after two minutes', async () => {
    for (const [seconds, most] of [
      [50, 100_000],
      [60, 120_000],
    ] as const) {
      const slow = { status: 429, headers: { 'retry-after': String(seconds) } };
      const { requests: made, waited } = await outcome('sendMail', Array(20).fill(slow), { attempts: 10 });
      assert.deepEqual([made, waited], [3, most]);
    }
  });

  it('wait twice as long each time, up to a minute, and for a part of that by chance', async () => {
    const half = () => 0.5;
    const all = Array<Answer>(20).fill(refused);
    const { waited } = await outcome('sendMail', all, { attempts: 10 }, half);
    assert.equal(waited, 250 + 500 + 1000 + 2000 + 4000 + 8000 + 16_000 + 30_000 + 30_000);
    const { waited: none } = await outcome('sendMail', all, { attempts: 10 }, () => 0);
    assert.equal(none, 0);
  });

  it('wait longer for a quota to be free again', async () => {
    const { waited } = await outcome('sendMail', Array<Answer>(20).fill(limited), {}, () => 0.5);
    assert.equal(waited, 2000 + 4000 + 8000);
  });

  it('wait as long as the service asks for, in seconds or until a date', async () => {
    const date = new Date(Date.UTC(2026, 0, 1, 0, 0, 9)).toUTCString();
    for (const [header, ms] of [
      ['7', 7000],
      [' 7 ', 7000],
      ['60', 60_000],
      [date, 9000],
      ['0', 0],
    ] as const) {
      const { waited } = await outcome('sendMail', [{ status: 429, headers: { 'retry-after': header } }]);
      assert.equal(waited, ms, header);
    }
  });

  it('wait by their own measure when what the service asks for makes no sense', async () => {
    const past = 'Thu, 01 Jan 1970 00:00:00 GMT';
    for (const header of [
      '-5',
      '1e9',
      '61',
      '999999',
      'soon',
      '5 s',
      'x5',
      '2026-01-01T00:00:09Z',
      '',
      past,
    ]) {
      const { error, waited } = await outcome('sendMail', [
        { status: 429, headers: { 'retry-after': header } },
      ]);
      assert.equal(error, undefined);
      assert.ok(waited >= 0 && waited <= 4000, `${header}: ${waited}`);
    }
  });

  it('stop at once when the run is cancelled, and nothing was sent', async () => {
    const stopping = new AbortController();
    const { client } = simulatedService(() => {
      stopping.abort();
      return limited;
    });
    const call = client.prepare('sendMail', requestOf('sendMail'));
    await assert.rejects(client.run(call, { signal: stopping.signal }), {
      kind: 'cancelled',
      fate: 'notSent',
      attempts: 1,
      message:
        "The run was cancelled before the request was made again; the last time: SendClean's rate limit is reached",
    });
  });

  for (const attempts of [0, -1, 11, 1e9]) {
    it(`cannot be ${attempts}`, () => {
      const message = `Attempts must be a number from 1 to 10, got ${attempts}`;
      assert.throws(() => readLimits({ attempts }), { kind: 'validation', message });
    });
  }
});
