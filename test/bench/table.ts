import Table from 'cli-table3';

export type Unit = 'ms' | 'µs' | 'bytes' | 'count' | 'times';

/** One thing that was measured, beside what it is compared with, if anything. */
export interface Row {
  /** Names the measure for `bounds.json`. */
  id: string;
  measure: string;
  unit: Unit;
  /** Medians of all rounds. */
  ours: number;
  theirs?: number;
  peer?: string;
  /** What each round measured. */
  rounds?: { ours: number[]; theirs?: number[] };
}

/** Ours as a part of theirs. */
export function ratioOf({ ours, theirs }: Row): number | undefined {
  return theirs === undefined ? undefined : ours / theirs;
}

const heads = ['Ratio', 'Measure', 'SendClean', 'Against', 'Bound'];

/** A row's cells, in the order of `heads`. */
function cells(row: Row, bound: string): string[] {
  const ratio = ratioOf(row);
  const theirs = row.theirs === undefined ? '' : `${row.peer}: ${shown(row.theirs, row.unit)}`;
  return [
    ratio === undefined ? '' : `${short(ratio)} ×`,
    row.measure,
    shown(row.ours, row.unit),
    theirs,
    bound,
  ];
}

/** The rows as a table for a terminal, those with a ratio first. */
export function toTable(rows: readonly Row[], boundOf: (row: Row) => string): string {
  const table = new Table({ head: heads, style: { head: [], border: [] } });
  for (const row of ratiosFirst(rows)) table.push(cells(row, boundOf(row)));
  return table.toString();
}

/** The same as a table in Markdown; without bounds, their column is left out. */
export function toMarkdown(rows: readonly Row[], boundOf?: (row: Row) => string): string {
  const columns = boundOf ? heads : heads.slice(0, -1);
  const line = (texts: readonly string[]) => `| ${texts.slice(0, columns.length).join(' | ')} |`;
  const lines = ratiosFirst(rows).map((row) => line(cells(row, boundOf?.(row) ?? '')));
  return [line(columns), line(columns.map(() => '---')), ...lines].join('\n');
}

function ratiosFirst(rows: readonly Row[]): Row[] {
  const isAlone = (row: Row) => Number(row.theirs === undefined);
  return rows.toSorted((one, other) => isAlone(one) - isAlone(other));
}

/** A number as people read it. */
export function shown(value: number, unit: Unit): string {
  switch (unit) {
    case 'ms':
      return value < 1000 ? `${short(value)} ms` : `${short(value / 1000)} s`;
    case 'µs':
      return `${short(value)} µs`;
    case 'bytes':
      if (Math.abs(value) < 1e4) return `${short(value)} B`;
      return Math.abs(value) < 1e6 ? `${short(value / 1e3)} KB` : `${short(value / 1e6)} MB`;
    case 'times':
      return `${short(value)} ×`;
    case 'count':
      return Math.round(value).toLocaleString('en-US');
  }
}

/** Three digits, but no fewer than the whole number has. */
function short(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toFixed(digits);
}
