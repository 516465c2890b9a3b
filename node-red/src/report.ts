import { SendCleanError } from '../../shared/errors';
import type { NodeMessage } from './red';

/**
 * The error for Node-RED's log and Catch nodes; its details stand in `msg.sendclean` for flows to branch on. It has
 * no name, because Node-RED would put it before the sentence.
 */
export function report(msg: NodeMessage, error: unknown): Error {
  if (!(error instanceof SendCleanError)) return error instanceof Error ? error : new Error(String(error));
  msg.sendclean = error.toJSON();
  return Object.assign(new Error(`${error.message}. ${error.advice}`), { name: '' });
}
