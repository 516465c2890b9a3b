import { ratioOf, type Row } from './table';

const titles = { n8n: 'n8n', nodeRed: 'Node-RED' };

/** What an item costs as there are more of them, as charts in Markdown (mermaid.js.org/syntax/xyChart). */
export function growthCurves(rows: readonly Row[]): string {
  const charts = Object.entries(titles).map(([host, title]) => {
    const sizes = [1000, ...sizesOf(rows, host)];
    if (sizes.length === 1) return '';
    const line = (measure: string) => {
      const found = sizes.slice(1).map((size) => rows.find(({ id }) => id === rowId(host, size, measure)));
      return [1, ...found.map((row) => (row && ratioOf(row)) ?? NaN)]
        .map((ratio) => ratio.toFixed(2))
        .join(', ');
    };
    const names = sizes.map((size) => `"${size.toLocaleString('en-US')}"`).join(', ');
    return [
      '```mermaid',
      'xychart-beta',
      `  title "${title}: time and peak memory of an item"`,
      `  x-axis "items" [${names}]`,
      '  y-axis "beside each of 1,000 items" 0 --> 1.5',
      `  line [${line('time')}]`,
      `  line [${line('peak')}]`,
      '```',
    ].join('\n');
  });
  return charts.filter(Boolean).join('\n\n');
}

function rowId(host: string, size: number, measure: string): string {
  return `growth/${host}/${size}/${measure}/1,000 items`;
}

function sizesOf(rows: readonly Row[], host: string): number[] {
  const ids = rows.map(({ id }) => id.split('/')).filter(([group, at]) => group === 'growth' && at === host);
  return [...new Set(ids.map(([, , size]) => Number(size)))];
}
