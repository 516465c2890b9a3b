import { reasons } from './reasons';

/** The part of Stryker's report that is read here, see https://stryker-mutator.io/docs/mutation-testing-elements. */
export interface Report {
  files: Record<string, { source: string; mutants: readonly Mutant[] }>;
}

interface Mutant {
  status: string;
  statusReason?: string;
  replacement?: string;
  location: Record<'start' | 'end', { line: number; column: number }>;
}

/** A change that no test noticed. */
interface Survivor {
  /** File and line. */
  place: string;
  from: string;
  to: string;
  /** Why, if that is known. */
  reason: string | undefined;
}

/** `docs/internal/mutation.md`. */
export function summary(report: Report, date: Date): string {
  const files = Object.fromEntries(
    Object.entries(report.files).toSorted(([one], [other]) => one.localeCompare(other)),
  );
  const rows = Object.entries(files).map(([file, { mutants }]) => row(`\`${file}\``, mutants));
  const all = Object.values(files).flatMap(({ mutants }) => mutants);
  const survivors = Object.entries(files).flatMap(([file, one]) => survivorsOf(file, one));
  const ignored = all.filter(({ status }) => status === 'Ignored').length;
  const known = reasons.map(([reason]) =>
    group(
      reason,
      survivors.filter((one) => one.reason === reason),
    ),
  );
  const unknown = group(
    'Not looked into yet.',
    survivors.filter(({ reason }) => reason === undefined),
  );
  return `# Mutation testing of the core

\`npm run mutate\` changes one piece of \`shared/*.ts\` after the other, and each time wants one of the unit tests to fail: a change that none of them notices is a place where the tests say less than the code. The command fails below a score of 90, and writes this page. Last run on ${date.toISOString().slice(0, 10)}.

| file | changes | noticed | not noticed | score |
| --- | --- | --- | --- | --- |
${rows.join('\n')}
${row('all', all)}

A change that leads to an endless loop counts as noticed. ${ignored} changes to the wording of forms are left out: \`generate.test.ts\` holds the forms to it, but runs the generator.

## What was not noticed

${[...known, unknown].join('')}`;
}

function row(name: string, mutants: readonly Mutant[]): string {
  const count = (...names: string[]) => mutants.filter(({ status }) => names.includes(status)).length;
  const noticed = count('Killed', 'Timeout');
  const all = noticed + count('Survived', 'NoCoverage');
  const cells = [name, all, noticed, all - noticed, ((100 * noticed) / (all || 1)).toFixed(1)];
  return `| ${cells.join(' | ')} |`;
}

function survivorsOf(file: string, { source, mutants }: Report['files'][string]): Survivor[] {
  const lines = source.split('\n');
  const name = file.replace(/^shared\/|\.ts$/g, '');
  return mutants
    .filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
    .map(({ location: { start, end }, replacement = '' }) => {
      const last = start.line === end.line ? end.column - 1 : undefined;
      const from = (lines[start.line - 1] ?? '').slice(start.column - 1, last);
      const why = reasons.find(([, changed]) => changed[name]?.some((begin) => from.startsWith(begin)));
      return { place: `${file}:${start.line}`, from, to: replacement, reason: why?.[0] };
    });
}

function group(reason: string, survivors: readonly Survivor[]): string {
  if (survivors.length === 0) return '';
  const inOrder = survivors.toSorted((one, other) =>
    one.place.localeCompare(other.place, 'en', { numeric: true }),
  );
  const rows = inOrder.map(({ place, from, to }) => `| \`${place}\` | ${code(from)} | ${code(to)} |`);
  return `${reason}\n\n| place | code | change |\n| --- | --- | --- |\n${rows.join('\n')}\n\n`;
}

/** Code on one line of a table, cut where it is long. */
function code(text: string): string {
  const line = text.replace(/\s+/g, ' ').replaceAll('|', '\\|');
  return `\`${line.length > 60 ? `${line.slice(0, 59)}…` : line}\``;
}
