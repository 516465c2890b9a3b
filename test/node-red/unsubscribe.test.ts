import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { mail, useRuntime } from './harness';

const { deploy, result, failure, taken } = useRuntime();

describe('Unsubscribe in Node-RED', () => {
  it('has the address of the only recipient', async () => {
    await deploy('sendMail', { unsubscribe: ['https://a.example/u?who={{email}}', 'str'] });
    await result({ ...mail, headers: { 'list-unsubscribe': '<https://old.example>', 'X-A': '1' } });
    const { headers } = (await taken()).message as { headers: Record<string, string> };
    assert.partialDeepStrictEqual(headers, {
      'List-Unsubscribe': '<https://a.example/u?who=jane%40example.com>',
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      'X-A': '1',
    });
    assert.equal('list-unsubscribe' in headers, false);
  });

  it('is refused where several recipients would get the link of one', async () => {
    await deploy('sendMail', { unsubscribe: ['https://a.example/u?who={{email}}', 'str'] });
    const { error } = await failure({ ...mail, cc: 'team@example.com' });
    assert.match(error.message, /^Unsubscribe has \{\{email\}\}/);
  });
});

describe('Priority in Node-RED', () => {
  for (const [name, priority] of [
    ['chosen', ['high', 'choice']],
    ['from the message', ['importance', 'msg']],
  ] as const)
    it(`is in the headers when it is ${name}, whatever the message has for the e-mail node`, async () => {
      await deploy('sendMail', { priority: [...priority] });
      const headers = { 'x-priority': '3', 'X-A': '1' };
      await result({ ...mail, importance: 'High', priority: 'low', headers });
      const sent = (await taken()).message as { headers: Record<string, string> };
      assert.partialDeepStrictEqual(sent.headers, {
        'X-Priority': '1 (Highest)',
        Importance: 'High',
        'X-A': '1',
      });
      assert.equal('x-priority' in sent.headers, false);
    });
});
