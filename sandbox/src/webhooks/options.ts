/** The parameter that holds a batch: its name differs between the sources. */
export const parameterNames = ['SendCleantes_events', 'sarvtes_events'] as const;
export const bodyFormats = ['form', 'json'] as const;
export const handshakeMethods = ['GET', 'POST'] as const;
export type HandshakeMethod = (typeof handshakeMethods)[number];

/** How the sandbox calls webhooks, where what the service does is not public. */
export interface WebhookOptions {
  /** How a URL is asked for its text when a webhook is added or edited: in this order, until one is answered. */
  handshake: readonly HandshakeMethod[];
  /** How a batch is written: as a form, or as a JSON object. */
  format: (typeof bodyFormats)[number];
  parameter: (typeof parameterNames)[number];
  /** How many events a batch has at most. */
  batchSize: number;
  /** How long events are gathered for one batch, in milliseconds. */
  gatherMs: number;
  /** How long an answer may take, in milliseconds. */
  timeoutMs: number;
  /** How long it takes until a batch is sent again, in milliseconds; twice as long each time, up to a minute. */
  retryMs: number;
}

export const defaultOptions: WebhookOptions = {
  handshake: handshakeMethods,
  format: 'form',
  parameter: 'SendCleantes_events',
  batchSize: 100,
  gatherMs: 200,
  timeoutMs: 10_000,
  retryMs: 1000,
};

/** The longest that a webhook waits for a batch to be sent again, in milliseconds. */
const longestWait = 60_000;

/** How long to wait after so many attempts at a batch, in milliseconds. */
export function retryDelay({ retryMs }: Pick<WebhookOptions, 'retryMs'>, attempts: number): number {
  return Math.min(retryMs * 2 ** (attempts - 1), Math.max(longestWait, retryMs));
}
