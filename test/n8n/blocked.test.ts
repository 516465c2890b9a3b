import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { control } from '../sandbox/client';
import { testCredential } from '../support/n8nCredentialTest';
import { credentialFor } from '../support/n8nForm';
import { useNode } from './harness';

// n8n reads these when it starts; loopback is among what its SSRF protection blocks.
process.env.N8N_SSRF_PROTECTION_ENABLED = 'true';
process.env.N8N_SSRF_BLOCKED_HOSTNAMES = 'blocked.example.com';

describe("an address that n8n's SSRF protection blocks", () => {
  const { sendTo, url } = useNode();

  const cases: [title: string, endpoint: () => string, sentence: RegExp][] = [
    [
      'an address',
      url,
      /: n8n itself blocks the address 127\.0\.0\.1 by its setting N8N_SSRF_PROTECTION_ENABLED;/,
    ],
    [
      'a host name that leads to such an address',
      () => url().replace('127.0.0.1', 'localhost'),
      /: n8n itself blocks the address .* by its setting N8N_SSRF_PROTECTION_ENABLED; .*N8N_SSRF_ALLOWED_HOSTNAMES/,
    ],
    [
      'a host name',
      () => 'https://blocked.example.com',
      /: n8n itself blocks the address blocked\.example\.com by its setting N8N_SSRF_BLOCKED_HOSTNAMES;/,
    ],
  ];
  for (const [title, endpoint, sentence] of cases) {
    it(`is told as such, in the run and in the test of the credential: ${title}`, async () => {
      const { fate, message } = await sendTo(endpoint(), { attempts: 4 });
      assert.equal(fate, 'notSent');
      assert.match(message, sentence);
      const tested = await testCredential({ ...credentialFor(url()), endpoint: endpoint() });
      assert.equal(tested.status, 'Error');
      assert.match(tested.message, sentence);
      const log = (await (await control(url(), 'requests')).json()) as { count: number };
      assert.equal(log.count, 0);
    });
  }
});
