import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readLimits, type Limits } from '../../../shared/form/readSettings';
import { settings } from '../../../shared/form/settings';
import { queued, simulatedService } from '../../support/transport';

const ranges: [name: keyof Limits, usual: number | undefined, min: number, max: number][] = [
  ['requestsPerMinute', undefined, 1, 60_000],
  ['atOnce', 10, 1, 100],
  ['megabytes', 100, 1, 10_000],
  ['attempts', 4, 1, 10],
  ['timeout', 60, 1, 600],
  ['connectTimeout', 10, 1, 60],
];

describe('a limit', () => {
  for (const [name, usual, min, max] of ranges) {
    it(`may be ${min} to ${max}, as a number or as text: ${name}`, () => {
      for (const value of [min, max, String(max)])
        assert.equal(readLimits({ [name]: value })[name], Number(value));
    });

    it(`is ${usual ?? 'none'} where nothing is entered: ${name}`, () => {
      for (const value of [undefined, null, '']) assert.equal(readLimits({ [name]: value })[name], usual);
    });

    it(`is refused with its range otherwise: ${name}`, () => {
      const message = new RegExp(`must be a number from ${min} to ${max}, got `);
      for (const value of [min - 1, max + 1, 'many', true, [min], 10n, Object.create(null)])
        assert.throws(() => readLimits({ [name]: value })[name], { kind: 'validation', path: name, message });
    });

    it(`is named by its label: ${name}`, () => {
      const { title } = settings[name];
      assert.throws(() => readLimits({ [name]: 0 }), {
        message: `${title} must be a number from ${min} to ${max}, got 0`,
      });
    });
  }

  it('of time is what a request may take, in milliseconds', async () => {
    const mail = { smtp_user_name: 'smtp1', message: { to: [{ email: 'jane@example.com' }], text: 'Hi' } };
    for (const [limits, timeout] of [
      [{}, 60_000],
      [{ timeout: '5' }, 5000],
    ] as const) {
      const { client, requests } = simulatedService(() => queued, { limits: readLimits(limits) });
      await client.sendMail(mail);
      assert.equal(requests[0]?.timeout, timeout);
    }
  });
});
