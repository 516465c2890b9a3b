import type { Answer } from './answers';
import { Changing } from './changing';
import type { FaultKind } from './faults';

/** One request to the API, without its query and body, where secrets travel. */
export interface RequestEntry {
  method: string;
  path: string;
  /** HTTP status of the answer; null while there is none, or when the connection was cut instead. */
  status: number | null;
  /** When it came, in milliseconds since 1970. */
  time: number;
  /** Why it was refused; null if it was not, or not yet. */
  reason: string | null;
  /** The fault that struck it. */
  fault: FaultKind | null;
  /** ID of the message that it made. */
  messageId: number | null;
}

const kept = 10_000;

/** Remembers the requests to the API, so that a test can tell that there were none. */
export class RequestLog extends Changing {
  #count = 0;
  #open = 0;
  #mostAtOnce = 0;
  #entries: RequestEntry[] = [];

  /** @param redact a reason, in which a client's values are quoted, without the account's token */
  constructor(private readonly redact: (reason: string) => string) {
    super();
  }

  begin(method: string, path: string): RequestEntry {
    const nothingYet = { status: null, reason: null, fault: null, messageId: null };
    const entry: RequestEntry = { method, path, time: Date.now(), ...nothingYet };
    this.#count += 1;
    this.#open += 1;
    this.#mostAtOnce = Math.max(this.#mostAtOnce, this.#open);
    this.#entries.push(entry);
    if (this.#entries.length > kept) this.#entries.shift();
    this.changed();
    return entry;
  }

  /** Notes what the service answered, whether or not the client gets it. */
  answered(entry: RequestEntry, { body, detail, messageId }: Answer): void {
    const isRefused = 'status' in body && String(body.status).toLowerCase() === 'error';
    const message = 'message' in body ? String(body.message) : 'no reason';
    if (isRefused) entry.reason = this.redact(detail === undefined ? message : `${message}: ${detail}`);
    entry.messageId = messageId ?? null;
  }

  end(): void {
    this.#open -= 1;
    this.changed();
  }

  clear(): void {
    this.#count = 0;
    this.#mostAtOnce = this.#open;
    this.#entries = [];
    this.changed();
  }

  /**
   * The count, the highest number of requests that were open at once, and the requests.
   * @param latest how many of them; the log remembers 10,000
   * @param failed whether those alone that were refused or struck by a fault
   */
  list(latest = kept, failed = false): { count: number; mostAtOnce: number; requests: RequestEntry[] } {
    const wanted = failed ? this.#entries.filter(({ reason, fault }) => reason ?? fault) : this.#entries;
    const requests = wanted.slice(Math.max(wanted.length - latest, 0));
    return { count: this.#count, mostAtOnce: this.#mostAtOnce, requests };
  }
}
