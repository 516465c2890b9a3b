import type { DatabaseSync } from 'node:sqlite';

const table = `
  CREATE TABLE IF NOT EXISTS webhook_events (
    id INTEGER PRIMARY KEY AUTOINCREMENT, webhook_id TEXT NOT NULL REFERENCES webhooks ON DELETE CASCADE,
    event TEXT NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS webhook_events_by_webhook ON webhook_events (webhook_id);`;

/** An event that is to be posted to a webhook, as JSON text. */
export interface Queued {
  id: number;
  event: string;
}

/** The events that no webhook has taken yet; they outlive the sandbox where its data has a file. */
export class Queue {
  /** @param database with the table of webhooks */
  constructor(private readonly database: DatabaseSync) {
    database.exec(table);
  }

  add(webhookId: string, events: readonly string[]): void {
    const insert = this.database.prepare('INSERT INTO webhook_events (webhook_id, event) VALUES (?, ?)');
    this.database.exec('BEGIN');
    try {
      for (const event of events) insert.run(webhookId, event);
      this.database.exec('COMMIT');
    } catch (error) {
      this.database.exec('ROLLBACK');
      throw error;
    }
  }

  /** The oldest events of a webhook. */
  first(webhookId: string, count: number): Queued[] {
    return this.database
      .prepare('SELECT id, event FROM webhook_events WHERE webhook_id = ? ORDER BY id LIMIT ?')
      .all(webhookId, count)
      .map(({ id, event }) => ({ id: Number(id), event: String(event) }));
  }

  /** Forgets the events of a webhook up to one that it has taken. */
  remove(webhookId: string, last: number): void {
    this.database.prepare('DELETE FROM webhook_events WHERE webhook_id = ? AND id <= ?').run(webhookId, last);
  }

  count(webhookId: string): number {
    const row = this.database
      .prepare('SELECT count(*) AS count FROM webhook_events WHERE webhook_id = ?')
      .get(webhookId);
    return Number(row?.count);
  }

  /** IDs of the webhooks that have events to take. */
  waiting(): string[] {
    const rows = this.database.prepare('SELECT DISTINCT webhook_id AS id FROM webhook_events').all();
    return rows.map(({ id }) => String(id));
  }
}
