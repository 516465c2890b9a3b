import { join } from 'node:path';
import { installHost } from '../../hosts/install/index';
import { root } from '../../support/tarball';
import { median, runJob, type Bench } from '../bench';
import type { Spent } from '../jobs/meter';
import { emptyN8nPack, emptyNodeRedPack, installN8nPack, packFacts, packs } from '../packs';
import type { Row } from '../table';

const names = { n8n: 'n8n pack', nodeRed: 'Node-RED pack' } as const;
type Host = keyof typeof packs;

/** What it costs to have the packs: to load each into its host, and on disk. */
export async function measureLoad(bench: Bench): Promise<Row[]> {
  const timed = bench.quick ? [] : [...(await inN8n(bench)), ...(await inNodeRed(bench))];
  return [...timed, ...weights('n8n'), ...weights('nodeRed')];
}

function weights(host: Host): Row[] {
  const { tarball, installed, dependencies, packages } = packFacts(host);
  const row = (name: string, label: string, unit: Row['unit'], ours: number): Row => ({
    id: `load/${host}/${name}`,
    measure: `${names[host]}: ${label}`,
    unit,
    ours,
  });
  return [
    row('tarball', 'tarball', 'bytes', tarball),
    row('installed', 'installed', 'bytes', installed),
    row('dependencies', 'dependencies', 'count', dependencies),
    row('packages', 'packages that npm installs', 'count', packages),
  ];
}

async function inN8n(bench: Bench): Promise<Row[]> {
  const pack = installN8nPack(root);
  const empty = emptyN8nPack();
  try {
    const load = (folder: string) => () => runJob<Spent>('loadN8n', { host: root, pack: folder });
    return await againstEmpty(bench, 'n8n', load(pack.folder), load(empty.path));
  } finally {
    pack.remove();
    empty.remove();
  }
}

async function inNodeRed(bench: Bench): Promise<Row[]> {
  const empty = emptyNodeRedPack();
  try {
    // One of its own: that of this project finds the pack in the project, and loads it at its start.
    const env = { NODE_RED_HOST: await installHost('node-red-5', bench.progress) };
    const load = (name: string, pack: string) => () => runJob<Spent>('loadNodeRed', { name, pack }, { env });
    const ours = load(packs.nodeRed.name, join(root, 'node-red'));
    return await againstEmpty(bench, 'nodeRed', ours, load('node-red-contrib-empty', empty.path));
  } finally {
    empty.remove();
  }
}

/** What the pack needs against one with an empty node: twice the rounds, as each is short. */
async function againstEmpty(
  bench: Bench,
  host: Host,
  ours: () => Promise<Spent>,
  empty: () => Promise<Spent>,
): Promise<Row[]> {
  const rounds: { ours: Spent; empty: Spent }[] = [];
  for (let round = 1; round <= 2 * bench.rounds; round += 1) {
    bench.progress(`load of the ${names[host]}, round ${round} of ${2 * bench.rounds}`);
    rounds.push({ ours: await ours(), empty: await empty() });
  }
  const each = (of: (round: (typeof rounds)[number]) => number) => rounds.map((round) => of(round));
  const times = { ours: each(({ ours }) => ours.wall), theirs: each(({ empty }) => empty.wall) };
  const kept = each(({ ours, empty }) => ours.kept - empty.kept);
  return [
    {
      ...{ id: `load/${host}/time`, measure: `${names[host]}: time to load`, unit: 'ms', peer: 'empty node' },
      ...{ ours: median(times.ours), theirs: median(times.theirs), rounds: times },
    },
    {
      ...{ id: `load/${host}/memory`, measure: `${names[host]}: memory once loaded, over an empty node` },
      ...{ unit: 'bytes', ours: median(kept), rounds: { ours: kept } },
    },
  ];
}
