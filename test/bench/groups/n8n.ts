import { installHost } from '../../hosts/install/index';
import { root } from '../../support/tarball';
import { runJob, sideBySide, type Bench, type Comparison } from '../bench';
import type { N8nArgs, RunCost } from '../jobs/n8n.job';
import { withN8nHost, type N8nRun, type Sender } from '../n8nHost';
import { installN8nPack } from '../packs';
import type { Row } from '../table';
import { atOnce, countMetrics, runMetrics } from './runs';

/** Measures runs of nodes in n8n's engine. */
export type RunInN8n = (args: Omit<N8nArgs, 'url'>) => Promise<RunCost>;

/**
 * Has the packed node in the engine of the installed n8n, where the HTTP Request node is; in the short form in that
 * of this project, which needs no install.
 */
export async function withN8n(bench: Bench, work: (run: RunInN8n) => Promise<Row[]>): Promise<Row[]> {
  const host = bench.quick ? root : await installHost('n8n', bench.progress);
  const pack = installN8nPack(host);
  const env = { N8N_HOST: host, N8N_PACK: pack.folder };
  try {
    return await work((args) => runJob<RunCost>('n8n', { ...args, url: bench.server.url }, { env }));
  } finally {
    pack.remove();
  }
}

/** A send for each item: ours with as many requests at once as it makes, and what else there is. */
export async function measureN8n(bench: Bench): Promise<Row[]> {
  return bench.quick ? await withN8n(bench, (run) => counts(bench, run)) : await all(bench);
}

function counts(bench: Bench, run: RunInN8n): Promise<Row[]> {
  const settings = { latency: 20 };
  return sideBySide(bench, {
    id: 'n8n/counts',
    what: 'n8n, 300 items',
    metrics: countMetrics,
    ours: () => run({ node: 'SendClean', items: 300, atOnce, settings }),
    rounds: 1,
  });
}

/** The most requests at once that the node can be set to. */
const mostAtOnce = 100;

async function all(bench: Bench): Promise<Row[]> {
  const comparisons = [1000, 10_000].flatMap((items) =>
    [0, 20, 50].flatMap((latency) => both(items, latency)),
  );
  const runs = comparisons.flatMap(({ senders, ...rest }) => senders.map((sender) => runOf(sender, rest)));
  return await withN8nHost(bench, runs, async (run) => {
    const rows: Row[] = [];
    for (const { senders, isLong, ...rest } of comparisons) {
      const job = (sender: Sender) => () => run(runOf(sender, rest));
      const { items, latency } = rest;
      const comparison: Comparison<RunCost> = {
        id: `n8n/${items}x${latency}`,
        what: `n8n, ${items.toLocaleString('en-US')} items at ${latency} ms`,
        metrics: runMetrics,
        ours: job('SendClean'),
        peers: Object.fromEntries(senders.slice(1).map((peer) => [peer, job(peer)])),
        rounds: isLong ? 1 : bench.rounds,
      };
      rows.push(...(await sideBySide(bench, comparison)));
    }
    return rows;
  });
}

interface Load {
  items: number;
  latency: number;
}

/** What is compared: with n8n's own node, and one by one, which waits for each answer and is left out where that takes minutes. */
function both(items: number, latency: number): (Load & { senders: Sender[]; isLong: boolean })[] {
  const load = { items, latency };
  const first = {
    ...load,
    senders: own('HTTP Request', 'HTTP Request with open token'),
    isLong: items > 1000,
  };
  if (items * latency > 60_000) return [first];
  return [first, { ...load, senders: own('one by one'), isLong: true }];
}

const own = (...peers: Sender[]): Sender[] => ['SendClean', ...peers];

function runOf(sender: Sender, { items, latency }: Load): N8nRun {
  return { sender, items, atOnce: mostAtOnce, settings: { latency } };
}
