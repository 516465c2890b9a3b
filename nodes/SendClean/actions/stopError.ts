import type { IExecuteFunctions, NodeApiError, NodeOperationError } from 'n8n-workflow';
import { settings } from '../../../shared/form/settings';
import { SendCleanError, remedies } from '../../../shared/errors';
import { finderTitle } from '../../../shared/delivery/lookUp';
import type { Effect } from '../../../shared/model';
import { callNamer, type Named } from './callNames';
import { toNodeError } from '../errors';
import type { ItemCall } from './input';
import { say } from '../../../shared/phrase';

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

/** The calls of a run that do something, by what happened to them. */
interface Effects {
  all: ItemCall[];
  done: ItemCall[];
  notDone: ItemCall[];
  unsure: EndedCall[];
}

/** How a sentence speaks of the calls of a run, which all do the same. */
interface Words {
  things: string;
  /** What was done to them. */
  done: string;
  /** What happens to those that are already done when all of them run again. */
  again: string;
  goOn: string;
}

const words: Record<Exclude<Effect, 'read'>, Words> = {
  send: { things: 'emails', done: 'sent', again: 'sends those a second time', goOn: 'send the rest' },
  change: { things: 'changes', done: 'made', again: 'makes those a second time', goOn: 'make the rest' },
};

/**
 * The error of a run that stops at its first failure. Where any of its emails may have gone out, or of its changes have
 * been made, its message says how many, because a toast shows no description, which says which of them, and how to go on
 * without doing one twice.
 */
export function toStopError(
  context: IExecuteFunctions,
  first: Failure,
  ended: readonly EndedCall[],
): NodeApiError | NodeOperationError {
  const nodeError = toNodeError(context, first.error, first.call.itemIndex);
  const { effect } = first.call;
  if (effect === 'read') return nodeError;
  const effects = sortOut(ended);
  const { all, done, unsure } = effects;
  if (all.length < 2 || done.length + unsure.length === 0) return nodeError;
  const said = words[effect];
  const more = unsure.length > 0 ? `, ${unsure.length} may have been` : '';
  const count = `${done.length} of ${all.length} ${said.things} ${done.length === 1 ? 'was' : 'were'} ${said.done}${more}`;
  nodeError.message = `${nodeError.message} (${count})`;
  nodeError.description = howToGoOn(effects, first.error, said);
  return nodeError;
}

function sortOut(ended: readonly EndedCall[]): Effects {
  const effects = ended.filter(({ call }) => call.effect !== 'read');
  const isUnsure = ({ error }: EndedCall) =>
    error !== undefined && !(error instanceof SendCleanError && error.fate === 'notSent');
  const calls = (some: readonly EndedCall[]) => some.map(({ call }) => call);
  return {
    all: calls(effects),
    done: calls(effects.filter(({ isDone }) => isDone)),
    notDone: calls(effects.filter((one) => !one.isDone && !isUnsure(one))),
    unsure: effects.filter(isUnsure),
  };
}

function howToGoOn({ all, done, notDone, unsure }: Effects, error: unknown, said: Words): string {
  const nameOf = callNamer(all);
  const isSkipping = all.every(({ skip }) => skip === 'on');
  const isKnown = error instanceof SendCleanError && error.fate === 'notSent';
  const known = isKnown ? remedies[error.kind] : undefined;
  const remedy = known && say(known);
  const sentences = [
    notDone.length > 0 && `${subject(nameOf(notDone))} not ${said.done}.`,
    done.length > 0 &&
      `${subject(nameOf(done))} already ${said.done}${isSkipping ? '' : repeated(all, said)}.`,
    unsure.length > 0 && `${unknownFate(unsure, nameOf, said)}${isSkipping ? '' : search(unsure)}.`,
    isSkipping &&
      unsure.length > 0 &&
      'Wait some minutes, because SendClean may take time to find what was sent.',
    isSkipping
      ? `${remedy ? `${remedy}, then run` : 'Run'} all of them again: ${settings.skipSent.title} leaves out those that were sent.`
      : remedy && `${remedy}, then ${said.goOn}.`,
  ];
  return sentences.filter((sentence) => typeof sentence === 'string').join(' ');
}

function subject({ text, isSeveral }: Named): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)} ${isSeveral ? 'were' : 'was'}`;
}

function repeated(all: readonly ItemCall[], { again }: Words): string {
  const canSkip = all.every(({ skip }) => skip !== 'never');
  const skip = canSkip ? `, or give each email an X-Unique-Id and turn on ${settings.skipSent.title}` : '';
  return `: running all of them again ${again}; remove them${skip}`;
}

function unknownFate(
  unsure: readonly EndedCall[],
  nameOf: (calls: readonly ItemCall[]) => Named,
  { done }: Words,
): string {
  const names = unsure.map(({ call, error }) => {
    const id = error instanceof SendCleanError && error.xUniqueId;
    return `${nameOf([call]).text}${id ? ` (X-Unique-Id “${id}”)` : ''}`;
  });
  return `It is not known whether ${names.join(', ')} ${names.length > 1 ? 'were' : 'was'} ${done}`;
}

/** Where to look for what may have been done. */
function search([first]: readonly EndedCall[]): string {
  if (first?.call.effect === 'send')
    return `: look for each with ${finderTitle}, or ask its recipient, before you send it again`;
  const list = first?.error instanceof SendCleanError ? first.error.whereToLook : undefined;
  const place = list ? `with ${list} or in the SendClean panel` : 'in the SendClean panel';
  return `: look ${place} before you make it again`;
}
