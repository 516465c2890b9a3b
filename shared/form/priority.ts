import { invalid } from '../errors';
import type { Field } from '../model';
import { pathOf } from '../paths';
import { shown } from '../quote';
import { phrase } from '../phrase';

/** The headers that email programs know a priority by. There is no standard one, so that all usual ones are set. */
const headers: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  high: { 'X-Priority': '1 (Highest)', 'X-MSMail-Priority': 'High', Importance: 'High' },
  // What has no priority is normal.
  normal: {},
  low: { 'X-Priority': '5 (Lowest)', 'X-MSMail-Priority': 'Low', Importance: 'Low' },
};

/** The headers of a priority, in whatever case; undefined for what is none. */
export function priorityHeaders(priority: unknown): Readonly<Record<string, string>> | undefined {
  const name = typeof priority === 'string' ? priority.trim().toLowerCase() : '';
  return Object.hasOwn(headers, name) ? headers[name] : undefined;
}

/**
 * The headers of a priority, if it has some.
 * @throws SendCleanError of kind `validation` for what is none.
 */
export function toPriority(field: Field, value: unknown): object | undefined {
  const found = priorityHeaders(value);
  const names = Object.keys(headers).join(', ');
  if (!found) throw invalid(pathOf(field.path), phrase`must be one of ${names}, got ${shown(value)}`);
  return Object.keys(found).length > 0 ? found : undefined;
}
