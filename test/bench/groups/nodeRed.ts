import { runJob, sideBySide, type Bench } from '../bench';
import type { RunCost } from '../jobs/n8n.job';
import type { NodeRedArgs } from '../jobs/nodeRed.job';
import type { Row } from '../table';
import { atOnce, countMetrics, runMetrics } from './runs';

/** Measures messages through a node of Node-RED. */
export type RunInNodeRed = (args: Omit<NodeRedArgs, 'url' | 'smtpPort'>) => Promise<RunCost>;

export function nodeRedRun({ server: { url, smtpPort } }: Bench): RunInNodeRed {
  return (args) => runJob<RunCost>('nodeRed', { ...args, url, smtpPort });
}

/** A send for each message: ours with 50 requests at once, and what else there is. */
export async function measureNodeRed(bench: Bench): Promise<Row[]> {
  const run = nodeRedRun(bench);
  if (bench.quick) return await counts(bench, run);
  const rows: Row[] = [];
  for (const messages of [1000, 10_000]) {
    const latency = 50;
    const settings = { latency };
    const job = (node: NodeRedArgs['node']) => () => run({ node, messages, warmUp: 1000, atOnce, settings });
    const all = await sideBySide(bench, {
      id: `nodeRed/${messages}x${latency}`,
      what: `Node-RED, ${messages.toLocaleString('en-US')} messages at ${latency} ms`,
      metrics: runMetrics,
      ours: job('SendClean'),
      peers: {
        'raw client': job('raw client'),
        function: job('function'),
        'http request': job('http request'),
        'e-mail': job('e-mail'),
      },
      rounds: messages > 1000 ? 1 : bench.rounds,
    });
    rows.push(...all);
  }
  return rows;
}

function counts(bench: Bench, run: RunInNodeRed): Promise<Row[]> {
  const settings = { latency: 20 };
  return sideBySide(bench, {
    id: 'nodeRed/counts',
    what: 'Node-RED, 1,000 messages',
    metrics: countMetrics,
    ours: () => run({ node: 'SendClean', messages: 1000, atOnce, settings }),
    rounds: 1,
  });
}
