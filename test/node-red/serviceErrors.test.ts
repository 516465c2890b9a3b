import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fault } from '../sandbox/client';
import { serviceErrors } from '../support/serviceErrors';
import { ids } from '../support/nodeRedFlow';
import { mail, useRuntime } from './harness';

describe('an error of the service, in Node-RED', () => {
  const { url, red, deploy, failure } = useRuntime();

  for (const { title, status, error, kind, fate, sentence } of serviceErrors) {
    it(`is read with reason and fate: ${title}`, async () => {
      await deploy('sendMail');
      await fault(url(), { kind: 'error', status, error });
      const { sendclean } = await failure(mail);
      assert.match(String(sendclean.message), sentence);
      const { name: serviceName } = error;
      assert.partialDeepStrictEqual(sendclean, { kind, fate, status, serviceName });
      assert.match(
        red().statuses(ids.node).at(-1)?.text ?? '',
        kind === 'authentication' ? /^not sent: account refused$/ : /: ([A-Z].* )?refused by SendClean$/,
      );
    });
  }
});
