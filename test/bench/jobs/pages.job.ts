/** All pages of Get Message Info over a real connection, by the core or one after another. */
import assert from 'node:assert/strict';
import { clock } from '../../../node-red/src/clock';
import { createTransport } from '../../../node-red/src/transport/transport';
import { createClient } from '../../../shared/client';
import { operations } from '../../../shared/generated/operations';
import { createRateLimiter } from '../../../shared/delivery/rateLimiter';
import { readResponse } from '../../../shared/response/readResponse';
import { account } from '../../support/account';
import { answer } from './answer';
import { countsOf, settle, type Counts } from './control';
import { startMeter, type Spent } from './meter';
import { recordCount } from './records';

export interface PagesArgs {
  reader: 'SendClean' | 'one by one';
  pages: number;
  latency: number;
  url: string;
  /** The most records that are wanted. */
  limit?: number;
}

const request = { x_unique_id: 'order-1042' };

answer(async ({ reader, pages, latency, url, limit }: PagesArgs): Promise<Spent & Counts> => {
  const transport = createTransport({
    baseUrl: `${url}/v1.0/`,
    ownerId: account.owner_id,
    token: account.token,
  });
  const client = createClient({ transport, clock, rateLimiter: createRateLimiter(clock) });
  const limited = limit === undefined ? {} : { limit };
  const read = {
    SendClean: async () => await client.run(client.prepare('getMessageInfo', request), limited),
    'one by one': () => oneByOne(transport),
  }[reader];
  await settle(url, { pages: 3 });
  await read();
  await settle(url, { latency, pages });
  const stop = startMeter();
  const records = await read();
  const spent = await stop();
  const counts = await countsOf(url);
  transport.close();
  assert.equal(records.length, limit ?? recordCount(pages));
  assert.ok(records.every(({ subject }, index) => subject === `Order ${index}`));
  return { ...spent, ...counts };
});

/** What a flow would do on its own: the next page once this one is there, until one is short. */
async function oneByOne(transport: ReturnType<typeof createTransport>) {
  const { method, path, paged } = operations.getMessageInfo;
  const size = paged?.size ?? 0;
  const records = [];
  for (let index = 0; ; index += 1) {
    const body = { ...request, skip_page: index };
    const response = await transport.send({ method, path, body, timeout: 60_000 });
    const { message_data: page } = readResponse(operations.getMessageInfo, response);
    records.push(...page);
    if (page.length < size) return records;
  }
}
