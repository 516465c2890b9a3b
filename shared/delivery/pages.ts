import { SendCleanError } from '../errors';
import type { Paging } from '../model';
import { phrase } from '../phrase';

/** How a list is read. */
export interface PagesOptions {
  /** The most records that are wanted; all by default. */
  limit?: number | undefined;
  /** The most pages that are asked for at once, of which as many as one fewer may turn out not to be there. */
  atOnce?: number;
}

/**
 * Reads a paged list from its first page to its last. Once the first page has turned out to be full, two are asked for
 * at once, then twice as many each time, so that a short list costs no request in vain and a long one few.
 * @param readPage reads the page with an index counted from 0, until its signal is aborted.
 * @returns the records of one page at a time, in order.
 * @throws SendCleanError when the service answers a page that it gave before, so that there would be no end.
 */
export async function* pages<T>(
  paging: Paging,
  readPage: (index: number, signal: AbortSignal) => Promise<readonly T[]>,
  { limit = Number.POSITIVE_INFINITY, atOnce = 1 }: PagesOptions = {},
): AsyncGenerator<readonly T[]> {
  const { size } = paging;
  const over = new AbortController();
  const next = askAhead((index) => readPage(index, over.signal), Math.ceil(limit / size), atOnce);
  let first = '';
  let previous = '';
  try {
    for (let index = 0; index * size < limit; index += 1) {
      const records = await next();
      const page = records.length < size ? '' : JSON.stringify(records);
      if (page && (page === first || page === previous)) throw repeated(index, paging);
      first ||= page;
      previous = page;
      if (records.length > 0) yield records.slice(0, limit - index * size);
      if (records.length < size) return;
    }
  } finally {
    over.abort();
  }
}

/** Gives one page after the other, of a number of pages; asks for the next ones when none is left. */
function askAhead<Page>(readPage: (index: number) => Promise<Page>, count: number, atOnce: number) {
  const asked: Promise<Page>[] = [];
  let index = 0;
  let width = 1;
  return async (): Promise<Page> => {
    if (asked.length === 0) {
      for (const end = Math.min(index + width, count); index < end; index += 1) {
        const page = readPage(index);
        // One that nobody waits for any more fails unheard.
        page.catch(() => undefined);
        asked.push(page);
      }
      width = Math.min(width * 2, atOnce);
    }
    return await (asked.shift() as Promise<Page>);
  };
}

function repeated(index: number, { parameter }: Paging): SendCleanError {
  const message = phrase`SendClean answered page ${index + 1} with the records of an earlier page, so the list would never end: it seems to ignore ${parameter}`;
  return new SendCleanError('unexpectedResponse', 'notSent', message, { status: 200 });
}
