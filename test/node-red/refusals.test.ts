import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { NodeMessage } from '../../node-red/src/red';
import { ids } from '../support/nodeRedFlow';
import { mail, useRuntime } from './harness';

describe('a message that does not fit, in a Node-RED node', () => {
  const { red, deploy, failure, requestCount } = useRuntime();

  const refusals: [name: string, msg: NodeMessage, sentence: RegExp, status: string][] = [
    [
      'no recipient',
      { to: '' },
      /^To is empty: enter at least one recipient in To, CC or BCC\. /,
      'To is empty',
    ],
    [
      'an empty list of recipients',
      { to: [] },
      /^To is empty: enter at least one recipient in To, CC or BCC\. /,
      'To is empty',
    ],
    [
      'a recipient without an address',
      { to: { name: 'Jane' } },
      /^To, first recipient is required\. /,
      'To is required',
    ],
    ['a number for a recipient', { to: 5 }, /^To, first recipient must be text, got 5\. /, 'To must be text'],
    ['an object in a subject', { topic: { text: 'Hi' } }, /^Subject must be text/, 'Subject must be text'],
    [
      'a sender who has a name but no address',
      { from: { name: 'Shop', email: '' } },
      /^From Email must be an email address, got an object\. /,
      'From Email must be an email address',
    ],
    [
      'a list of recipients with nobody in it',
      { to: Array(2) },
      /^To is empty: enter at least one recipient in /,
      'To is empty',
    ],
    [
      'headers with empty places',
      { headers: Array(2) },
      /^Custom Headers is a list with empty places\. /,
      'Custom Headers is not valid',
    ],
    [
      'a Map of headers',
      { headers: new Map([['X-A', '1']]) },
      /^Custom Headers must be an object of names and values/,
      'Custom Headers is not valid',
    ],
    [
      'a header of objects',
      { headers: { 'X-A': [{}] } },
      /^Custom Headers, X-A must be text, got a list\. /,
      'Custom Headers must be text',
    ],
    [
      'a header whose name cannot be written',
      { headers: [{ key: Object.create(null) as unknown, value: 'a' }] },
      /^Custom Headers must be an object of names and values/,
      'Custom Headers is not valid',
    ],
    [
      'HTML that cannot be written',
      { payload: Object.assign(Object.create(null) as object, { big: 1n }) },
      /^HTML must be text, got an object\. /,
      'HTML must be text',
    ],
    [
      'a file name that cannot be written',
      { attachments: [{ content: 'a', filename: Object.create(null) as unknown }] },
      /^Attachments, name of the first file must be text, got an object\. /,
      'Attachments must be text',
    ],
    [
      'a response with an object for a subject',
      { topic: Object.create(null) as unknown, header: { 'message-id': '<a@b.co>' } },
      /^Subject must be text, got an object\. /,
      'Subject must be text',
    ],
    [
      'a copy to no address',
      { cc: 'jane@' },
      /^CC, first recipient must be an email address/,
      'CC must be an email address',
    ],
    [
      'an attachment that is no file',
      { attachments: [5] },
      /^Attachments, first file is not a file/,
      'Attachments is not a file',
    ],
    ['neither HTML nor text', { payload: '' }, /^HTML or Text is required/, 'HTML or Text is required'],
  ];
  for (const [name, wrong, sentence, status] of refusals) {
    it(`is refused in a sentence and a few words of status: ${name}`, async () => {
      await deploy('sendMail');
      const { error } = await failure({ ...mail, ...wrong });
      assert.match(error.message, sentence);
      assert.equal(red().statuses(ids.node).at(-1)?.text, `not sent: ${status}`);
      assert.equal(await requestCount(), 0);
    });
  }
});
