import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { startSandbox } from '../support/sandbox';
import { call, control, mail, mailUnder, messages } from './client';
import { run } from './run';

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sandbox-test-'));
});
after(() => rm(folder, { recursive: true }));

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  test(`it prints its address, takes email, says no more, and ${signal} ends it`, async (t) => {
    const running = run(
      t,
      '--port',
      '0',
      '--token',
      'Secret-9',
      '--smtp-user',
      'mine',
      '--template',
      'order',
    );
    const url = await running.listening;
    const request = { token: 'Secret-9', smtp_user_name: 'mine', message: { ...mail.message } };
    await call(url, 'sendMail', request);
    const { text: _text, ...rest } = mail.message;
    await call(url, 'sendTemplate', { ...request, message: { ...rest, template_id: 'order' } });
    assert.equal((await messages(url)).length, 2);
    running.stop(signal);
    assert.equal(await running.ended, 0);
    assert.equal(running.out, `SendClean sandbox listening on ${url}\n`);
    assert.match(url, /^http:\/\/127\.0\.0\.1:\d+$/);
    assert.equal(running.err, '');
  });
}

test('a busy port ends it with one sentence that names the port and the way out', async (t) => {
  const other = await startSandbox();
  t.after(() => other.close());
  const { port } = new URL(other.url);
  const running = run(t, '--port', port);
  assert.equal(await running.ended, 1);
  assert.equal(
    running.err,
    `Port ${port} is in use already; choose another with --port ${Number(port) + 1}, or any free one with --port 0.\n`,
  );
  assert.equal(running.out, '');
});

test('a bad option ends it with one sentence', async (t) => {
  for (const args of [
    ['--port', 'x'],
    ['--rate-limit', '0'],
    ['--colour'],
    ['extra'],
    ['--token='],
    ['--host'],
    ['--control-token', 'with a space'],
  ]) {
    const running = run(t, ...args);
    assert.equal(await running.ended, 1, args.join(' '));
    assert.match(running.err, /^[^\n]+[.]\n$/);
  }
});

test('--help shows every option', async (t) => {
  const running = run(t, '--help');
  assert.equal(await running.ended, 0);
  const names = ['port', 'host', 'allow-host', 'control-token', 'data', 'rate-limit', 'owner', 'token'];
  for (const name of [...names, 'smtp-user', 'template']) {
    assert.ok(running.out.includes(`--${name} `), name);
  }
});

test('with a data file the messages and their events are there after a restart', async () => {
  const data = join(folder, 'messages.db');
  const first = await startSandbox({ data });
  await call(first.url, 'sendMail', mailUnder('kept'));
  await control(first.url, 'events', { xUniqueId: 'kept', event: 'open' });
  await first.close();
  const second = await startSandbox({ data });
  const found = await messages(second.url);
  assert.deepEqual(
    found.map(({ xUniqueId, eventCount }) => [xUniqueId, eventCount]),
    [['kept', 1]],
  );
  await second.close();
});

test('a data file that is something else is refused with one sentence', async () => {
  const data = join(folder, 'text.db');
  await writeFile(data, 'This is no database, but it is long enough to be taken for one.'.repeat(20));
  await assert.rejects(startSandbox({ data }), /^Error: The data file .*text\.db cannot be used: .+\.$/);
});
