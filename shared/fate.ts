import type { Effect } from './model';
import { phrase, term, type Phrase, type Words } from './phrase';

/** What an error is about; each kind has a section in `docs/errors.md`. */
export const errorKinds = [
  'validation',
  'authentication',
  'rateLimited',
  'service',
  'network',
  'timeout',
  'unexpectedResponse',
  'cancelled',
] as const;

export type ErrorKind = (typeof errorKinds)[number];

/** Whether the email went out or the change was made: `notSent`, which means certainly not, or `unknown`. */
export type Fate = 'notSent' | 'unknown';

/** What to do about an error before its call is made again. */
export const remedies: Readonly<Partial<Record<ErrorKind, Phrase>>> = {
  validation: phrase`Correct this`,
  authentication: phrase`Correct owner ID and token of the account`,
  rateLimited: phrase`Wait until the rate limit allows more`,
};

/** What is certain when the fate is `notSent`. */
const certain: Readonly<Record<Effect, (subject?: string) => Words>> = {
  send: (subject) => (subject ? phrase`${subject} was not sent` : phrase`Nothing was sent`),
  change: (subject) => (subject ? phrase`${subject} was not made` : phrase`Nothing was changed`),
  read: () => '',
};

/** What an error says of its call, as far as advice depends on it. */
interface Ended {
  readonly kind: ErrorKind;
  readonly fate: Fate;
  readonly effect: Effect | undefined;
  readonly subject: string | undefined;
  readonly whereToLook: string | undefined;
  readonly xUniqueId: string | undefined;
}

/** What happened to the email or the change, if the call makes one, and what to do, in one or two sentences. */
export function adviceOf(error: Ended): Words {
  const { fate, effect, kind, subject } = error;
  if (fate === 'unknown') return effect === 'change' ? unknownChange(error) : unknownEmail(error);
  const said = effect ? certain[effect](subject) : '';
  const remedy = remedies[kind];
  if (remedy)
    return said ? phrase`${said}. ${remedy}, then run it again.` : phrase`${remedy}, then run it again.`;
  if (!said) return phrase`It is safe to run this again.`;
  return subject
    ? phrase`${said}, so it is safe to run it again.`
    : phrase`${said}, so it is safe to run this again.`;
}

function unknownChange({ whereToLook }: Ended): Words {
  return whereToLook
    ? phrase`It is not known whether the change was made. Look with ${term(whereToLook)} or in the SendClean panel before you make it again.`
    : phrase`It is not known whether the change was made. Look in the SendClean panel before you make it again.`;
}

function unknownEmail({ xUniqueId }: Ended): Words {
  return xUniqueId
    ? phrase`It is not known whether the email was sent. Look for X-Unique-Id “${xUniqueId}” with Get Message Info before you send it again.`
    : phrase`It is not known whether the email was sent. Ask the recipient, or look in the SendClean panel, before you send it again.`;
}
