import { invalid } from '../errors';
import { settings } from './settings';
import { phrase } from '../phrase';

const megabyte = 1_000_000;

/**
 * Checks the size of an email's files.
 * @param bytes of all of them together.
 * @param limit in megabytes; none if undefined.
 * @throws SendCleanError of kind `validation` naming both.
 */
export function checkSize(bytes: number, limit: number | undefined): void {
  if (limit === undefined || bytes <= limit * megabyte) return;
  const sum = (bytes / megabyte).toFixed(1);
  const reason = phrase`is exceeded: attachments and images are ${sum} MB together, the limit is ${limit} MB`;
  throw invalid('sizeLimit', reason, settings.sizeLimit.title);
}
