import bounds from './bounds.json';
import { peerNames, type Options } from './options';
import { ratioOf, shown, type Row } from './table';

/** The most that a measure may be: its ratio, or ours alone. */
interface Bound {
  /** ID of its row. */
  id: string;
  of: 'ratio' | 'value';
  most: number;
  /** Which form of the benchmark measures it. */
  form: 'quick' | 'full' | 'both';
  /** Whether the README shows the row. */
  readme?: true;
}

const all = bounds as readonly Bound[];

export function isInReadme({ id }: Row): boolean {
  return all.some((bound) => bound.id === id && bound.readme);
}

/** How a row's bound is shown, and whether it holds; empty without one. */
export function boundText(row: Row): string {
  const bounds = all.filter(({ id }) => id === row.id);
  const texts = bounds.map((bound) => {
    const most = bound.of === 'ratio' ? `${bound.most} ×` : shown(bound.most, row.unit);
    return `${holds(row, bound) ? '✔' : '✘'} at most ${most}`;
  });
  return texts.join(', ');
}

/** What breaks a bound, or was not measured though it has one, in sentences. */
export function brokenBounds(rows: readonly Row[], { groups, peers, quick }: Options): string[] {
  const leftOut: readonly string[] = peerNames.filter((name) => !peers.includes(name));
  const wanted = all.filter(({ id, form }) => {
    const isOfForm = form === 'both' || form === (quick ? 'quick' : 'full');
    const isChosen = groups.some((name) => id.startsWith(`${name}/`));
    return isOfForm && isChosen && !leftOut.includes(id.split('/').at(-1) ?? '');
  });
  return wanted.flatMap((bound) => {
    const row = rows.find(({ id }) => id === bound.id);
    if (!row) return [`${bound.id} was not measured.`];
    return holds(row, bound) ? [] : [`${row.measure}: ${boundText(row)}.`];
  });
}

function holds(row: Row, { of, most }: Bound): boolean {
  const value = of === 'ratio' ? ratioOf(row) : row.ours;
  return value !== undefined && value <= most;
}
