import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { SendCleanError } from '../../../shared/errors';
import { operations } from '../../../shared/generated/operations';
import { buildRequest } from '../../../shared/form/buildRequest';
import { say } from '../../../shared/phrase';

const form = { templateId: 'welcome', to: 'jane@example.com', smtpUserName: 'smtp1' };

/** The headers of a request with these custom headers, and what is said of those that are left out. */
function headersOf(customHeaders: unknown, more = {}): { headers: unknown; notes: string[] } {
  const notes: string[] = [];
  const values = { ...form, ...more, customHeaders };
  const request = buildRequest(operations.sendTemplate, values, {}, (note) => notes.push(say(note)));
  return { headers: (request as { message: { headers?: object } }).message.headers, notes };
}

function refusal(customHeaders: unknown, more = {}): SendCleanError {
  try {
    headersOf(customHeaders, more);
  } catch (error) {
    return error as SendCleanError;
  }
  return assert.fail('nothing was refused');
}

describe('custom headers', () => {
  const instead: [header: string, title: string][] = [
    ['To', 'To'],
    ['Cc', 'CC'],
    ['Bcc', 'BCC'],
    ['From', 'From Email'],
    ['Subject', 'Subject'],
    ['Return-Path', 'Return-Path Domain'],
  ];
  for (const [header, title] of instead) {
    it(`refuse ${header}, however it is spelt, and name the field to use`, () => {
      for (const name of [header, header.toLowerCase(), header.toUpperCase()]) {
        const { message, kind, fate, path } = refusal({ 'X-A': '1', [name]: 'eve@example.com' });
        assert.equal(message, `Custom Headers, ${name} cannot be set here: use the field ${title}`);
        assert.deepEqual([kind, fate, path], ['validation', 'notSent', `headers.${name}`]);
      }
    });
  }

  it('refuse all such headers, and those set twice, at once', () => {
    const { message } = refusal(
      [
        { name: 'To', value: 'a' },
        { name: 'bcc', value: 'b' },
        { name: 'X-A', value: '1' },
        { name: 'x-a', value: '2' },
        { name: 'reply-to', value: 'c@example.com' },
      ],
      { replyTo: 'd@example.com' },
    );
    assert.equal(
      message,
      'Custom Headers, To cannot be set here: use the field To; Custom Headers, bcc cannot be set here: use the field BCC; Custom Headers, x-a is set twice: the names of headers have no case; Custom Headers, reply-to is set twice: by its own field and among the others',
    );
  });

  const never = [
    'cookie',
    'Set-Cookie',
    'AUTHORIZATION',
    'Proxy-Authorization',
    'WWW-Authenticate',
    'Proxy-Authenticate',
    'Connection',
    'Keep-Alive',
    'TE',
    'Trailer',
    'Transfer-Encoding',
    'Upgrade',
    'Proxy-Connection',
    'x-node-red-request-node',
    'X-Node-Red-',
    'Content-Type',
    'content-length',
    'MIME-Version',
  ];
  for (const name of never) {
    it(`leave ${name} out, and say so`, () => {
      assert.deepEqual(headersOf({ [name]: 'a', 'X-A': '1' }), {
        headers: { 'X-A': '1' },
        notes: [`Custom Headers: left out ${name}, which do not belong in an email`],
      });
    });
  }

  it('leave out the same header in two spellings, whatever it holds', () => {
    const { headers, notes } = headersOf({ cookie: { a: 1 }, Cookie: 'a\nb' });
    assert.deepEqual(headers, {});
    assert.deepEqual(notes, ['Custom Headers: left out cookie and Cookie, which do not belong in an email']);
  });

  it('name ten of many that are left out, each cut where it is long', () => {
    const many = Array.from({ length: 12 }, (_, index) => [`x-node-red-${index}`, 'a']);
    const { notes } = headersOf(Object.fromEntries(many));
    assert.match(String(notes), /^Custom Headers: left out x-node-red-0, .*, x-node-red-9 and 2 more, which/);
    const [note = ''] = headersOf({ [`x-node-red-${'a'.repeat(1000)}\n`]: '' }).notes;
    assert.match(note, /^[^\n]{100,160}$/);
    const ten = headersOf(Object.fromEntries(many.slice(0, 10))).notes;
    assert.match(String(ten), /, x-node-red-8 and x-node-red-9, which/);
  });

  it('keep all others, such as those that begin like one that is left out', () => {
    const given = {
      'X-Cookie': 'a',
      'Cookie-A': 'b',
      'X-Node-Re': 'c',
      'X-To': 'd',
      toString: 'e',
      constructor: 'f',
    };
    assert.deepEqual(headersOf(given), { headers: given, notes: [] });
  });

  it('are the only field that leaves anything out', () => {
    assert.deepEqual(
      buildRequest(operations.sendTemplate, { ...form, dynamicValues: { To: 'Jane', cookie: 'oat' } }),
      {
        smtp_user_name: 'smtp1',
        message: {
          template_id: 'welcome',
          to: [{ email: 'jane@example.com', type: 'to' }],
          dynamic_value: { To: 'Jane', cookie: 'oat' },
        },
      },
    );
  });
});
