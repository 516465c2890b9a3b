import { SendCleanError, invalid } from './errors';
import type { Paging } from './model';

/**
 * The most records that a person wants.
 * @throws SendCleanError of kind `validation` for what is no whole number from 1.
 */
export function toLimit(value: unknown): number {
  const isNumber = typeof value === 'number' || (typeof value === 'string' && value.trim() !== '');
  const limit = isNumber ? Number(value) : Number.NaN;
  if (!Number.isInteger(limit) || limit < 1) throw invalid('limit', 'must be a whole number from 1');
  return limit;
}

/**
 * Reads a paged list from its first page to its last.
 * @param readPage reads the page with an index counted from 0.
 * @param limit the most records that are wanted.
 * @returns the records of one page at a time.
 * @throws SendCleanError when the service answers a page that it gave before, so that there would be no end.
 */
export async function* pages<T>(
  paging: Paging,
  readPage: (index: number) => Promise<readonly T[]>,
  limit = Number.POSITIVE_INFINITY,
): AsyncGenerator<readonly T[]> {
  let first = '';
  let previous = '';
  for (let index = 0, count = 0; count < limit; index += 1) {
    const records = await readPage(index);
    const page = records.length < paging.size ? '' : JSON.stringify(records);
    if (page && (page === first || page === previous)) throw repeated(index, paging);
    first ||= page;
    previous = page;
    if (records.length > 0) yield records.slice(0, limit - count);
    count += records.length;
    if (records.length < paging.size) return;
  }
}

function repeated(index: number, { parameter }: Paging): SendCleanError {
  const message = `SendClean answered page ${index + 1} with the records of an earlier page, so the list would never end: it seems to ignore ${parameter}`;
  return new SendCleanError('unexpectedReply', 'notSent', message, { status: 200 });
}
