import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { simplifyEvent } from '../../../shared/events/simplifyEvent';

describe('a simplified event', () => {
  it('has under names of its own what the event has under those of the service', () => {
    const raw = {
      _id: 'a1',
      user_id: 'u1',
      smtp_name: 'smtp12345',
      x_unique_id: 'order-1042',
      ts: 1458034022,
      event: 'click',
      msg: {
        email: 'jane@example.com',
        subject: 'Your order',
        url: 'https://example.com/a',
        ip: '192.0.2.1',
        ua: 'Mozilla',
        other: 1,
      },
    };
    assert.deepEqual(simplifyEvent(raw), {
      event: 'click',
      time: '2016-03-15T09:27:02.000Z',
      xUniqueId: 'order-1042',
      smtpUser: 'smtp12345',
      email: 'jane@example.com',
      subject: 'Your order',
      url: 'https://example.com/a',
      ip: '192.0.2.1',
      userAgent: 'Mozilla',
      raw,
    });
  });

  const times = { seconds: 1458034022, milliseconds: 1458034022000, microseconds: 1458034022000000 };
  for (const [unit, ts] of Object.entries(times)) {
    it(`has its time, which came in ${unit}, as ISO 8601`, () => {
      assert.equal(simplifyEvent({ event: 'open', ts }).time, '2016-03-15T09:27:02.000Z');
      assert.equal(simplifyEvent({ event: 'open', ts: String(ts) }).time, '2016-03-15T09:27:02.000Z');
    });
  }

  it('has a time that is none as it came', () => {
    assert.equal(simplifyEvent({ event: 'open', ts: 'yesterday' }).time, 'yesterday');
    assert.deepEqual(simplifyEvent({ event: 'open', ts: [1] }).time, [1]);
  });

  it('opens a msg that is text, and keeps the text in the raw event', () => {
    const raw = { event: 'hard_bounce', msg: '{"email":"jane@example.com","reason":"No such user"}' };
    assert.deepEqual(simplifyEvent(raw), {
      event: 'hard_bounce',
      email: 'jane@example.com',
      reason: 'No such user',
      raw,
    });
  });

  it('has a value of the event itself before one of its msg, and neither where it is empty', () => {
    const raw = { event: 'open', email: 'a@example.com', ip: null, msg: { email: 'b@example.com', ip: 'x' } };
    const { email, ip } = simplifyEvent(raw);
    assert.deepEqual({ email, ip }, { email: 'a@example.com', ip: 'x' });
  });

  for (const msg of ['Opened', '{broken', 7, null, ['a']]) {
    it(`is made of an event whose msg is ${JSON.stringify(msg)}`, () => {
      assert.deepEqual(simplifyEvent({ event: 'open', msg }), { event: 'open', raw: { event: 'open', msg } });
    });
  }

  it('keeps the name of an event that nobody knows', () => {
    assert.equal(simplifyEvent({ event: 'forwarded' }).event, 'forwarded');
  });
});
