import { runJob, sideBySide, type Bench, type Metric } from '../bench';
import type { RunCost } from '../jobs/n8n.job';
import type { PagesArgs } from '../jobs/pages.job';
import type { Row } from '../table';

/** Get Message Info of many pages, against one page after another. */
export async function measurePages(bench: Bench): Promise<Row[]> {
  const { url } = bench.server;
  const job = (args: Omit<PagesArgs, 'url'>) => () => runJob<RunCost>('pages', { ...args, url });
  return bench.quick ? await counts(bench, job) : await times(bench, job);
}

type Job = (args: Omit<PagesArgs, 'url'>) => () => Promise<RunCost>;

async function times(bench: Bench, job: Job): Promise<Row[]> {
  const rows: Row[] = [];
  for (const pages of [1, 10, 100, 1000]) {
    for (const latency of [20, 50]) {
      const one = (reader: PagesArgs['reader']) => job({ reader, pages, latency });
      const all = await sideBySide(bench, {
        id: `pages/${pages}x${latency}`,
        what: `${pages.toLocaleString('en-US')} pages at ${latency} ms`,
        metrics: [time],
        ours: one('SendClean'),
        peers: { 'one by one': one('one by one') },
        rounds: pages > 100 ? 1 : bench.rounds,
      });
      rows.push(...all);
    }
  }
  return [...rows, ...(await counts(bench, job))];
}

const time: Metric<RunCost> = { name: 'time', label: 'time', unit: 'ms', of: ({ wall }) => wall };

/** How many requests are made that nobody needed. */
async function counts(bench: Bench, job: Job): Promise<Row[]> {
  const surplus = (needed: number): Metric<RunCost> => ({
    name: 'surplus',
    label: 'surplus requests',
    unit: 'count',
    of: ({ requests }) => requests - needed,
  });
  const shared = { rounds: 1 };
  const all = await sideBySide(bench, {
    ...shared,
    id: 'pages/all',
    what: 'all of 100 pages',
    metrics: [surplus(100)],
    ours: job({ reader: 'SendClean', pages: 100, latency: 20 }),
  });
  const limited = await sideBySide(bench, {
    ...shared,
    id: 'pages/limit',
    what: '450 records of 100 pages',
    metrics: [surplus(5)],
    ours: job({ reader: 'SendClean', pages: 100, latency: 20, limit: 450 }),
  });
  return [...all, ...limited];
}
