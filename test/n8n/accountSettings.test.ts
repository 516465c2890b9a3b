import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { message } from '../sandbox/client';
import { runNode, type CredentialData } from '../support/n8nEngine';
import { credentialFor, emailForm } from '../support/n8nForm';
import { account } from '../support/sandbox';
import { useNode } from './harness';

const parameters = {
  ...emailForm,
};

describe('the settings of a credential in n8n', () => {
  const { url, inbox } = useNode();

  const send = (changes: CredentialData) =>
    runNode({ parameters, credential: { ...credentialFor(url()), ...changes } });

  it('are used without the blanks and line breaks around them', async () => {
    const { error } = await send({
      ownerId: ` ${account.owner_id}\n`,
      token: `${account.token} \r\n`,
      smtpUser: `\t${account.smtpUser}`,
      endpoint: ` ${url()} `,
    });
    assert.equal(error, undefined);
    const [sent] = await inbox();
    const { request } = await message(url(), sent?.id ?? 0);
    assert.partialDeepStrictEqual(request, { smtp_user_name: account.smtpUser });
  });

  it('are refused with a line break within, and nothing is sent', async () => {
    const { error, record } = await send({ token: 'half\nother' });
    assert.match(error?.message ?? '', /^Token must not contain a line break/);
    assert.doesNotMatch(record, /half|other/);
    assert.deepEqual(await inbox(), []);
  });

  it('have to name owner ID and token', async () => {
    for (const [name, label] of [
      ['ownerId', 'Owner ID'],
      ['token', 'Token'],
    ] as const) {
      const { error } = await send({ [name]: ' ' });
      assert.equal(error?.message, `${label} is required: set it in the SendClean credential`);
    }
    assert.deepEqual(await inbox(), []);
  });
});
