import { WAIT_INDEFINITELY, tryToParseDateTime, type IExecuteFunctions } from 'n8n-workflow';
import { invalid } from '../../../shared/errors';
import { shown } from '../../../shared/quote';
import { objectOf } from './values';
import { phrase } from '../../../shared/phrase';

const units: Readonly<Record<string, number>> = { minutes: 60_000, hours: 3_600_000, days: 86_400_000 };

const title = 'Limit Wait Time';

/** The latest date that JavaScript and databases know, about. */
const latest = WAIT_INDEFINITELY.getTime();

/**
 * When the wait ends at the latest.
 * @throws SendCleanError of kind `validation` for what is no time in the future.
 */
export function readLimit(context: IExecuteFunctions): Date {
  const limit = objectOf(context.getNodeParameter('options.limitWaitTime.values', 0, {}));
  if (Object.keys(limit).length === 0) return WAIT_INDEFINITELY;
  const isAtTime = limit.limitType === 'atSpecifiedTime';
  const end = isAtTime ? timeOf(limit.maxDateAndTime, context.getTimezone()) : Date.now() + intervalOf(limit);
  if (Number.isNaN(end))
    throw invalid(
      'limitWaitTime',
      phrase`must be a date and time, got ${shown(limit.maxDateAndTime)}`,
      title,
    );
  if (end <= Date.now()) throw invalid('limitWaitTime', phrase`must be in the future`, title);
  return new Date(Math.min(end, latest));
}

/** In milliseconds; NaN for what is no date. One without a time zone is in that of the workflow, as in n8n's Wait node. */
function timeOf(value: unknown, zone: string): number {
  try {
    return tryToParseDateTime(value, zone).toMillis();
  } catch {
    return NaN;
  }
}

function intervalOf({ resumeAmount = 1, resumeUnit = 'hours' }: Readonly<Record<string, unknown>>): number {
  const amount = Number(resumeAmount);
  const unit = units[String(resumeUnit)];
  if (!(amount > 0))
    throw invalid('limitWaitTime', phrase`must be a time above 0, got ${shown(resumeAmount)}`, title);
  if (unit === undefined)
    throw invalid(
      'limitWaitTime',
      phrase`must be in minutes, hours or days, got ${shown(resumeUnit)}`,
      title,
    );
  return amount * unit;
}
