/** One request to the API, without its query and body, where secrets travel. */
export interface RequestEntry {
  method: string;
  path: string;
  /** HTTP status of the answer; null while there is none, or when the connection was cut instead. */
  status: number | null;
  /** When it came, in milliseconds since 1970. */
  time: number;
}

const kept = 10_000;

/** Remembers the requests to the API, so that a test can tell that there were none. */
export class RequestLog {
  #count = 0;
  #open = 0;
  #mostAtOnce = 0;
  #entries: RequestEntry[] = [];

  begin(method: string, path: string): RequestEntry {
    const entry: RequestEntry = { method, path, status: null, time: Date.now() };
    this.#count += 1;
    this.#open += 1;
    this.#mostAtOnce = Math.max(this.#mostAtOnce, this.#open);
    this.#entries.push(entry);
    if (this.#entries.length > kept) this.#entries.shift();
    return entry;
  }

  end(): void {
    this.#open -= 1;
  }

  clear(): void {
    this.#count = 0;
    this.#mostAtOnce = this.#open;
    this.#entries = [];
  }

  /** The count, the highest number of requests that were open at once, and the latest 10,000 of them. */
  toJSON(): { count: number; mostAtOnce: number; requests: RequestEntry[] } {
    return { count: this.#count, mostAtOnce: this.#mostAtOnce, requests: this.#entries };
  }
}
