import type { DatabaseSync } from 'node:sqlite';
import { digits, makeSecret } from './secrets';

const table = `
  CREATE TABLE IF NOT EXISTS webhooks (
    id TEXT PRIMARY KEY, url TEXT NOT NULL, events TEXT NOT NULL, key TEXT NOT NULL, stores_log INTEGER NOT NULL,
    description TEXT NOT NULL, created_at INTEGER NOT NULL,
    last_success INTEGER, total_events INTEGER NOT NULL DEFAULT 0
  ) STRICT;`;

/** What a webhook can be told of, by the service's names. */
export const webhookEvents = ['send', 'open', 'click', 'soft_bounce', 'hard_bounce', 'spam'] as const;
export type WebhookEventName = (typeof webhookEvents)[number];

export interface Webhook {
  /** 21 digits, more than a number can hold. */
  id: string;
  url: string;
  events: string[];
  /** What its deliveries are signed with: a secret. */
  key: string;
  storesLog: boolean;
  description: string;
  /** Milliseconds since 1970. */
  createdAt: number;
  /** When a delivery was last answered as it should be, in milliseconds since 1970; null if none was. */
  lastSuccess: number | null;
  /** How many events were delivered. */
  totalEvents: number;
}

export type WebhookChange = Partial<Pick<Webhook, 'url' | 'events' | 'key' | 'storesLog' | 'description'>>;

/** The webhooks of the account, in the order in which they came. */
export class Webhooks {
  constructor(private readonly database: DatabaseSync) {
    database.exec(table);
  }

  list(): Webhook[] {
    return this.database.prepare('SELECT * FROM webhooks ORDER BY rowid').all().map(toWebhook);
  }

  find(id: string): Webhook | undefined {
    const row = this.database.prepare('SELECT * FROM webhooks WHERE id = ?').get(id);
    return row && toWebhook(row);
  }

  add({ url, events, storesLog, description }: Omit<Required<WebhookChange>, 'key'>): string {
    const id = digits(21);
    this.database
      .prepare(
        `INSERT INTO webhooks (id, url, events, key, stores_log, description, created_at)
         VALUES (?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(id, url, events.join(','), makeSecret(), Number(storesLog), description, Date.now());
    return id;
  }

  change(id: string, change: WebhookChange): void {
    const found = this.find(id);
    if (!found) return;
    const { url, events, key, storesLog, description } = { ...found, ...change };
    this.database
      .prepare(
        'UPDATE webhooks SET url = ?, events = ?, key = ?, stores_log = ?, description = ? WHERE id = ?',
      )
      .run(url, events.join(','), key, Number(storesLog), description, id);
  }

  /** Notes that a webhook has taken so many events. */
  delivered(id: string, count: number): void {
    this.database
      .prepare('UPDATE webhooks SET last_success = ?, total_events = total_events + ? WHERE id = ?')
      .run(Date.now(), count, id);
  }

  remove(id: string): void {
    this.database.prepare('DELETE FROM webhooks WHERE id = ?').run(id);
  }
}

function toWebhook(row: Record<string, unknown>): Webhook {
  return {
    id: String(row.id),
    url: String(row.url),
    events: String(row.events).split(',').filter(Boolean),
    key: String(row.key),
    storesLog: row.stores_log === 1,
    description: String(row.description),
    createdAt: Number(row.created_at),
    lastSuccess: row.last_success === null ? null : Number(row.last_success),
    totalEvents: Number(row.total_events),
  };
}
