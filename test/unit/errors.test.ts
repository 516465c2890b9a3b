import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  SendCleanError,
  invalid,
  notMade,
  toSendCleanError,
  type ErrorDetails,
  type ErrorKind,
} from '../../shared/errors';

describe('an error', () => {
  const remedies: [kind: ErrorKind, remedy: string][] = [
    ['validation', 'Correct this, then run it again.'],
    ['authentication', 'Correct owner ID and token of the account, then run it again.'],
    ['rateLimited', 'Wait until the rate limit allows more, then run it again.'],
  ];
  const repeatable: ErrorKind[] = ['network', 'timeout', 'service', 'unexpectedResponse', 'cancelled'];
  const adviceOf = (kind: ErrorKind, details: ErrorDetails) =>
    new SendCleanError(kind, 'notSent', 'No', details).advice;

  for (const [kind, remedy] of remedies) {
    it(`advises what to do first after ${kind}, and speaks of sending only where something is sent`, () => {
      assert.equal(adviceOf(kind, { effect: 'send' }), `Nothing was sent. ${remedy}`);
      assert.equal(adviceOf(kind, { effect: 'send', subject: 'Item 3' }), `Item 3 was not sent. ${remedy}`);
      assert.equal(adviceOf(kind, { effect: 'read' }), remedy);
      assert.equal(adviceOf(kind, { effect: 'read', subject: 'Item 3' }), remedy);
      assert.equal(adviceOf(kind, {}), remedy);
    });
  }

  for (const kind of repeatable) {
    it(`says after ${kind} that it is safe to run again, and speaks of sending only where something is sent`, () => {
      assert.equal(adviceOf(kind, { effect: 'send' }), 'Nothing was sent, so it is safe to run this again.');
      assert.equal(
        adviceOf(kind, { effect: 'send', subject: 'Item 3' }),
        'Item 3 was not sent, so it is safe to run it again.',
      );
      assert.equal(adviceOf(kind, { effect: 'read' }), 'It is safe to run this again.');
      assert.equal(adviceOf(kind, {}), 'It is safe to run this again.');
    });
  }

  it('advises to look for the email when its fate is unknown', () => {
    const unknown = (details: ErrorDetails) =>
      new SendCleanError('timeout', 'unknown', 'Late', details).advice;
    assert.equal(
      unknown({ effect: 'send', xUniqueId: 'order-1042' }),
      'It is not known whether the email was sent. Look for X-Unique-Id “order-1042” with Get Message Info before you send it again.',
    );
    assert.equal(
      unknown({ effect: 'send' }),
      'It is not known whether the email was sent. Ask the recipient, or look in the SendClean panel, before you send it again.',
    );
  });

  it('knows what its call does when it is changed', () => {
    const error = new SendCleanError('network', 'unknown', 'No', { effect: 'send', subject: 'Item 3' });
    for (const changed of [error.with({ attempts: 2 }), error.withFate('notSent'), error.prefixed('To jane')])
      assert.deepEqual([changed.effect, changed.subject], ['send', 'Item 3']);
  });

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
      advice:
        'It is not known whether the email was sent. Look for X-Unique-Id “order-1” with Get Message Info before you send it again.',
      documentation: 'https://github.com/sendclean-nodes/sendclean-nodes/blob/main/docs/errors.md#service',
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

  it('is made of what was thrown without one, which may have come after the request', () => {
    assert.partialDeepStrictEqual(toSendCleanError(new RangeError('a')).toJSON(), {
      kind: 'unexpectedResponse',
      fate: 'unknown',
      message: "SendClean's response cannot be read (RangeError)",
    });
    assert.equal(toSendCleanError(5).message, "SendClean's response cannot be read (number)");
    const error = notMade();
    assert.equal(toSendCleanError(error), error);
  });

  it('says of a cancelled call that its request was not made', () => {
    const { kind, fate, message } = notMade();
    assert.deepEqual(
      [kind, fate, message],
      ['cancelled', 'notSent', 'The run was cancelled before this request was made'],
    );
  });
});
