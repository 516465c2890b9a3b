import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Client } from '../../shared/client';
import { createOffers, matching } from '../../shared/offers';
import { createClient } from '../../shared/client';
import { simulatedClock } from '../support/clock';

const choices = { operation: 'listSmtp', value: 'smtp_user_name', label: 'status' };
const users = [
  { smtp_user_name: 'smtps1', status: 'Enable', password: 'hidden' },
  { smtp_user_name: 'smtps2' },
  { smtp_user_name: '' },
  { status: 'Enable' },
];

/** A client of a service that lists SMTP users, or refuses to; how often it was asked. */
function service(answer: () => object = () => ({ status: 'success', smtp_list: users })) {
  const clock = simulatedClock();
  let asked = 0;
  const send = async () => {
    asked += 1;
    return { status: 200, headers: {}, body: JSON.stringify(await answer()) };
  };
  const client: Client = createClient({ transport: { send }, clock, limits: { attempts: 1 } });
  return { client, clock, asked: () => asked };
}

describe('what an account has for a field', () => {
  it('is each value with what tells a person which one it is, and no secret', async () => {
    const { client, clock } = service();
    const offers = await createOffers(clock).of('account', client, choices);
    assert.deepEqual(offers, [
      { value: 'smtps1', label: 'smtps1 (Enable)' },
      { value: 'smtps2', label: 'smtps2' },
    ]);
  });

  it('is asked for once a minute, and for each account by itself', async () => {
    const { client, clock, asked } = service();
    const offers = createOffers(clock);
    for (const account of ['one', 'one', 'two', 'one']) await offers.of(account, client, choices);
    assert.equal(asked(), 2);
    await clock.sleep(60_000);
    await offers.of('one', client, choices);
    assert.equal(asked(), 3);
  });

  it('is asked for again after a failure, which says what is wrong', async () => {
    let isRefused = true;
    const refusal = { status: 'error', name: 'AuthenticationError', message: 'Token MissMatch' };
    const { client, clock } = service(() => (isRefused ? refusal : { status: 'success', smtp_list: users }));
    const offers = createOffers(clock);
    await assert.rejects(offers.of('account', client, choices), /Token MissMatch/);
    isRefused = false;
    assert.equal((await offers.of('account', client, choices)).length, 2);
  });

  it('is found by a part of the value or of what stands beside it, whatever the case', () => {
    const offers = [
      { value: '1', label: '1 (https://example.com/a)' },
      { value: '2', label: '2 (https://example.com/b)' },
    ];
    assert.deepEqual(matching(offers, ' EXAMPLE.com/B'), [offers[1]]);
    assert.deepEqual(matching(offers, ''), offers);
    assert.deepEqual(matching(offers, '3'), []);
  });
});
