import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { RunOptions } from '../../../shared/delivery/options';
import { operations } from '../../../shared/generated/operations';
import { buildRequest } from '../../../shared/form/buildRequest';
import { eventClock } from '../../support/clock';
import { form, reset, sent, simulatedAccount, skip, skipped } from '../../support/simulatedAccount';
import { queued, simulatedService } from '../../support/transport';

describe('skipping what was sent, for each recipient', () => {
  it('sends to those who do not have the email, and says who was skipped', async () => {
    const { begin, all, taken } = simulatedAccount([], ['A@example.com', 'b@example.com']);
    const [result] = await all(begin('B@example.com, c@example.com'));
    assert.deepEqual(result, { ...sent, skippedRecipients: ['B@example.com'] });
    assert.deepEqual(taken, ['c@example.com']);
    assert.deepEqual(await all(begin('c@example.com, a@example.com')), [skipped]);
  });

  it('leaves the rest of the request as it is', async () => {
    const clock = eventClock();
    const files = [{ type: 'text/plain', name: 'a.txt', content: '' }];
    const bodies: unknown[] = [];
    const { client } = simulatedService(
      ({ path, body }) => {
        if (path !== operations.getMessageInfo.path) bodies.push(body);
        return path === operations.getMessageInfo.path
          ? { body: '{"status":"success","message_data":[{"email":"a@example.com"}]}' }
          : queued;
      },
      { clock },
    );
    const values = { ...form, to: 'a@example.com', bcc: 'c@example.com', attachments: files };
    const call = client.prepare('sendMail', buildRequest(operations.sendMail, values, { smtpUser: 'smtp1' }));
    await client.run(call, skip);
    const [body] = bodies as [typeof call.request];
    assert.equal(body.message.attachments, call.request.message.attachments);
    assert.deepEqual(body, {
      ...call.request,
      message: { ...call.request.message, to: [{ email: 'c@example.com', type: 'bcc' }] },
    });
  });

  it('says who was skipped also when the rest is found to be sent', async () => {
    const finds = ['a@example.com'];
    const { begin, all, clock } = simulatedAccount([reset], finds);
    const arrive = clock.sleep(1000).then(() => ({ now: finds.push('c@example.com') }));
    const options: RunOptions = { ...skip, whenUnsure: 'lookUp' };
    const [result] = await all(begin('a@example.com, c@example.com', options), arrive);
    assert.deepEqual(result, {
      status: 'success',
      message: 'The email was found: it had been sent',
      xUniqueId: 'order-1042',
      recovered: true,
      skippedRecipients: ['a@example.com'],
    });
  });
});

describe('an email to several recipients of which it is not known whether it was sent', () => {
  const lookUp: RunOptions = { whenUnsure: 'lookUp' };

  it('is sent again only to those for whom it is not found', async () => {
    const { begin, all, taken, looks } = simulatedAccount([reset], ['A@example.com']);
    const [result] = await all(begin('a@example.com, b@example.com', lookUp));
    assert.deepEqual(result, { ...sent, recovered: true });
    assert.deepEqual([taken, looks()], [['a@example.com,b@example.com', 'b@example.com'], 3]);
  });

  it('is not sent again once it is found for all', async () => {
    const finds = ['a@example.com'];
    const { begin, all, clock, taken } = simulatedAccount([reset], finds);
    const arrive = clock.sleep(7000).then(() => ({ now: finds.push('b@example.com') }));
    const [result] = await all(begin('a@example.com, b@example.com', lookUp), arrive);
    assert.partialDeepStrictEqual(result, { recovered: true });
    assert.equal(taken.length, 1);
  });

  it('is known to have reached those for whom it was found, whatever happens to the others', async () => {
    const { begin, all, taken } = simulatedAccount([reset, reset], ['a@example.com']);
    const failed = begin('a@example.com, b@example.com', { ...lookUp, run: 'run' });
    assert.deepEqual(await all(failed), [['network', 'unknown']]);
    const later = [
      begin('a@example.com', { ...skip, run: 'run' }),
      begin('b@example.com', { ...skip, run: 'run' }),
    ];
    assert.deepEqual(await all(...later), [skipped, ['network', 'unknown']]);
    assert.equal(taken.length, 2);
  });
});
