import type { IExecuteFunctions, NodeApiError, NodeOperationError } from 'n8n-workflow';
import { settings } from '../../../shared/form/settings';
import { SendCleanError, remedies } from '../../../shared/errors';
import { finderTitle } from '../../../shared/delivery/lookUp';
import { callNamer, type Named } from './callNames';
import { toNodeError } from '../errors';
import type { ItemCall } from './input';

/** How a call of a run ended; one that was not begun is not done and has no error. */
export interface EndedCall {
  call: ItemCall;
  isDone: boolean;
  error?: unknown;
}

/** A call that failed. */
export interface Failure {
  call: ItemCall;
  error: unknown;
}

/** The sends of a run, by what happened to them. */
interface Sends {
  all: ItemCall[];
  sent: ItemCall[];
  notSent: ItemCall[];
  unsure: EndedCall[];
}

/**
 * The error of a run that stops at its first failure. Where any of its emails may have gone out, its message says how
 * many, because a toast shows no description, which says which of them, and how to go on without sending one twice.
 */
export function toStopError(
  context: IExecuteFunctions,
  first: Failure,
  ended: readonly EndedCall[],
): NodeApiError | NodeOperationError {
  const nodeError = toNodeError(context, first.error, first.call.itemIndex);
  const sends = sortOut(ended);
  const { all, sent, unsure } = sends;
  if (all.length < 2 || sent.length + unsure.length === 0) return nodeError;
  const more = unsure.length > 0 ? `, ${unsure.length} may have been` : '';
  const count = `${sent.length} of ${all.length} emails ${sent.length === 1 ? 'was' : 'were'} sent${more}`;
  nodeError.message = `${nodeError.message} (${count})`;
  nodeError.description = howToGoOn(sends, first.error);
  return nodeError;
}

function sortOut(ended: readonly EndedCall[]): Sends {
  const sends = ended.filter(({ call }) => call.effect === 'send');
  const isUnsure = ({ error }: EndedCall) =>
    error !== undefined && !(error instanceof SendCleanError && error.fate === 'notSent');
  const calls = (some: readonly EndedCall[]) => some.map(({ call }) => call);
  return {
    all: calls(sends),
    sent: calls(sends.filter(({ isDone }) => isDone)),
    notSent: calls(sends.filter((one) => !one.isDone && !isUnsure(one))),
    unsure: sends.filter(isUnsure),
  };
}

function howToGoOn({ all, sent, notSent, unsure }: Sends, error: unknown): string {
  const nameOf = callNamer(all);
  const isSkipping = all.every(({ skip }) => skip === 'on');
  const isKnown = error instanceof SendCleanError && error.fate === 'notSent';
  const remedy = isKnown ? remedies[error.kind] : undefined;
  const sentences = [
    notSent.length > 0 && `${subject(nameOf(notSent))} not sent.`,
    sent.length > 0 && `${subject(nameOf(sent))} already sent${isSkipping ? '' : repeated(all)}.`,
    unsure.length > 0 && `${unknownFate(unsure, nameOf)}${isSkipping ? '' : search}.`,
    isSkipping &&
      unsure.length > 0 &&
      'Wait some minutes, because SendClean may take time to find what was sent.',
    isSkipping
      ? `${remedy ? `${remedy}, then run` : 'Run'} all of them again: ${settings.skipSent.title} leaves out those that were sent.`
      : remedy && `${remedy}, then send the rest.`,
  ];
  return sentences.filter((sentence) => typeof sentence === 'string').join(' ');
}

function subject({ text, isSeveral }: Named): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)} ${isSeveral ? 'were' : 'was'}`;
}

function repeated(all: readonly ItemCall[]): string {
  const canSkip = all.every(({ skip }) => skip !== 'never');
  const skip = canSkip ? `, or give each email an X-Unique-Id and turn on ${settings.skipSent.title}` : '';
  return `: running all of them again sends those a second time; remove them${skip}`;
}

function unknownFate(unsure: readonly EndedCall[], nameOf: (calls: readonly ItemCall[]) => Named): string {
  const names = unsure.map(({ call, error }) => {
    const id = error instanceof SendCleanError && error.xUniqueId;
    return `${nameOf([call]).text}${id ? ` (X-Unique-Id “${id}”)` : ''}`;
  });
  return `It is not known whether ${names.join(', ')} ${names.length > 1 ? 'were' : 'was'} sent`;
}

const search = `: look for each with ${finderTitle}, or ask its recipient, before you send it again`;
