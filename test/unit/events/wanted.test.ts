import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isWanted } from '../../../shared/events/wanted';

const all = ['open', 'click'];

describe('an event', () => {
  it('is wanted if it was chosen', () => {
    assert.equal(isWanted({ event: 'open' }, { events: ['open'], all }), true);
    assert.equal(isWanted({ event: 'click' }, { events: ['open'], all }), false);
  });

  it('is wanted if nobody could choose it, because the service may have new ones', () => {
    assert.equal(isWanted({ event: 'forwarded' }, { events: ['open'], all }), true);
  });

  it('is wanted only of the SMTP user that was chosen', () => {
    const choice = { events: all, all, smtpUser: 'smtp12345' };
    assert.equal(isWanted({ event: 'open', smtp_name: 'smtp12345' }, choice), true);
    assert.equal(isWanted({ event: 'open', smtp_name: 'smtp1' }, choice), false);
    assert.equal(isWanted({ event: 'open' }, choice), false);
  });
});
