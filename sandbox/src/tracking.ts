import { findName } from '../../shared/paths';
import type { Message } from './records';

type Tracked = Pick<Message, 'headers'>;

/** Whether the sender asked that opens be recorded. */
export function tracksOpens(message: Tracked): boolean {
  return header(message, 'X-STes-TrackOpen') === 'yes';
}

/** Whether clicks on links of the HTML are recorded, as they are unless the sender says otherwise. */
export function tracksClicks(message: Tracked): boolean {
  const parts = header(message, 'X-STes-TrackClick');
  return parts !== 'no' && parts !== 'text';
}

function header({ headers }: Tracked, name: string): string | undefined {
  const written = findName(headers, name);
  return written === undefined ? undefined : headers[written];
}
