import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import type { RequestEntry } from '../../sandbox/src/requestLog';
import type { Sandbox } from '../../sandbox/src/server';
import { startSandbox } from '../support/sandbox';
import { call, control, fault, mail, mailUnder } from './client';

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox({ token: 'Secret-9' });
});
afterEach(() => sandbox.close());

async function requests(query = ''): Promise<RequestEntry[]> {
  const log = await (await control(sandbox.url, `requests${query}`)).json();
  return (log as { requests: RequestEntry[] }).requests;
}

test('the list of requests says why each was refused, and which message it made', async () => {
  const token = 'Secret-9';
  for (const request of [
    { ...mail, token },
    { ...mail, token, owner_id: undefined },
    { ...mail, token, owner_id: 'Secret-9' },
    { ...mail, token: '' },
    { ...mail, token: 'other' },
    { ...mail, token, smtp_user_name: 'Secret-9' },
  ]) {
    await call(sandbox.url, 'sendMail', request);
  }
  assert.deepEqual(
    (await requests()).map(({ reason, messageId }) => [reason, messageId]),
    [
      [null, 1],
      ['Token MissMatch: the owner ID is missing', null],
      ['Token MissMatch: the owner ID is not sandbox', null],
      ['Token MissMatch: the token is missing', null],
      ['Token MissMatch: the token is wrong', null],
      ['smtp_user_name "***" is not known', null],
    ],
  );
});

test('it names the fault that struck a request, whose message may have been made', async () => {
  await fault(sandbox.url, { kind: 'status' });
  await fault(sandbox.url, { kind: 'empty' });
  await call(sandbox.url, 'sendMail', { ...mail, token: 'Secret-9' });
  await assert.rejects(call(sandbox.url, 'sendMail', { ...mailUnder('x'), token: 'Secret-9' }));
  assert.deepEqual(
    (await requests()).map(({ fault: kind, status, messageId }) => [kind, status, messageId]),
    [
      ['status', 500, null],
      ['empty', 200, 1],
    ],
  );
});

test('the latest of them are listed alone', async () => {
  for (let made = 0; made < 3; made += 1) await call(sandbox.url, 'sendMail', { made });
  assert.equal((await requests('?latest=2')).length, 2);
  assert.equal((await requests('?latest=0')).length, 0);
  assert.equal((await requests()).length, 3);
});
