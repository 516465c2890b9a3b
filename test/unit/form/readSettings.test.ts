import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  readContentSettings,
  readLimits,
  readNothingFound,
  readNumber,
  readSendSettings,
  requireNumber,
  type Limits,
} from '../../../shared/form/readSettings';
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

describe('how emails are sent', () => {
  it('is one email to all, reported, sent and checked, where nothing is entered', () => {
    assert.deepEqual(readSendSettings({}), {
      isSeparate: false,
      whenUnsure: 'report',
      skipSent: false,
      missingImages: 'report',
      validateOnly: false,
    });
  });

  it('is what a person chose, by its values', () => {
    const entered = {
      sendAs: 'each',
      whenUnsure: 'lookUp',
      skipSent: 'yes',
      missingImages: 'send',
      validateOnly: true,
    };
    assert.deepEqual(readSendSettings(entered), {
      isSeparate: true,
      whenUnsure: 'lookUp',
      skipSent: true,
      missingImages: 'send',
      validateOnly: true,
    });
    assert.equal(readSendSettings({ sendAs: 'all' }).isSeparate, false);
  });

  it('is refused with its values otherwise', () => {
    assert.throws(() => readSendSettings({ sendAs: 'some' }), {
      kind: 'validation',
      path: 'sendAs',
      message: 'Recipient Mode must be one of each, all, got "some"',
    });
  });
});

describe('how content is written', () => {
  it('is what a person chose', () => {
    const entered = { emailFormat: 'markdown', markdownHtml: 'yes' };
    assert.deepEqual(readContentSettings(entered, 'nodeRed'), { format: 'markdown', allowsHtml: true });
    assert.equal(readContentSettings({ emailFormat: 'text', markdownHtml: 'no' }, 'n8n').format, 'text');
    assert.equal(readContentSettings({}, 'n8n').allowsHtml, false);
  });

  it('is refused with its values otherwise', () => {
    assert.throws(() => readContentSettings({ emailFormat: 'rtf' }, 'n8n'), { path: 'emailFormat' });
    assert.throws(() => readContentSettings({ markdownHtml: 'perhaps' }, 'n8n'), { path: 'markdownHtml' });
  });
});

describe('what a read without a record comes to', () => {
  for (const choice of ['nothing', 'item', 'error'])
    it(`is what a person chose: ${choice}`, () =>
      assert.equal(readNothingFound({ nothingFound: choice }), choice));

  it('is nothing where nothing is entered, and refused where it is something else', () => {
    assert.equal(readNothingFound({}), 'nothing');
    assert.throws(() => readNothingFound({ nothingFound: 'all' }), { path: 'nothingFound' });
  });
});

describe('a number', () => {
  for (const value of [' ', 'x', [], {}, true, NaN])
    it(`is not what this is: ${JSON.stringify(value)}`, () => {
      assert.throws(() => requireNumber('timeout', { timeout: value }), { path: 'timeout' });
    });

  it('may be left empty where nothing is usual', () => {
    assert.equal(readNumber('sizeLimit', {}, ''), undefined);
    assert.equal(readNumber('sizeLimit', { sizeLimit: '2.5' }, ''), 2.5);
  });
});
