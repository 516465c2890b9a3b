import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SendCleanError } from '../../../shared/errors';
import { notStartedError } from '../../../shared/response/networkErrors';
import { simulatedService } from '../../support/transport';

/** The module once more, with a class of its own, as another bundle has it. */
const copyOfErrors = '../../../shared/errors.ts?copy';

const mail = { smtp_user_name: 'smtp1', message: { to: [{ email: 'jane@example.com' }], text: 'Hello' } };

describe('an error of the core from another bundle of it', () => {
  it('says why a request was not made, also inside an error of the host', async () => {
    const own = new SendCleanError('validation', 'notSent', 'Token is required', { path: 'token' });
    assert.deepEqual(notStartedError(own).toJSON(), own.toJSON());
    const copy = (await import(copyOfErrors)) as typeof import('../../../shared/errors');
    assert.notEqual(copy.SendCleanError, SendCleanError);
    const foreign = new copy.SendCleanError('validation', 'notSent', 'Token is required', { path: 'token' });
    const thrown = Object.assign(new Error('wrapped'), {
      name: 'NodeApiError',
      cause: foreign,
      code: 'ECONNRESET',
    });
    const { client, requests } = simulatedService(() => thrown, { limits: { attempts: 2 } });
    const error = await client.sendMail(mail).then(
      () => assert.fail('The email counts as sent'),
      (one: SendCleanError) => one,
    );
    const { kind, fate, message, path } = error;
    assert.deepEqual([kind, fate, message, path], ['validation', 'notSent', 'Token is required', 'token']);
    assert.equal(requests.length, 1);
  });
});
