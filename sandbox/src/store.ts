import type { DatabaseSync } from 'node:sqlite';
import { Changing } from './changing';
import { InboxIndex } from './inboxIndex';
import {
  deliveryRecord,
  eventKinds,
  type DeliveryRecord,
  type EventKind,
  type MailEvent,
  type Message,
  type MessageSummary,
  type StoredContent,
  type StoredSummary,
} from './records';

const tables = `
  CREATE TABLE IF NOT EXISTS messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT, unique_id TEXT, size INTEGER NOT NULL,
    summary TEXT NOT NULL, content TEXT NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS messages_by_unique_id ON messages (unique_id);
  CREATE TABLE IF NOT EXISTS recipients (
    message_id INTEGER NOT NULL REFERENCES messages ON DELETE CASCADE, position INTEGER NOT NULL,
    email TEXT NOT NULL, PRIMARY KEY (message_id, position)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS events (
    id INTEGER PRIMARY KEY, message_id INTEGER NOT NULL REFERENCES messages ON DELETE CASCADE,
    email TEXT NOT NULL, event TEXT NOT NULL, time INTEGER NOT NULL, ip TEXT NOT NULL, ua TEXT NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS events_by_message ON events (message_id);`;

const summaries = `SELECT id, summary, (SELECT count(*) FROM events WHERE message_id = messages.id) AS events
  FROM messages`;

type EventListener = (messageId: number, events: readonly MailEvent[]) => void;
type Row = Record<string, unknown>;

/** The messages and what happened to them, in the order in which they came. */
export class Store extends Changing {
  readonly #database: DatabaseSync;
  readonly #listeners: EventListener[] = [];
  /** What the inbox page shows and finds messages by. */
  readonly inbox: InboxIndex;

  constructor(database: DatabaseSync) {
    super();
    this.#database = database;
    database.exec(tables);
    this.inbox = new InboxIndex(database);
  }

  add(summary: StoredSummary, content: StoredContent): number {
    const id = this.#transaction(() => {
      const { lastInsertRowid } = this.#database
        .prepare('INSERT INTO messages (unique_id, size, summary, content) VALUES (?, ?, ?, ?)')
        .run(
          summary.xUniqueId,
          Buffer.byteLength(content.wire.body),
          JSON.stringify(summary),
          JSON.stringify(content),
        );
      const insert = this.#database.prepare('INSERT INTO recipients VALUES (?, ?, ?)');
      summary.recipients.forEach(({ email }, position) => insert.run(lastInsertRowid, position, email));
      this.inbox.add(Number(lastInsertRowid), summary, content);
      return Number(lastInsertRowid);
    });
    this.changed();
    return id;
  }

  /** The messages that came after the one with the ID `since`. */
  list(since = 0): MessageSummary[] {
    return this.#database.prepare(`${summaries} WHERE id > ? ORDER BY id`).all(since).map(toSummary);
  }

  get(id: number): Message | undefined {
    const row = this.#database.prepare(`${summaries} WHERE id = ?`).get(id);
    const content = this.#database.prepare('SELECT content FROM messages WHERE id = ?').get(id)?.content;
    if (!row || typeof content !== 'string') return undefined;
    return { ...toSummary(row), ...(JSON.parse(content) as StoredContent), events: this.#events(id) };
  }

  clear(): void {
    this.#database.exec('DELETE FROM messages');
    this.changed();
  }

  /** @returns whether there was such a message */
  remove(id: number): boolean {
    const { changes } = this.#database.prepare('DELETE FROM messages WHERE id = ?').run(id);
    if (changes) this.changed();
    return Number(changes) > 0;
  }

  /**
   * Remembers whether a person has opened a message.
   * @returns whether that was not known yet
   */
  mark(id: number, isRead: boolean): boolean {
    const isNew = this.inbox.mark(id, isRead);
    if (isNew) this.changed();
    return isNew;
  }

  markAllRead(): void {
    this.inbox.markAllRead();
    this.changed();
  }

  /** What happened to a message; undefined if there is none with this ID. */
  eventsOf(id: number): MailEvent[] | undefined {
    const isThere = this.#database.prepare('SELECT 1 FROM messages WHERE id = ?').get(id);
    return isThere && this.#events(id);
  }

  /** IDs of the messages with this X-Unique-Id. */
  find(xUniqueId: string): number[] {
    const rows = this.#database.prepare('SELECT id FROM messages WHERE unique_id = ?').all(xUniqueId);
    return rows.map(({ id }) => Number(id));
  }

  addEvents(id: number, events: readonly MailEvent[]): void {
    const insert = this.#database.prepare(
      'INSERT INTO events (message_id, email, event, time, ip, ua) VALUES (?, ?, ?, ?, ?, ?)',
    );
    this.#transaction(() => {
      for (const { email, event, time, ip, ua } of events) insert.run(id, email, event, time, ip, ua);
    });
    for (const tell of this.#listeners) tell(id, events);
    this.changed();
  }

  /** Calls `listener` after events were recorded, with the ID of their message. */
  onEvents(listener: EventListener): void {
    this.#listeners.push(listener);
  }

  /** One page of the records of the emails with this X-Unique-Id: messages, then recipients, as they came. */
  records(xUniqueId: string, page: number, size: number): DeliveryRecord[] {
    const rows = this.#database
      .prepare(
        `SELECT id, size, summary, email FROM messages JOIN recipients ON message_id = id
         WHERE unique_id = ? ORDER BY id, position LIMIT ? OFFSET ?`,
      )
      .all(xUniqueId, size, Math.min(page * size, Number.MAX_SAFE_INTEGER));
    return rows.map(({ id, size: bytes, summary, email }) => {
      const events = this.#events(Number(id)).filter((event) => event.email === email);
      return deliveryRecord(parseSummary(summary), String(email), Number(bytes), events);
    });
  }

  #events(id: number): MailEvent[] {
    const rows = this.#database.prepare('SELECT * FROM events WHERE message_id = ? ORDER BY id').all(id);
    return rows.map((row) => ({
      event: toEventKind(row.event),
      email: String(row.email),
      time: Number(row.time),
      ip: String(row.ip),
      ua: String(row.ua),
    }));
  }

  #transaction<Result>(work: () => Result): Result {
    this.#database.exec('BEGIN');
    try {
      const result = work();
      this.#database.exec('COMMIT');
      return result;
    } catch (error) {
      this.#database.exec('ROLLBACK');
      throw error;
    }
  }
}

function toSummary({ id, summary, events }: Row): MessageSummary {
  return { id: Number(id), ...parseSummary(summary), eventCount: Number(events) };
}

function parseSummary(json: unknown): StoredSummary {
  return JSON.parse(String(json)) as StoredSummary;
}

function toEventKind(value: unknown): EventKind {
  return eventKinds.find((kind) => kind === value) ?? 'delivered';
}
