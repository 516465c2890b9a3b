import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { responses } from '../../shared/generated/validators';
import type { Sandbox } from '../../sandbox/src/server';
import { startSandbox } from '../support/sandbox';
import { call, clear, fault, mailUnder } from './client';

const expected = Array.from({ length: 250 }, (_, index) => `r${index}@example.com`);
let sandbox: Sandbox;
before(async () => {
  sandbox = await startSandbox();
  for (let first = 0; first < expected.length; first += 50) {
    await call(sandbox.url, 'sendMail', mailUnder('many', ...expected.slice(first, first + 50)));
  }
  await call(sandbox.url, 'sendMail', mailUnder('other'));
});
after(() => sandbox.close());

async function page(skipPage?: number): Promise<unknown[]> {
  const request = { x_unique_id: 'many', ...(skipPage === undefined ? {} : { skip_page: skipPage }) };
  const response = await call(sandbox.url, 'getMessageInfo', request);
  assert.ok(responses.getMessageInfo(response));
  return response.message_data.map(({ email }) => email);
}

test('250 records come in pages of 100, in the order of arrival', async () => {
  const pages = [await page(0), await page(1), await page(2), await page(3)];
  assert.deepEqual(
    pages.map(({ length }) => length),
    [100, 100, 50, 0],
  );
  assert.deepEqual(pages.flat(), expected);
});

test('without skip_page the first page comes', async () => {
  assert.deepEqual(await page(), expected.slice(0, 100));
});

test('a page far beyond the last is empty', async () => {
  assert.deepEqual(await page(1e300), []);
});

test('with the fault repeatPage every page is the first', async () => {
  await fault(sandbox.url, { kind: 'repeatPage', path: 'messages/getMessageInfo', count: null });
  assert.deepEqual(await page(2), expected.slice(0, 100));
  await clear(sandbox.url, 'faults');
  assert.deepEqual(await page(2), expected.slice(200));
});
