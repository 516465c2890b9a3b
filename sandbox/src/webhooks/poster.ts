import { setTimeout as sleep } from 'node:timers/promises';
import { Changing } from '../changing';
import type { Webhooks } from '../settings/webhooks';
import { write } from './body';
import { Deliveries } from './deliveries';
import { exchange, reasonOf } from './exchange';
import { WebhookFaults, type WebhookFault } from './faults';
import { retryDelay, type WebhookOptions } from './options';
import type { Queue, Queued } from './queue';

interface PosterContext {
  webhooks: Webhooks;
  queue: Queue;
  /** Read anew for each batch: people change them. */
  options: () => WebhookOptions;
  isAnywhere: boolean;
  closing: AbortSignal;
}

/** What an attempt came to: HTTP status and text, or why there was no answer. */
type Outcome =
  | { status: number; answer: string; failure: null }
  | { status: null; answer: null; failure: string };

/** Posts what is queued, batch by batch and in order, each until it is answered with HTTP 200. */
export class Poster extends Changing {
  readonly faults = new WebhookFaults();
  readonly deliveries = new Deliveries();
  /** Webhooks that something is being posted to. */
  readonly #busy = new Set<string>();

  constructor(private readonly context: PosterContext) {
    super();
  }

  /** Posts what is queued for a webhook, unless that is under way. */
  start(webhookId: string): void {
    if (this.#busy.has(webhookId)) return;
    this.#busy.add(webhookId);
    // Only the end of the sandbox stops it, or a disk that is full: then the next event starts it again.
    this.#drain(webhookId).catch(() => this.#busy.delete(webhookId));
  }

  async #drain(webhookId: string): Promise<void> {
    const { queue, options } = this.context;
    for (;;) {
      if (queue.count(webhookId) < options().batchSize && !(await this.#pause(options().gatherMs))) break;
      const batch = queue.first(webhookId, options().batchSize);
      if (batch.length === 0 || !(await this.#insist(webhookId, batch))) break;
      queue.remove(webhookId, batch.at(-1)?.id ?? 0);
      this.context.webhooks.delivered(webhookId, batch.length);
      this.changed();
    }
    this.#busy.delete(webhookId);
  }

  /** Posts a batch until it is taken; false when the webhook is gone or the sandbox closes. */
  async #insist(webhookId: string, batch: readonly Queued[]): Promise<boolean> {
    for (let attempt = 1; ; attempt += 1) {
      const fault = this.faults.take(webhookId);
      if (!(await this.#pause(fault?.kind === 'late' ? (fault.delayMs ?? 1000) : 0))) return false;
      const webhook = this.context.webhooks.find(webhookId);
      if (!webhook) return false;
      const post = this.#post(webhook, batch, attempt, fault);
      if (fault?.kind === 'lateAnswer') continue;
      const { status } = await post;
      if (status === 200 && fault?.kind !== 'lostAnswer') return !this.context.closing.aborted;
      if (!(await this.#pause(retryDelay(this.context.options(), attempt)))) return false;
    }
  }

  async #post(
    webhook: { id: string; url: string; key: string },
    batch: readonly Queued[],
    attempt: number,
    fault: WebhookFault | undefined,
  ): Promise<Outcome> {
    const { options, isAnywhere, closing } = this.context;
    const time = Date.now();
    const posted = write(
      batch.map(({ event }) => event),
      webhook,
      options(),
    );
    const { timeoutMs } = options();
    const sending = { url: webhook.url, method: 'POST' as const, ...posted, timeoutMs, isAnywhere, closing };
    const outcome = await exchange(sending).then(
      ({ status, text }): Outcome => ({ status, answer: text, failure: null }),
      (error: unknown): Outcome => ({ status: null, answer: null, failure: reasonOf(error) }),
    );
    const tookMs = Date.now() - time;
    const events = { events: batch.length, names: namesOf(batch) };
    const entry = { time, ...events, attempt, ...outcome, tookMs, fault: fault?.kind ?? null };
    if (!closing.aborted) {
      this.deliveries.add(webhook.id, entry);
      this.changed();
    }
    return outcome;
  }

  /** @returns whether the sandbox is still there */
  async #pause(ms: number): Promise<boolean> {
    const { closing } = this.context;
    if (ms > 0) await sleep(ms, undefined, { signal: closing }).catch(() => undefined);
    return !closing.aborted;
  }
}

function namesOf(batch: readonly Queued[]): string[] {
  const names = batch.map(({ event }) => (JSON.parse(event) as { event: string }).event);
  return [...new Set(names)];
}
