export type ErrorKind =
  | 'validation'
  | 'authentication'
  | 'rateLimited'
  | 'service'
  | 'network'
  | 'timeout'
  | 'unexpectedReply'
  | 'cancelled';

/** Whether the mail went out: `notSent` is certain, `unknown` is everything else. */
export type Fate = 'notSent' | 'unknown';

export interface ErrorDetails {
  /** Path of the offending field in the request, e.g. `to[0].email`. */
  path?: string | undefined;
  /** HTTP status of the reply. */
  status?: number | undefined;
  /** The service's own name for the error, e.g. `AuthenticationError`. */
  serviceName?: string | undefined;
  /** The service's number for the error, or the code of the network fault, e.g. `ECONNREFUSED`. */
  code?: number | string | undefined;
  /** How often the request was made. */
  attempts?: number | undefined;
  /** ID by which Get Message Info finds the mail, should it have gone out. */
  xUniqueId?: string | undefined;
  /** The header of that name, where the service asks to wait. */
  retryAfter?: string | undefined;
}

/** The one error of the core. Its message is one sentence for the person who runs the flow. */
export class SendCleanError extends Error {
  override readonly name = 'SendCleanError';
  readonly path: string | undefined;
  readonly status: number | undefined;
  readonly serviceName: string | undefined;
  readonly code: number | string | undefined;
  readonly attempts: number;
  readonly xUniqueId: string | undefined;
  readonly retryAfter: string | undefined;

  constructor(
    readonly kind: ErrorKind,
    readonly fate: Fate,
    message: string,
    details: ErrorDetails = {},
  ) {
    super(message);
    this.path = details.path;
    this.status = details.status;
    this.serviceName = details.serviceName;
    this.code = details.code;
    this.attempts = details.attempts ?? 0;
    this.xUniqueId = details.xUniqueId;
    this.retryAfter = details.retryAfter;
  }

  /** What became of the mail and what to do, in one or two sentences. */
  get advice(): string {
    if (this.kind === 'validation') return 'Nothing was sent. Correct this, then run it again.';
    if (this.fate === 'notSent') return 'Nothing was sent, so it is safe to run this again.';
    const search = this.xUniqueId
      ? `Look for X-Unique-Id “${this.xUniqueId}” with Get Message Info before you send it again.`
      : 'Ask the recipient, or look in the SendClean panel, before you send it again.';
    return `It is not known whether the mail was sent. ${search}`;
  }

  /** The same error with more details. */
  with(details: ErrorDetails): SendCleanError {
    return new SendCleanError(this.kind, this.fate, this.message, { ...this, ...details });
  }

  /** The same error of a mail with another fate. */
  withFate(fate: Fate): SendCleanError {
    return new SendCleanError(this.kind, fate, this.message, this);
  }

  /** The same error with the number of its item in front, for runs of several items. */
  forItem(number: number): SendCleanError {
    return this.prefixed(`Item ${number}`);
  }

  /** The same error with what it is about in front. */
  prefixed(subject: string): SendCleanError {
    return new SendCleanError(this.kind, this.fate, `${subject}: ${this.message}`, this);
  }

  /** The error that `toJSON` made data of. */
  static fromJSON({ kind, fate, message, ...details }: Record<string, unknown>): SendCleanError {
    return new SendCleanError(kind as ErrorKind, fate as Fate, String(message), details as ErrorDetails);
  }

  /** Plain data for a host's message or item: everything but the stack. */
  toJSON(): Record<string, unknown> {
    const { kind, fate, message, path, status, serviceName, code, attempts, xUniqueId, advice } = this;
    return { kind, fate, message, path, status, serviceName, code, attempts, xUniqueId, advice };
  }
}

/** An error found before any request was made. */
export function invalid(path: string, expectation: string): SendCleanError {
  return new SendCleanError('validation', 'notSent', `${path} ${expectation}`, { path });
}
