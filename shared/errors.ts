import { adviceOf, type ErrorKind, type Fate } from './fate';
import type { Effect } from './model';
import { phrase, say, term, type Translate, type Words } from './phrase';

export { errorKinds, remedies, type ErrorKind, type Fate } from './fate';

const page = 'https://github.com/sendclean-nodes/sendclean-nodes/blob/main/docs/errors.md';

/** One thing that is wrong with what a person entered. */
export interface Problem {
  /** Path of the field in the request, e.g. `to[0].email`, or the name of a setting. */
  path: string;
  /** What is wrong, to follow the field's name: `must be an email address, got "bob@"`. */
  reason: Words;
  /** The field as the form shows it, e.g. `To, first recipient`; left out until it is known. */
  label?: Words | undefined;
}

export interface ErrorDetails {
  /** Path of the offending field in the request, e.g. `to[0].email`. */
  path?: string | undefined;
  /** What is wrong with the request, where it was not sent for that reason. */
  problems?: readonly Problem[] | undefined;
  /** HTTP status of the response. */
  status?: number | undefined;
  /** The service's own name for the error, e.g. `AuthenticationError`. */
  serviceName?: string | undefined;
  /** The service's number for the error, or the code of the network fault, e.g. `ECONNREFUSED`. */
  code?: number | string | undefined;
  /** How often the request was made. */
  attempts?: number | undefined;
  /** ID by which Get Message Info finds the email, should it have gone out. */
  xUniqueId?: string | undefined;
  /** The header of that name, where the service asks to wait. */
  retryAfter?: string | undefined;
  /** Title of the read that shows what a change came to. */
  whereToLook?: string | undefined;
  /** What the call does that the error is of; left out where that is not known. */
  effect?: Effect | undefined;
  /** What was not sent, such as one item of several; without it, nothing was. */
  subject?: string | undefined;
  /** What stands before the sentence, such as the email that it is about, the outermost first. */
  prefixes?: readonly Words[] | undefined;
}

/** Marks errors of the core, also those of another bundle, in which the class is another one. */
const brand = Symbol.for('sendclean.error');

/**
 * The one error of the core. Its message is one sentence for the person who runs the flow. `instanceof` holds for the
 * errors of every bundle, as the credential of n8n is one of its own.
 */
export class SendCleanError extends Error {
  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && brand in value;
  }

  readonly [brand] = true;
  override readonly name = 'SendCleanError';
  readonly path: string | undefined;
  readonly problems: readonly Problem[];
  readonly status: number | undefined;
  readonly serviceName: string | undefined;
  readonly code: number | string | undefined;
  readonly attempts: number;
  readonly xUniqueId: string | undefined;
  readonly retryAfter: string | undefined;
  readonly effect: Effect | undefined;
  readonly whereToLook: string | undefined;
  readonly subject: string | undefined;
  readonly prefixes: readonly Words[];

  /** @param own the sentence, without its prefixes. */
  constructor(
    readonly kind: ErrorKind,
    readonly fate: Fate,
    private readonly own: Words,
    details: ErrorDetails = {},
  ) {
    const { prefixes = [] } = details;
    super(say(led(prefixes, own)));
    this.prefixes = prefixes;
    this.path = details.path;
    this.problems = details.problems ?? [];
    this.status = details.status;
    this.serviceName = details.serviceName;
    this.code = details.code;
    this.attempts = details.attempts ?? 0;
    this.xUniqueId = details.xUniqueId;
    this.retryAfter = details.retryAfter;
    this.effect = details.effect;
    this.whereToLook = details.whereToLook;
    this.subject = details.subject;
  }

  /** The sentence that its message has in English. */
  get sentence(): Words {
    return led(this.prefixes, this.own);
  }

  /** What happened to the email or the change, if the call makes one, and what to do, in one or two sentences. */
  get advice(): string {
    return say(adviceOf(this));
  }

  /** Message and advice in a language. */
  in(translate: Translate): { message: string; advice: string } {
    return { message: say(this.sentence, translate), advice: say(adviceOf(this), translate) };
  }

  /** Address of the section that explains its kind. */
  get documentation(): string {
    return `${page}#${this.kind.toLowerCase()}`;
  }

  /** The same error with more details. */
  with(details: ErrorDetails): SendCleanError {
    return new SendCleanError(this.kind, this.fate, this.own, { ...this, ...details });
  }

  /** The same error of an email with another fate. */
  withFate(fate: Fate): SendCleanError {
    return new SendCleanError(this.kind, fate, this.own, this);
  }

  /** The same error, its sentence naming fields by their labels in place of their paths. */
  labelled(labelOf: (path: string) => Words | undefined): SendCleanError {
    if (this.problems.length === 0) return this;
    // A label takes a look at the whole list that its entry is in.
    const problems = this.problems.map((problem, index) =>
      index < mostNamed ? { ...problem, label: problem.label ?? labelOf(problem.path) } : problem,
    );
    return new SendCleanError(this.kind, this.fate, sentenceOf(problems), { ...this, problems });
  }

  /** The same error with what it is about in front. */
  prefixed(subject: Words): SendCleanError {
    return this.with({ prefixes: [subject, ...this.prefixes] });
  }

  /** The error that `toJSON` made data of. */
  static fromJSON({ kind, fate, message, ...details }: Record<string, unknown>): SendCleanError {
    return new SendCleanError(kind as ErrorKind, fate as Fate, String(message), details as ErrorDetails);
  }

  /** Plain data for a host's message or item: everything but the stack. */
  toJSON(): Record<string, unknown> {
    const { kind, fate, message, path, status, serviceName, code, attempts, xUniqueId } = this;
    const { advice, documentation } = this;
    return {
      ...{ kind, fate, message, path, status, serviceName, code, attempts, xUniqueId },
      ...{ advice, documentation },
    };
  }
}

function led(prefixes: readonly Words[], own: Words): Words {
  return prefixes.reduceRight((rest, prefix) => phrase`${prefix}: ${rest}`, own);
}

/**
 * An error found before any request was made.
 * @param reason what is wrong, to follow the field's name: `must not be empty`.
 * @param label the field's name in the form, where it is no field of an operation.
 */
export function invalid(path: string, reason: Words, label?: string): SendCleanError {
  return invalidFields([{ path, reason, ...(label !== undefined && { label: term(label) }) }]);
}

/** The same for several things that are wrong; of each path the first one counts. */
export function invalidFields(found: readonly Problem[]): SendCleanError {
  const paths = new Set<string>();
  const problems = found.filter(({ path }) => paths.size < paths.add(path).size);
  const details = { path: problems[0]?.path, problems };
  return new SendCleanError('validation', 'notSent', sentenceOf(problems), details);
}

/** How many problems one sentence names in full. */
export const mostNamed = 10;

function sentenceOf(problems: readonly Problem[]): Words {
  const named = problems
    .slice(0, mostNamed)
    .map(({ label, path, reason }) => phrase`${label ?? path} ${reason}`);
  return joinProblems(named, problems.length);
}

/** Sentences in one, with the number of those that it leaves out. */
export function joinProblems(sentences: readonly Words[], total: number): Words {
  const left = total - sentences.length;
  const [first = '', ...others] = [...sentences, ...(left > 0 ? [phrase`and ${left} more`] : [])];
  return others.reduce((start, next) => phrase`${start}; ${next}`, first);
}

/** What is no error of the core came after the request, as far as anyone knows. */
export function toSendCleanError(thrown: unknown): SendCleanError {
  if (thrown instanceof SendCleanError) return thrown;
  const name = thrown instanceof Error ? thrown.name : typeof thrown;
  return new SendCleanError(
    'unexpectedResponse',
    'unknown',
    phrase`SendClean's response cannot be read (${name})`,
  );
}

/** The error of a call that was cancelled before its request was made. */
export function notMade(): SendCleanError {
  const sentence = phrase`The run was cancelled before this request was made`;
  return new SendCleanError('cancelled', 'notSent', sentence);
}
