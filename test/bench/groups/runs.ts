import type { Metric } from '../bench';
import type { RunCost } from '../jobs/n8n.job';

/** As many requests at once in both hosts, for what has this setting. */
export const atOnce = 50;

/** What a run costs. */
export const runMetrics: readonly Metric<RunCost>[] = [
  { name: 'wall', label: 'time', unit: 'ms', of: ({ wall }) => wall },
  { name: 'cpu', label: 'CPU time', unit: 'ms', of: ({ cpu }) => cpu },
  { name: 'open', label: 'open connections', unit: 'count', of: ({ open }) => open },
  { name: 'peak', label: 'peak memory', unit: 'bytes', of: ({ peak }) => peak },
];

/** What is the same wherever it runs. */
export const countMetrics: readonly Metric<RunCost>[] = [
  { name: 'requests', label: 'requests', unit: 'count', of: ({ requests }) => requests },
  { name: 'open', label: 'open connections', unit: 'count', of: ({ open }) => open },
  { name: 'atOnce', label: 'requests at once', unit: 'count', of: ({ atOnce }) => atOnce },
];
