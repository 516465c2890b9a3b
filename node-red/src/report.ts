import { toSendCleanError } from '../../shared/errors';
import type { NodeMessage } from './red';

/**
 * The error for Node-RED's log and Catch nodes; its details are in `msg.sendclean` for flows to branch on. It has
 * no name, because Node-RED would put it before the sentence.
 */
export function report(msg: NodeMessage, thrown: unknown): Error {
  const error = toSendCleanError(thrown);
  msg.sendclean = error.toJSON();
  return Object.assign(new Error(`${error.message}. ${error.advice}`), { name: '' });
}
