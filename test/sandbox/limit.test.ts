import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { errorResponse } from '../../shared/generated/validators';
import { RateLimit } from '../../sandbox/src/limits';
import type { Sandbox } from '../../sandbox/src/server';
import { startSandbox } from '../support/sandbox';
import { control, mail, messages, post } from './client';

let sandbox: Sandbox;
before(async () => {
  sandbox = await startSandbox({ rateLimit: 3, smtpUsers: ['second'] });
});
after(() => sandbox.close());

test('requests over the limit get HTTP 429 with an error envelope, for that SMTP user only', async () => {
  const statuses: number[] = [];
  for (let count = 0; count < 4; count += 1) {
    statuses.push((await post(sandbox.url, 'sendMail', mail)).status);
  }
  assert.deepEqual(statuses, [200, 200, 200, 429]);
  const refused: unknown = await (await post(sandbox.url, 'sendMail', mail)).json();
  assert.ok(errorResponse(refused));
  assert.equal((await post(sandbox.url, 'sendMail', { ...mail, smtp_user_name: 'second' })).status, 200);
  assert.equal((await messages(sandbox.url)).length, 4);
});

test('control requests have no limit', async () => {
  for (let count = 0; count < 5; count += 1) {
    assert.equal((await control(sandbox.url, 'messages')).status, 200);
  }
});

test('after a minute there is room again', () => {
  const limit = new RateLimit(2);
  const times = [0, 1, 2, 60_000, 60_001, 60_002];
  assert.deepEqual(
    times.map((time) => limit.admits('user', time)),
    [true, true, false, true, true, false],
  );
});
