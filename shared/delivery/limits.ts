import { invalid } from '../errors';
import { shown } from '../quote';

/** A number that a person may set, with the one that it is when it is left empty. */
export interface Limit {
  title: string;
  description: string;
  min: number;
  max: number;
  default?: number;
}

/** What bounds the requests of an account. */
export const limits = {
  requestsPerMinute: {
    title: 'Requests per Minute',
    description:
      'Maximum requests per minute, evenly spaced. The quota of an SMTP user is usually 60. Leave empty for no limit.',
    min: 1,
    max: 60_000,
  },
  atOnce: {
    title: 'Requests at Once',
    description: 'Maximum concurrent requests. Others are queued.',
    min: 1,
    max: 100,
    default: 10,
  },
  megabytes: {
    title: 'Megabytes at Once',
    description: 'Maximum total size of concurrent requests. A larger request is sent alone.',
    min: 1,
    max: 10_000,
    default: 100,
  },
  attempts: {
    title: 'Attempts',
    description:
      'Maximum attempts after a temporary failure. An email is sent again only if it is certain that it was not sent.',
    min: 1,
    max: 10,
    default: 4,
  },
  timeout: {
    title: 'Timeout (Seconds)',
    description: 'Time to wait for a response',
    min: 1,
    max: 600,
    default: 60,
  },
  connectTimeout: {
    title: 'Connect Timeout (Seconds)',
    description: 'Time to wait for a connection to SendClean',
    min: 1,
    max: 60,
    default: 10,
  },
} satisfies Record<string, Limit>;

export type LimitName = keyof typeof limits;

/** Limits as they were entered. */
export type Limits = Readonly<Partial<Record<LimitName, unknown>>>;

type Value<Name extends LimitName> = (typeof limits)[Name] extends { default: number }
  ? number
  : number | undefined;

/**
 * Reads a limit that was entered.
 * @throws SendCleanError of kind `validation` with the allowed range.
 */
export function readLimit<Name extends LimitName>(name: Name, entered: Limits): Value<Name> {
  const { title, min, max, default: otherwise }: Limit = limits[name];
  const value = entered[name];
  if (value === undefined || value === null || value === '') return otherwise as Value<Name>;
  const number = typeof value === 'number' || typeof value === 'string' ? Number(value) : NaN;
  if (!(number >= min && number <= max))
    throw invalid(name, `must be a number from ${min} to ${max}, got ${shown(value)}`, title);
  return number;
}
