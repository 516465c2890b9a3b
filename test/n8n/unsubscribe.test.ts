import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { message } from '../sandbox/client';
import { useNode } from './harness';

describe('Unsubscribe in the n8n node', () => {
  const { run, sent, refusal, inbox, url } = useNode();
  const template = 'https://a.example/u?who={{email}}';

  it('sets the headers by which email apps show a button', async () => {
    const { headers } = await sent({ options: { unsubscribe: 'leave@example.com, https://a.example/u' } });
    assert.partialDeepStrictEqual(headers, {
      'List-Unsubscribe': '<mailto:leave@example.com>, <https://a.example/u>',
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    });
  });

  for (const [written, unsubscribe] of [
    ['as text', template],
    ['as an expression, which n8n makes of it', '=https://{{ $json.host }}/u?who={{ email }}'],
  ] as const)
    it(`has the address of each recipient in a separate email, written ${written}`, async () => {
      const to = 'jane+a@example.com, john@example.com';
      const { error } = await run(
        { to, options: { unsubscribe, sendAs: 'each' } },
        {},
        { host: 'a.example' },
      );
      assert.equal(error, undefined);
      const all = await Promise.all((await inbox()).map(({ id }) => message(url(), id)));
      const links = all.map(({ request }) => {
        const { headers } = (request as { message: { headers: Record<string, string> } }).message;
        return headers['List-Unsubscribe'];
      });
      assert.deepEqual(links.sort(), [
        '<https://a.example/u?who=jane%2Ba%40example.com>',
        '<https://a.example/u?who=john%40example.com>',
      ]);
    });

  it('is refused where several recipients would get the link of one', async () => {
    assert.equal(
      await refusal({ to: 'jane@example.com, john@example.com', options: { unsubscribe: template } }),
      'Unsubscribe has {{email}}, which is somebody else for each recipient: send a separate email to each',
    );
  });
});

describe('Priority in the n8n node', () => {
  const { sent } = useNode();

  it('sets the headers that email programs know', async () => {
    const { headers } = await sent({ options: { priority: 'low' } });
    assert.partialDeepStrictEqual(headers, {
      'X-Priority': '5 (Lowest)',
      'X-MSMail-Priority': 'Low',
      Importance: 'Low',
    });
  });
});
