import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fault } from '../sandbox/client';
import { serviceErrors } from '../support/serviceErrors';
import { useNode } from './harness';

describe('an error of the service, in n8n', () => {
  const { sendTo, url } = useNode();

  for (const { title, status, error, fate, sentence } of serviceErrors) {
    it(`is read with reason and fate: ${title}`, async () => {
      await fault(url(), { kind: 'error', status, error });
      const told = await sendTo(url());
      assert.match(told.message, sentence);
      assert.equal(told.fate, fate);
    });
  }
});
