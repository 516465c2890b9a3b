import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { operations } from '../../../shared/generated/operations';
import { createRateLimiter } from '../../../shared/delivery/rateLimiter';
import { buildRequest } from '../../../shared/form/buildRequest';
import { createSentMemory } from '../../../shared/delivery/sentMemory';
import { eventClock } from '../../support/clock';
import { form, reset, sent, simulatedAccount, skip, skipped } from '../../support/simulatedAccount';
import { queued, simulatedService, type Answer } from '../../support/transport';

const refused: Answer = { body: '{"status":"error","code":2,"name":"ValidationError","message":"no"}' };

describe('calls with the same X-Unique-Id and recipient that skip what was sent', () => {
  it('send one email, and the others of 26 are skipped', async () => {
    const { begin, all, taken, looks } = simulatedAccount();
    const calls = Array.from({ length: 26 }, (_, index) =>
      begin(index % 2 ? 'Jane@example.com' : 'jane@EXAMPLE.com'),
    );
    assert.deepEqual(await all(...calls), [sent, ...Array<object>(25).fill(skipped)]);
    assert.deepEqual([taken.length, looks()], [1, 1]);
  });

  it('send no second email later either, although the service does not find the first yet', async () => {
    const { begin, all, taken, looks } = simulatedAccount();
    await all(begin('jane@example.com'));
    assert.deepEqual(await all(begin('Jane@example.com')), [skipped]);
    assert.deepEqual([taken.length, looks()], [1, 1]);
  });

  it('send the email when the first certainly did not go out', async () => {
    const { begin, all, taken } = simulatedAccount([refused, refused]);
    const calls = [1, 2, 3, 4].map(() => begin('jane@example.com'));
    const failed = ['validation', 'notSent'];
    assert.deepEqual(await all(...calls), [failed, failed, sent, skipped]);
    assert.equal(taken.length, 3);
  });

  it('all report that the fate is unknown when that of the first is', async () => {
    const { begin, all, taken } = simulatedAccount([reset]);
    const calls = [1, 2, 3].map(() => begin('jane@example.com'));
    assert.deepEqual(await all(...calls), Array(3).fill(['network', 'unknown']));
    assert.equal(taken.length, 1);
  });

  it('say whose fate is unknown, and under which X-Unique-Id', async () => {
    const { begin, all, another } = simulatedAccount([reset]);
    const client = another({});
    const request = buildRequest(
      operations.sendMail,
      { ...form, to: ['John@example.com', 'Jane@example.com'] },
      { smtpUser: 'smtp1' },
    );
    const call = client.prepare('sendMail', request);
    const second = (async () => {
      const first = client.run(call, skip).catch(() => undefined);
      await assert.rejects(client.run(call, skip), {
        kind: 'network',
        fate: 'unknown',
        attempts: 0,
        xUniqueId: 'order-1042',
        effect: 'send',
        message:
          'The same email to john@example.com was being sent already, and it is not known whether it went out: SendClean cannot be reached: the connection broke before an answer came',
      });
      await first;
      return {};
    })();
    await all(second, begin('nobody@example.com'));
  });

  it('of one run report it also when they come later, until another run looks it up', async () => {
    const { begin, all, taken } = simulatedAccount([reset]);
    await all(begin('jane@example.com', { ...skip, run: 'first' }));
    const later = begin('jane@example.com', { ...skip, run: 'first' });
    assert.deepEqual(await all(later), [['network', 'unknown']]);
    assert.equal(taken.length, 1);
    assert.deepEqual(await all(begin('jane@example.com', { ...skip, run: 'second' })), [sent]);
  });

  it('are sent once by several clients of one account', async () => {
    const clock = eventClock();
    const sends = createSentMemory(clock).of('account');
    const { begin, taken, another } = simulatedAccount([], [], { clock, sends });
    const calls = [another({}), another({})].map((client) => begin('jane@example.com', skip, client));
    assert.deepEqual(await clock.run(Promise.all(calls)), [sent, skipped]);
    assert.equal(taken.length, 1);
  });

  it('wait for one that does not skip, and skip what it has sent', async () => {
    const { begin, all, taken } = simulatedAccount();
    const calls = [begin('jane@example.com', {}), begin('jane@example.com'), begin('jane@example.com', {})];
    assert.deepEqual(await all(...calls), [sent, skipped, sent]);
    assert.equal(taken.length, 2);
  });

  it('do not wait for those with another X-Unique-Id or recipient', async () => {
    const { begin, all, taken } = simulatedAccount();
    const calls = [
      begin('jane@example.com'),
      begin('john@example.com'),
      begin('jane@example.com', skip, undefined, { xUniqueId: 'order-1043' }),
    ];
    assert.deepEqual(
      (await all(...calls)).map((result) => 'skipped' in result),
      [false, false, false],
    );
    assert.equal(taken.length, 3);
  });

  it('wait without a place that others need, also where there is only one', async () => {
    const clock = eventClock();
    const rateLimiter = createRateLimiter(clock, { atOnce: 1 });
    const { begin, taken } = simulatedAccount([refused], [], { clock, rateLimiter });
    const calls = [
      begin('jane@example.com'),
      begin('jane@example.com'),
      begin('john@example.com'),
      begin('jane@example.com'),
    ];
    assert.deepEqual(await clock.run(Promise.all(calls)), [['validation', 'notSent'], sent, sent, skipped]);
    assert.equal(taken.length, 3);
  });

  it('do not wait for each other when they have recipients in common', async () => {
    const { begin, all, taken } = simulatedAccount();
    const calls = [
      begin('a@example.com, b@example.com'),
      begin('b@example.com, c@example.com'),
      begin('c@example.com, a@example.com'),
    ];
    const [first, second, third] = await all(...calls);
    assert.deepEqual(first, sent);
    assert.deepEqual(second, skipped);
    assert.deepEqual(third, { ...sent, skippedRecipients: ['a@example.com'] });
    assert.deepEqual(taken, ['a@example.com,b@example.com', 'c@example.com']);
  });

  it('are not sent to some when the fate is unknown for one of their recipients', async () => {
    const { begin, all, taken } = simulatedAccount([reset]);
    const calls = [begin('a@example.com'), begin('c@example.com, a@example.com')];
    assert.deepEqual(await all(...calls), Array(2).fill(['network', 'unknown']));
    assert.deepEqual(taken, ['a@example.com']);
    assert.deepEqual(await all(begin('c@example.com')), [sent]);
  });

  for (const name of ['signal', 'stopSignal'] as const) {
    it(`end their wait when the run is cancelled by its ${name}`, async () => {
      const { begin, all, clock, taken } = simulatedAccount();
      const stopping = new AbortController();
      const first = begin('jane@example.com');
      const second = begin('jane@example.com', { ...skip, [name]: stopping.signal });
      const stop = clock.sleep(50).then(() => stopping.abort());
      const cancelled = ['cancelled', 'notSent'];
      assert.deepEqual(
        await all(
          first,
          second,
          stop.then(() => ({})),
        ),
        [sent, cancelled, {}],
      );
      assert.deepEqual(await all(begin('john@example.com', { ...skip, [name]: stopping.signal })), [
        cancelled,
      ]);
      assert.equal(taken.length, 1);
    });
  }

  it('try for themselves when the first cannot look the email up', async () => {
    const looks = [{ status: 503 }, { body: '{"status":"success","message_data":[]}' }];
    const clock = eventClock();
    const { client, requests } = simulatedService(
      ({ path }) => (path === operations.getMessageInfo.path ? (looks.shift() ?? queued) : queued),
      { clock, latency: 100, limits: { attempts: 1 } },
    );
    const request = buildRequest(
      operations.sendMail,
      { ...form, to: 'jane@example.com' },
      { smtpUser: 'smtp1' },
    );
    const call = client.prepare('sendMail', request);
    const first = assert.rejects(client.run(call, skip), { kind: 'service', fate: 'notSent' });
    const second = client.run(call, skip);
    await clock.run(Promise.all([first, second]));
    const time = '1970-01-01T00:00:00.300Z';
    assert.deepEqual(await second, { ...sent, to: 'jane@example.com', subject: 'Hi', time });
    assert.equal(requests.length, 3);
  });
});
