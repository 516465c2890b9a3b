import type { Redact } from '../response/redact';
import type { Clock, Transport } from '../wire/transport';
import type { Limits } from '../form/readSettings';
import type { RateLimiter } from './rateLimiter';
import type { Sends } from './sentMemory';

/** What a client is made of. */
export interface ClientOptions {
  transport: Transport;
  clock: Clock;
  /** Takes the host's secrets out of what the service says. */
  redact?: Redact;
  /** Spaces the requests out, and bounds how many run at once; none is held back without it. */
  rateLimiter?: RateLimiter;
  /** How long a request may take, and how often it is made again. */
  limits?: Partial<Limits>;
  /** What the account is sending and has sent, for several clients of one account; the client's own without it. */
  sends?: Sends;
}

/** How one read is made. */
export interface ReadOptions {
  signal?: AbortSignal | undefined;
  /** The most records that a paged call reads; all by default. */
  limit?: number;
  /** Whether records are made easier to use, see `response/simplify.ts`. */
  simplify?: boolean;
  /** Whether passwords and keys stay in a result that is not made to give one. */
  includeSecrets?: boolean;
  /** What a paged call gives where it finds nothing; `nothing` by default. */
  nothingFound?: NothingFound;
  /** Called when a request is about to leave, after it had to wait for others. */
  onRequest?: (() => void) | undefined;
  /** Who asks: those whose requests wait for one another take turns. */
  queueKey?: string | undefined;
}

/** How one call is made; what only a send needs means nothing to a read or a change. */
export interface RunOptions extends ReadOptions {
  /** When it is aborted, a send that is still queued is not made; what is in flight goes on. */
  stopSignal?: AbortSignal;
  /** What a send's request holds only while it is made. */
  deferredFiles?: DeferredFiles;
  /** What to do when it is not known whether an email went out; `report` by default. */
  whenUnsure?: WhenUnsure;
  /** Whether to look an email up by its X-Unique-Id first, and not to send it again to a recipient who has it. */
  skipSent?: boolean;
  /**
   * Text that the calls of one run share: with `skipSent`, none of them sends what an earlier one has sent with an
   * unknown fate.
   */
  run?: string;
}

/** What a send's request holds only while it is made, such as files: what is queued needs no memory for it. */
export interface DeferredFiles {
  /** How much it adds to the request. */
  bytes: number;
  /** Puts it into the request; called for each attempt. */
  load(): Promise<void>;
  /** Takes it out of the request; called after each attempt, also one that could not load it. */
  release(): void;
}

/** What a read without a record comes to: an empty list, one record that says so, or an error. */
export type NothingFound = 'nothing' | 'item' | 'error';

/** What to do when it is not known whether an email went out: say so, or find out and send it again if it did not. */
export type WhenUnsure = 'report' | 'lookUp';
