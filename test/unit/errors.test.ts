import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SendCleanError, invalid } from '../../shared/errors';

describe('an error', () => {
  const advice: [error: SendCleanError, words: string][] = [
    [invalid('to', 'is required'), 'Nothing was sent. Correct this, then run it again.'],
    [
      new SendCleanError('network', 'notSent', 'No way'),
      'Nothing was sent, so it is safe to run this again.',
    ],
    [
      new SendCleanError('timeout', 'unknown', 'Too late', { xUniqueId: 'order-1042' }),
      'It is not known whether the mail was sent. Look for X-Unique-Id “order-1042” with Get Message Info before you send it again.',
    ],
    [
      new SendCleanError('timeout', 'unknown', 'Too late'),
      'It is not known whether the mail was sent. Ask the recipient, or look in the SendClean panel, before you send it again.',
    ],
  ];
  for (const [error, words] of advice) {
    it(`advises what to do after ${error.kind} ${error.xUniqueId ?? ''}`, () =>
      assert.equal(error.advice, words));
  }

  it('becomes data with all that it tells, and is made of them again', () => {
    const details = {
      path: 'to',
      status: 200,
      serviceName: 'E',
      code: 'C',
      attempts: 2,
      xUniqueId: 'order-1',
    };
    const error = new SendCleanError('service', 'unknown', 'Oops', details);
    const data = error.toJSON();
    assert.deepEqual(data, {
      kind: 'service',
      fate: 'unknown',
      message: 'Oops',
      ...details,
      advice: error.advice,
    });
    assert.deepEqual(SendCleanError.fromJSON(data).toJSON(), data);
  });

  it('says in a log whose error it is', () => {
    assert.equal(String(invalid('to', 'is required')), 'SendCleanError: to is required');
  });

  it('counts no attempts unless some were made', () => {
    assert.equal(invalid('to', 'is required').attempts, 0);
  });

  it('keeps its details with what it is about in front', () => {
    const error = new SendCleanError('service', 'unknown', 'Oops', { status: 500, xUniqueId: 'order-1' });
    assert.deepEqual(error.prefixed('To jane@example.com').toJSON(), {
      ...error.toJSON(),
      message: 'To jane@example.com: Oops',
    });
  });
});
