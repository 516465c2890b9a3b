import type { WebhookFaultKind } from './faults';

/** One attempt at posting a batch. */
export interface Delivery {
  /** When it was made, in milliseconds since 1970. */
  time: number;
  /** How many events it had, and which, by name. */
  events: number;
  names: string[];
  /** 1 for the first attempt at its batch. */
  attempt: number;
  /** HTTP status and the beginning of the answer; null where there was none. */
  status: number | null;
  answer: string | null;
  /** Why there was no answer. */
  failure: string | null;
  /** How long it took, in milliseconds. */
  tookMs: number;
  fault: WebhookFaultKind | null;
}

/** So many deliveries of a webhook are remembered. */
const kept = 200;

/** What was posted to each webhook, the latest first. */
export class Deliveries {
  readonly #byWebhook = new Map<string, Delivery[]>();

  add(webhookId: string, delivery: Delivery): void {
    this.#byWebhook.set(webhookId, [delivery, ...this.of(webhookId)].slice(0, kept));
  }

  of(webhookId: string): readonly Delivery[] {
    return this.#byWebhook.get(webhookId) ?? [];
  }
}
