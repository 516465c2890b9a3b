import { rowsOf, type Bench, type Metric } from '../bench';
import type { RunCost } from '../jobs/n8n.job';
import type { Row } from '../table';
import { withN8n } from './n8n';
import { nodeRedRun } from './nodeRed';

/** Few, as memory that they leave is in use already when it is measured. */
const warmUp = 100;

const sizes = [1000, 3000, 10_000, 30_000, 100_000];

/** What one item costs as there are more of them. It takes minutes, so each is measured once. */
export async function measureGrowth(bench: Bench): Promise<Row[]> {
  if (bench.quick) return [];
  const inNodeRed = nodeRedRun(bench);
  return await withN8n(bench, async (inN8n) => [
    ...(await grow(bench, 'n8n', 'n8n', (items) => inN8n({ node: 'SendClean', items, warmUp }))),
    ...(await grow(bench, 'nodeRed', 'Node-RED', (messages) =>
      inNodeRed({ node: 'SendClean', messages, warmUp }),
    )),
  ]);
}

async function grow(
  bench: Bench,
  id: string,
  host: string,
  run: (count: number) => Promise<RunCost>,
): Promise<Row[]> {
  const results: [number, RunCost][] = [];
  for (const count of sizes) {
    bench.progress(`growth in ${host}, ${shownCount(count)}`);
    results.push([count, await run(count)]);
  }
  const [[least, first] = [1, undefined], ...others] = results;
  if (!first) return [];
  return others.flatMap(([count, cost]) => {
    const both = new Map([
      ['SendClean', [perItem(cost, count)]],
      [shownCount(least), [perItem(first, least)]],
    ]);
    return rowsOf(`growth/${id}/${count}`, `${host}, each of ${shownCount(count)}`, metrics, both);
  });
}

const shownCount = (count: number) => `${count.toLocaleString('en-US')} items`;

type PerItem = Pick<RunCost, 'wall' | 'cpu' | 'peak'>;

function perItem({ wall, cpu, peak }: RunCost, count: number): PerItem {
  return { wall: wall / count, cpu: cpu / count, peak: peak / count };
}

const metrics: readonly Metric<PerItem>[] = [
  { name: 'time', label: 'time', unit: 'ms', of: ({ wall }) => wall },
  { name: 'cpu', label: 'CPU time', unit: 'ms', of: ({ cpu }) => cpu },
  { name: 'peak', label: 'peak memory', unit: 'bytes', of: ({ peak }) => peak },
];
