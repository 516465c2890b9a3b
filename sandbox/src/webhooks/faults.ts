import { Changing } from '../changing';

/**
 * What can go wrong with a batch: `lostAnswer` loses the answer, so that the batch comes again; `lateAnswer` does not
 * wait for it, so that the batch comes again at once; `late` posts the batch late.
 */
export const webhookFaultKinds = ['lostAnswer', 'lateAnswer', 'late'] as const;
export type WebhookFaultKind = (typeof webhookFaultKinds)[number];

export interface WebhookFault {
  kind: WebhookFaultKind;
  /** The one webhook that it strikes; the next to post by default. */
  webhookId?: string;
  /** How many attempts it strikes, 1 by default. */
  count?: number;
  /** How late a batch is, 1000 ms by default. */
  delayMs?: number;
}

/** The faults that are to strike the next deliveries. */
export class WebhookFaults extends Changing {
  #faults: (WebhookFault & { left: number })[] = [];

  add(fault: WebhookFault): void {
    this.#faults.push({ ...fault, left: fault.count ?? 1 });
    this.changed();
  }

  /** The fault that strikes an attempt of this webhook, if any; it is used up by one. */
  take(webhookId: string): WebhookFault | undefined {
    const fault = this.#faults.find((one) => one.webhookId === undefined || one.webhookId === webhookId);
    if (!fault) return undefined;
    fault.left -= 1;
    if (fault.left <= 0) this.#faults = this.#faults.filter((one) => one !== fault);
    this.changed();
    return fault;
  }

  list(): readonly (WebhookFault & { left: number })[] {
    return this.#faults;
  }

  clear(): void {
    this.#faults = [];
    this.changed();
  }
}
