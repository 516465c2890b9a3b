import { toSendCleanError } from '../../shared/errors';
import { phrase, say } from '../../shared/phrase';
import { languageOf } from './language';
import type { NodeAPI, NodeMessage } from './red';

/**
 * The error for Node-RED's log and Catch nodes; its details are in `msg.sendclean` for flows to branch on. It has
 * no name, because Node-RED would put it before the sentence.
 */
export function report(RED: NodeAPI, msg: NodeMessage, thrown: unknown): Error {
  const error = toSendCleanError(thrown);
  const translate = languageOf(RED);
  const { message, advice } = error.in(translate);
  msg.sendclean = { ...error.toJSON(), message, advice };
  return Object.assign(new Error(say(phrase`${message}. ${advice}`, translate)), { name: '' });
}
