import type { ErrorKind, Problem, SendCleanError } from '../../shared/errors';
import { labelOf } from '../../shared/form/labels';
import type { Effect, Operation } from '../../shared/model';
import { say } from '../../shared/phrase';

/**
 * What happened in a few words: the first thing that is wrong, or the kind of the error. It is made of labels and of
 * words that the editor translates, and holds nothing that was entered.
 */
export function statusReason(error: SendCleanError, operation?: Operation): string {
  const outcome = error.fate === 'unknown' ? 'fate unknown' : notDone[error.effect ?? 'read'];
  return `${outcome}: ${reasonOf(error, operation)}`;
}

const notDone: Record<Effect, string> = { send: 'not sent', change: 'not changed', read: 'failed' };

/** The reason alone, without what it means for the call. */
export function reasonOf({ kind, path, status, problems }: SendCleanError, operation?: Operation): string {
  if (kind !== 'validation') return kindWords[kind];
  const [first] = problems;
  if (first) return problemWords(first);
  if (status === undefined) return 'invalid message';
  const label = path !== undefined && operation ? labelOf(operation, path) : undefined;
  return label ? `${say(label)} ${kindWords.service}` : kindWords.service;
}

/** A problem by the label of its field, without the place in it, such as “first recipient”. */
function problemWords({ label, reason }: Problem): string {
  if (label === undefined) return 'invalid message';
  const [, words] = problems.find(([start]) => start.test(say(reason))) ?? [undefined, 'is not valid'];
  return `${say(label).replace(/,.*/s, '')} ${words}`;
}

/** What is wrong with a field, by how its reason starts. */
const problems: readonly [RegExp, string][] = [
  [/^is required/, 'is required'],
  [/^(is|must not be) empty/, 'is empty'],
  [/^must be text(, got|$)/, 'must be text'],
  [/^must be an email address/, 'must be an email address'],
  [/^must be a (whole )?number/, 'must be a number'],
  [/^(must have at most|has \d+ entries, more than)/, 'is too long'],
  [/^is exceeded/, 'is exceeded'],
  [/^is not a file/, 'is not a file'],
  [/^is not used/, 'is not used'],
  [/^is taken/, 'is taken'],
  [/^shows the image/, 'shows a missing image'],
  [/^cannot be evaluated/, 'cannot be evaluated'],
  [/^uses the environment variable/, 'is not set'],
];

const kindWords: Record<Exclude<ErrorKind, 'validation'>, string> = {
  authentication: 'account refused',
  rateLimited: 'too many requests',
  service: 'refused by SendClean',
  network: 'no connection',
  timeout: 'no answer in time',
  unexpectedResponse: 'unreadable answer',
  cancelled: 'stopped',
};
