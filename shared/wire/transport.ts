/** What the core asks of its host: a way to make a request, and a clock. */

/** One HTTP request, without base URL and credentials: the host adds both, so no secret enters the core. */
export interface TransportRequest {
  method: 'GET' | 'POST';
  /** Path below the base URL, without a leading slash. */
  path: string;
  /** Query parameters of a GET in their order, decoded. */
  query?: readonly (readonly [name: string, value: string])[];
  /** Body of a POST, to be sent as JSON with its keys in this order. */
  body?: object;
  /** How long the whole request may take, in milliseconds. */
  timeout: number;
  signal?: AbortSignal | undefined;
}

export interface TransportResponse {
  /** HTTP status. */
  status: number;
  /** Names in lower case. */
  headers: Readonly<Record<string, string | undefined>>;
  /** The raw body as text. */
  body: string;
}

export interface Transport {
  /**
   * Makes one request, follows no redirect and answers with whatever status comes.
   * @throws the HTTP client's own error when there is no response; `noResponseError` reads its `code` and `cause`.
   */
  send(request: TransportRequest): Promise<TransportResponse>;
}

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Resolves after `ms` milliseconds; rejects with the signal's reason when it is aborted before. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** A number from 0 up to 1, as `Math.random`. */
  random(): number;
}
