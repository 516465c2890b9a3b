import { installHost } from '../../hosts/install/index';
import { root } from '../../support/tarball';
import { runJob, sideBySide, type Bench } from '../bench';
import type { N8nArgs, RunCost } from '../jobs/n8n.job';
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

/** A send for each item: ours with 50 requests at once, and what else there is. */
export async function measureN8n(bench: Bench): Promise<Row[]> {
  return await withN8n(bench, async (run) =>
    bench.quick ? await counts(bench, run) : await all(bench, run),
  );
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

async function all(bench: Bench, run: RunInN8n): Promise<Row[]> {
  const rows: Row[] = [];
  for (const items of [1000, 10_000]) {
    for (const latency of [0, 20, 50]) {
      const isLong = items > 1000;
      const job = (node: N8nArgs['node']) => () => run({ node, items, atOnce, settings: { latency } });
      const what = `n8n, ${items.toLocaleString('en-US')} items at ${latency} ms`;
      const id = `n8n/${items}x${latency}`;
      const peers = { 'HTTP Request': job('HTTP Request') };
      const shared = { id, what, metrics: runMetrics, ours: job('SendClean') };
      rows.push(...(await sideBySide(bench, { ...shared, peers, rounds: isLong ? 1 : bench.rounds })));
      // One by one, it waits for each answer: what takes minutes is left out.
      if (items * latency > 60_000) continue;
      rows.push(
        ...(await sideBySide(bench, { ...shared, peers: { 'one by one': job('one by one') }, rounds: 1 })),
      );
    }
  }
  return rows;
}
