/**
 * What the core may use beyond the language itself. Every host has it (https://min-common-api.proposal.wintertc.org);
 * there is no I/O and no timer in it.
 */

declare interface Event {
  readonly target: unknown;
}

declare class AbortSignal {
  static any(signals: Iterable<AbortSignal>): AbortSignal;
  readonly aborted: boolean;
  readonly reason: unknown;
  throwIfAborted(): void;
  addEventListener(type: 'abort', listener: (event: Event) => void, options?: { once?: boolean }): void;
  removeEventListener(type: 'abort', listener: (event: Event) => void): void;
}

declare class AbortController {
  readonly signal: AbortSignal;
  abort(reason?: unknown): void;
}

declare class URL {
  static canParse(url: string): boolean;
  constructor(url: string);
  readonly protocol: string;
  readonly username: string;
  readonly password: string;
  readonly origin: string;
  readonly hostname: string;
  readonly pathname: string;
  readonly search: string;
  readonly hash: string;
}

declare class TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>;
  encodeInto(text: string, into: Uint8Array): { read: number; written: number };
}

declare class TextDecoder {
  constructor(encoding?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  decode(bytes?: Uint8Array, options?: { stream?: boolean }): string;
}

declare class Response {
  constructor(body: Uint8Array<ArrayBuffer>, options: { headers: Readonly<Record<string, string>> });
  formData(): Promise<Iterable<[name: string, value: unknown]>>;
}

/** The bytes of base64 text, one character for each. */
declare function atob(base64: string): string;

declare class URLSearchParams implements Iterable<[name: string, value: string]> {
  constructor(query: string);
  [Symbol.iterator](): IterableIterator<[name: string, value: string]>;
}
