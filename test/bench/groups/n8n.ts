import { installHost } from '../../hosts/install/index';
import { root } from '../../support/tarball';
import { runJob, sideBySide, type Bench } from '../bench';
import type { N8nArgs, RunCost } from '../jobs/n8n.job';
import { withN8nHost, type Sender } from '../n8nHost';
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

function all(bench: Bench): Promise<Row[]> {
  const sizes = [1000, 10_000];
  return withN8nHost(bench, sizes, mostAtOnce, async (run) => {
    const rows: Row[] = [];
    for (const items of sizes) {
      for (const latency of [0, 20, 50]) {
        const job = (sender: Sender) => () => run({ sender, items, latency });
        const compare = async (rounds: number, ...peers: Sender[]) => {
          const all = await sideBySide(bench, {
            id: `n8n/${items}x${latency}`,
            what: `n8n, ${items.toLocaleString('en-US')} items at ${latency} ms`,
            metrics: runMetrics,
            ours: job('SendClean'),
            peers: Object.fromEntries(peers.map((peer) => [peer, job(peer)])),
            rounds,
          });
          rows.push(...all);
        };
        await compare(
          items > 1000 ? 1 : bench.rounds,
          'floor',
          'HTTP Request',
          'HTTP Request with open token',
        );
        // It waits for each answer: what takes minutes is left out.
        if (items * latency <= 60_000) await compare(1, 'one by one');
      }
    }
    return rows;
  });
}
