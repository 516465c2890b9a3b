import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { operations } from '../../shared/generated/operations';
import { createRedact } from '../../shared/redact';
import { readReply } from '../../shared/reply';

const ownerId = 'shop (42)';
const token = 'tok/en "42" é+==';

/** The message of the error for a reply in which the service says this. */
function told(said: string): string {
  const body = `{"status":"error","name":"GeneralError","message":"${said}"}`;
  try {
    readReply(operations.sendMail, { status: 200, headers: {}, body }, createRedact({ token, ownerId }));
  } catch (error) {
    return (error as Error).message;
  }
  return assert.fail('the reply was read as a success');
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

  it('is taken out of a result, too', () => {
    const body = JSON.stringify({ status: 'success', message: `queued by ${token}` });
    const reply = readReply(
      operations.sendMail,
      { status: 200, headers: {}, body },
      createRedact({ token, ownerId }),
    );
    assert.equal(reply.message, 'queued by ***');
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
        const reply = { status: 200, headers: {}, body };
        return readReply(operations.getMessageInfo, reply, createRedact({ ownerId: owner })).status;
      } catch (error) {
        return (error as Error).message;
      }
    };
    assert.match(message(quoted, 'the "shop"'), /, got "\*\*\* is closed"$/);
    assert.match(message(cut, ownerId), /No! \*\*\*$/);
  });

  it('is left where it is a part of another word', () => {
    const { error } = createRedact({ ownerId: 'sand' });
    assert.equal(
      error('sandbox sand smtp-sand, sand-pit “sand” Sand'),
      'sandbox *** smtp-sand, sand-pit “***” Sand',
    );
  });

  it('stays in a result, where it may be a word of a mail', () => {
    const body = JSON.stringify({ status: 'success', message: `queued by ${ownerId}` });
    const reply = readReply(
      operations.sendMail,
      { status: 200, headers: {}, body },
      createRedact({ ownerId }),
    );
    assert.equal(reply.message, `queued by ${ownerId}`);
  });
});
