import { median, rowsOf, runJob, type Bench } from '../bench';
import type { Core } from '../jobs/core.job';
import type { Row } from '../table';

const validators = ['ajv', 'zod 3', 'zod 4'] as const;
const steps = {
  build: 'request from the form',
  prepare: 'checks and X-Unique-Id',
  read: 'response',
} as const;

/** So that V8 has no need to collect while it is counted what is allocated. */
const flags = { µs: [], bytes: ['--min-semi-space-size=256', '--max-semi-space-size=256'] };

/** What the core needs for one usual mail: time, and memory that is to be collected. */
export async function measureCore(bench: Bench): Promise<Row[]> {
  const kinds = bench.quick ? (['bytes'] as const) : (['µs', 'bytes'] as const);
  const rows: Row[] = [];
  for (const unit of kinds) {
    const rounds: Core[] = [];
    for (let round = 1; round <= bench.rounds; round += 1) {
      bench.progress(`core, ${unit} of a mail, round ${round} of ${bench.rounds}`);
      rounds.push(await runJob<Core>('core', { unit }, { flags: flags[unit] }));
    }
    rows.push(...validation(bench, unit, rounds), ...others(unit, rounds));
  }
  return rows;
}

const nameOf = { µs: 'time', bytes: 'allocations' } as const;

function validation({ peers }: Bench, unit: keyof typeof nameOf, rounds: readonly Core[]): Row[] {
  const subjects = ['validate', ...validators.filter((name) => peers.includes(name))] as const;
  const results = new Map(subjects.map((name) => [name, rounds.map((one) => one[name])]));
  const metric = { name: nameOf[unit], label: nameOf[unit], unit, of: (value: number) => value };
  return rowsOf('core/validation', 'core, validation of an email', [metric], results);
}

function others(unit: keyof typeof nameOf, rounds: readonly Core[]): Row[] {
  return Object.entries(steps).map(([name, what]) => {
    const own = rounds.map((one) => one[name as keyof typeof steps]);
    const measure = `core, ${what}: ${nameOf[unit]}`;
    return { id: `core/${name}/${nameOf[unit]}`, measure, unit, ours: median(own), rounds: { ours: own } };
  });
}
