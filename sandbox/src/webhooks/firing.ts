import type { DatabaseSync } from 'node:sqlite';
import { Changing } from '../changing';
import type { MailEvent, Message } from '../records';
import { webhookEvents, type WebhookEventName, type Webhooks } from '../settings/webhooks';
import { confirm } from './handshake';
import { defaultOptions, type WebhookOptions } from './options';
import { Poster } from './poster';
import { Queue } from './queue';
import { report, type Happening, type Reported } from './reports';

interface FiringContext {
  webhooks: Webhooks;
  owner: string;
  /** Whether URLs may be anywhere, not just on this machine and private networks. */
  isAnywhere: boolean;
  closing: AbortSignal;
}

/** What is known of an event before it is reported. */
type Occurrence = Pick<MailEvent, 'email' | 'time'> & Partial<Omit<Happening, 'event'>> & { event: string };

/** The part of a message that reports of it need. */
export type ReportedMessage = Pick<Message, 'xUniqueId' | 'subject' | 'from' | 'request'>;

/** Tells the account's webhooks what happens to its messages, as the service does. */
export class Firing extends Changing {
  readonly poster: Poster;
  readonly #queue: Queue;
  #options = defaultOptions;

  constructor(
    database: DatabaseSync,
    private readonly context: FiringContext,
  ) {
    super();
    const { webhooks, isAnywhere, closing } = context;
    this.#queue = new Queue(database);
    this.poster = new Poster({
      webhooks,
      queue: this.#queue,
      options: () => this.#options,
      isAnywhere,
      closing,
    });
    this.poster.onChange(() => this.changed());
  }

  get options(): WebhookOptions {
    return this.#options;
  }

  set(options: Partial<WebhookOptions>): void {
    this.#options = { ...this.#options, ...options };
  }

  /** Goes on with what an earlier sandbox has left in the data file. */
  resume(): void {
    for (const id of this.#queue.waiting()) this.poster.start(id);
  }

  /** Why a URL does not answer as a webhook must; undefined if it does. */
  refusal(url: string): Promise<string | undefined> {
    return confirm(url, this.#options, this.context);
  }

  /** Reports what happened to a message to the webhooks that want it. */
  tell(message: ReportedMessage, occurrences: readonly Occurrence[]): void {
    const { request } = message;
    const about: Reported = {
      owner: this.context.owner,
      smtpUser: 'smtp_user_name' in request ? String(request.smtp_user_name) : '',
      xUniqueId: message.xUniqueId ?? '',
      subject: message.subject,
      sender: message.from.email ?? '',
    };
    const reports = occurrences.flatMap((one) => {
      const event = webhookEvents.find((name) => name === one.event);
      return event ? [{ event, text: report({ ...one, event }, about) }] : [];
    });
    this.#post(reports);
  }

  /** Whether any webhook is to be told of an event. */
  isWanted(event: string): boolean {
    return this.context.webhooks.list().some(({ events }) => events.includes(event));
  }

  /** Reports so many events at once, each about another message that there is not. */
  burst(count: number, event: WebhookEventName): void {
    const time = Date.now();
    const reports = Array.from({ length: count }, (_, index) => {
      const number = index + 1;
      const happening = { event, time, email: `jane${number}@example.com` };
      const about = { owner: this.context.owner, smtpUser: 'smtp-sandbox', sender: 'shop@example.com' };
      const message = { xUniqueId: `burst-${time}-${number}`, subject: `Message ${number} of a burst` };
      return { event, text: report(happening, { ...about, ...message }) };
    });
    this.#post(reports);
  }

  /** How many events a webhook has not taken yet. */
  waiting(webhookId: string): number {
    return this.#queue.count(webhookId);
  }

  /** Queues each report for the webhooks that want it. */
  #post(reports: readonly { event: WebhookEventName; text: string }[]): void {
    for (const { id, events } of this.context.webhooks.list()) {
      const wanted = reports.filter(({ event }) => events.includes(event));
      if (wanted.length === 0) continue;
      this.#queue.add(
        id,
        wanted.map(({ text }) => text),
      );
      this.poster.start(id);
    }
    this.changed();
  }
}
