import { sideBySide, type Bench, type Comparison, type Metric } from '../bench';
import type { RunCost } from '../jobs/n8n.job';
import type { Row } from '../table';
import { withN8n } from './n8n';
import { nodeRedRun } from './nodeRed';

const megabyte = 1_000_000;

/** Emails with a file, in both hosts: time, and memory over the file's size as base64. */
export async function measureAttachments(bench: Bench): Promise<Row[]> {
  const inNodeRed = nodeRedRun(bench);
  const work = bench.quick ? copies : costs;
  return await withN8n(bench, async (inN8n) => {
    const n8n: Hosts['n8n'] = {
      name: 'n8n',
      peer: 'HTTP Request',
      run: (node, count, rest) => inN8n({ node: node as 'SendClean', items: count, atOnce: 10, ...rest }),
    };
    const nodeRed: Hosts['nodeRed'] = {
      name: 'Node-RED',
      peer: 'http request',
      run: (node, count, rest) =>
        inNodeRed({ node: node as 'SendClean', messages: count, atOnce: 10, ...rest }),
    };
    return await work(bench, { n8n, nodeRed });
  });
}

type Hosts = Record<'n8n' | 'nodeRed', Host>;

interface Host {
  name: string;
  peer: 'HTTP Request' | 'http request';
  run(
    node: string,
    count: number,
    rest: { attachment: number; samples?: boolean; settings?: object },
  ): Promise<RunCost>;
}

async function costs(bench: Bench, hosts: Hosts): Promise<Row[]> {
  const rows: Row[] = [];
  for (const [id, { name, peer, run }] of Object.entries(hosts)) {
    for (const size of [1, 10, 25]) {
      for (const count of [1, 10]) {
        const job = (node: string) => () => run(node, count, { attachment: size * megabyte });
        const comparison: Comparison<RunCost> = {
          id: `attachments/${id}/${size}x${count}`,
          what: `${name}, ${count === 1 ? 'one attachment' : 'ten attachments'} of ${size} MB`,
          metrics: costMetrics(count * base64Size(size)),
          ours: job('SendClean'),
          peers: { [peer]: job(peer) },
        };
        rows.push(...(await sideBySide(bench, comparison)));
      }
    }
  }
  return rows;
}

/** Whole copies of the base64 text that are in use at once, whatever the collector of garbage does. */
async function copies(bench: Bench, hosts: Hosts): Promise<Row[]> {
  const rows: Row[] = [];
  const size = 10;
  for (const [id, { name, run }] of Object.entries(hosts)) {
    const rest = { attachment: size * megabyte, samples: true, settings: { latency: 300 } };
    const comparison: Comparison<RunCost> = {
      id: `attachments/${id}/held`,
      what: `${name}, one attachment of ${size} MB`,
      metrics: heldMetrics(base64Size(size)),
      ours: () => run('SendClean', 1, rest),
      rounds: 1,
    };
    rows.push(...(await sideBySide(bench, comparison)));
  }
  return rows;
}

function base64Size(megabytes: number): number {
  return Math.ceil((megabytes * megabyte) / 3) * 4;
}

function costMetrics(base64: number): Metric<RunCost>[] {
  return [
    { name: 'time', label: 'time', unit: 'ms', of: ({ wall }) => wall },
    {
      name: 'peak',
      label: 'peak memory over the base64 size',
      unit: 'times',
      of: ({ peak }) => peak / base64,
    },
  ];
}

function heldMetrics(base64: number): Metric<RunCost>[] {
  return [
    {
      name: 'most',
      label: 'in use at once over the base64 size',
      unit: 'times',
      of: ({ held }) => held / base64,
    },
    {
      name: 'kept',
      label: 'in use afterwards over the base64 size',
      unit: 'times',
      of: ({ kept }) => kept / base64,
    },
    {
      name: 'sent',
      label: 'bytes sent over the base64 size',
      unit: 'times',
      of: ({ bytes }) => bytes / base64,
    },
  ];
}
