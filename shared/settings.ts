import { invalid } from './errors';

/** The allowed values of a number that a person may set, and the one it has when it is left empty. */
export interface Range<Default> {
  min: number;
  max: number;
  default: Default;
}

/**
 * Reads a number from a form.
 * @throws SendCleanError of kind `validation` with the allowed range.
 */
export function numberSetting<Default>(
  name: string,
  value: unknown,
  { min, max, default: otherwise }: Range<Default>,
): number | Default {
  if (value === undefined || value === null || value === '') return otherwise;
  const number = typeof value === 'number' || typeof value === 'string' ? Number(value) : NaN;
  if (!(number >= min && number <= max)) throw invalid(name, `must be a number from ${min} to ${max}`);
  return number;
}
