import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { SendCleanError } from '../../../shared/errors';
import { operations } from '../../../shared/generated/operations';
import { createRedact } from '../../../shared/response/redact';
import { readResponse } from '../../../shared/response/readResponse';

const ownerId = 'shop (42)';
const token = 'tok/en "42" é+==';

/** The message of the error for a response in which the service says this. */
function told(said: string): string {
  const body = `{"status":"error","name":"GeneralError","message":"${said}"}`;
  try {
    readResponse(operations.sendMail, { status: 200, headers: {}, body }, createRedact({ token, ownerId }));
  } catch (error) {
    return (error as Error).message;
  }
  return assert.fail('the response was read as a success');
}

describe('a token that the service repeats', () => {
  const spellings = {
    'as it is': 'tok/en \\"42\\" é+==',
    'with escaped slashes, as PHP writes them': 'tok\\/en \\"42\\" é+==',
    'with escaped letters': '\\u0074ok/en \\u002242\\u0022 \\u00e9+==',
    'as it stands in a URL': encodeURIComponent(token),
  };
  for (const [title, spelling] of Object.entries(spellings)) {
    it(`is taken out of the error ${title}`, () => {
      assert.equal(told(`No ${spelling} here`), 'SendClean refused the call: No *** here (GeneralError)');
    });
  }

  it('is taken out each time, also among hundreds of texts that hold none', () => {
    const redact = createRedact({ token, ownerId });
    for (let index = 0; index < 300; index += 1) {
      assert.equal(redact.result(`queued ${index % 150}`), `queued ${index % 150}`);
      assert.equal(redact.error(`queued by ${token}`), 'queued by ***');
    }
  });

  it('is looked for in errors together with the owner ID, which a result may name', () => {
    const redact = createRedact({ token, ownerId });
    const said = `queued for ${ownerId}`;
    for (let time = 0; time < 2; time += 1) {
      assert.equal(redact.result(said), said);
      assert.equal(redact.error(said), 'queued for ***');
    }
  });

  it('is taken out of a result, too', () => {
    const body = JSON.stringify({ status: 'success', message: `queued by ${token}` });
    const response = readResponse(
      operations.sendMail,
      { status: 200, headers: {}, body },
      createRedact({ token, ownerId }),
    );
    assert.equal(response.message, 'queued by ***');
  });
});

describe('secrets in what is no text of a response', () => {
  /** What is left of an error with these secrets. */
  function errorOf(envelope: string, secrets: Parameters<typeof createRedact>[0]): Record<string, unknown> {
    const body = `{"status":"error","message":"No",${envelope}}`;
    try {
      readResponse(operations.sendMail, { status: 200, headers: {}, body }, createRedact(secrets));
    } catch (error) {
      return (error as SendCleanError).toJSON();
    }
    return assert.fail('the response was read as a success');
  }

  it('are taken out of a number, also of one that JSON cannot hold exactly', () => {
    for (const digits of ['4815162342', '48151623424815162342', '48151623424815162342481516', '1234567.50']) {
      assert.equal(errorOf(`"code":${digits}`, { token: digits }).code, '***', digits);
    }
    assert.equal(errorOf('"code":42', { ownerId: '42' }).code, '***');
  });

  it('leave a number alone that only has them in it, or is written in another way by accident', () => {
    for (const secret of ['42', '0.50', '1e3', '007'])
      assert.partialDeepStrictEqual(errorOf('"code":1421', { token: secret, ownerId: secret }), {
        code: 1421,
      });
    const body = JSON.stringify({ status: 'success', message_data: [{ opens: 421 }] });
    const response = { status: 200, headers: {}, body };
    const { message_data } = readResponse(operations.getMessageInfo, response, createRedact({ token: '42' }));
    assert.deepEqual(message_data, [{ opens: 421 }]);
  });

  it('are taken out of names', () => {
    const message = { message: [{ [`No ${token}`]: 1, why: { [token]: 2 } }] };
    const body = JSON.stringify({ status: 'error', ...message });
    assert.throws(
      () => readResponse(operations.sendMail, { status: 200, headers: {}, body }, createRedact({ token })),
      { message: 'SendClean refused the call: {"No ***":1,"why":{"***":2}}' },
    );
  });

  it('are taken out of code and class in every spelling', () => {
    const spelled = encodeURIComponent(token).toLowerCase();
    const error = errorOf(`"code":"E-${spelled}","name":"Bad ${spelled.replaceAll('%20', '+')}"`, { token });
    assert.partialDeepStrictEqual(error, { code: 'E-***', serviceName: 'Bad ***' });
  });

  it('are quoted from no page and no broken JSON', () => {
    const bodies = [`<html>${token}</html>`, `{"message":"${token}`, `${token}`, JSON.stringify([token])];
    for (const body of bodies)
      for (const status of [200, 302, 400, 502])
        assert.throws(
          () => readResponse(operations.sendMail, { status, headers: {}, body }, createRedact({ token })),
          (error: Error) => !JSON.stringify([error, error.message]).includes('42'),
        );
  });
});

describe('an owner ID that the service repeats', () => {
  it('is taken out of the error, as it is and as it stands in a URL', () => {
    const said = `Owner ${ownerId} at owner_id=${encodeURIComponent(ownerId)}`;
    assert.equal(told(said), 'SendClean refused the call: Owner *** at owner_id=*** (GeneralError)');
  });

  it('is taken out before a sentence quotes or cuts what the service says', () => {
    const quoted = JSON.stringify({ status: 'the "shop" is closed', message_data: [] });
    const cut = JSON.stringify({ status: 'error', message: `${'No! '.repeat(73)}${ownerId}` });
    const message = (body: string, owner: string) => {
      try {
        const response = { status: 200, headers: {}, body };
        return readResponse(operations.getMessageInfo, response, createRedact({ ownerId: owner })).status;
      } catch (error) {
        return (error as Error).message;
      }
    };
    assert.match(message(quoted, 'the "shop"'), /, got "\*\*\* is closed"$/);
    assert.match(message(cut, ownerId), /No! \*\*\*$/);
  });

  it('is taken out behind an escape', () => {
    const { error } = createRedact({ ownerId: 'shop' });
    assert.equal(
      error('owner%3Dshop%26 owner\\u003dshop &quot;shop&quot; my%20shop'),
      'owner%3D***%26 owner\\u003d*** &quot;***&quot; my%20***',
    );
  });

  it('is left where it is a part of another word', () => {
    const { error } = createRedact({ ownerId: 'sand' });
    assert.equal(
      error('sandbox sand smtp-sand, sand-pit “sand” Sand'),
      'sandbox *** smtp-sand, sand-pit “***” Sand',
    );
  });

  it('stays in a result, where it may be a word of an email', () => {
    const body = JSON.stringify({ status: 'success', message: `queued by ${ownerId}` });
    const response = readResponse(
      operations.sendMail,
      { status: 200, headers: {}, body },
      createRedact({ ownerId }),
    );
    assert.equal(response.message, `queued by ${ownerId}`);
  });
});
