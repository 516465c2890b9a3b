import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { address, foldedWords, readRow, type InboxRow } from './inboxRow';
import type { EventKind, StoredContent, StoredSummary } from './records';

const tables = `
  CREATE TABLE IF NOT EXISTS inbox (
    message_id INTEGER PRIMARY KEY REFERENCES messages ON DELETE CASCADE,
    smtp_user TEXT, template_id TEXT, is_read INTEGER NOT NULL, words TEXT NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS inbox_by_smtp_user ON inbox (smtp_user);
  CREATE INDEX IF NOT EXISTS inbox_by_template ON inbox (template_id);
  CREATE INDEX IF NOT EXISTS inbox_unread ON inbox (message_id) WHERE is_read = 0;`;

/** What a list of messages is narrowed down to. */
export interface InboxFilter {
  /** Words that all of them hold, in subject, addresses, X-Unique-Id or text; case does not matter. */
  search?: string;
  /** The exact X-Unique-Id. */
  xUniqueId?: string;
  smtpUser?: string;
  template?: string;
  /** A kind of event that was recorded, or that there is none, or that no person has opened the message. */
  status?: EventKind | 'none' | 'unread';
}

/** Which part of the list is wanted: the newest, or what is older or newer than a message. */
export interface InboxPlace {
  before?: number;
  after?: number;
  limit: number;
}

export interface InboxPage {
  /** Newest first. */
  messages: InboxRow[];
  /** How many of those that fit are newer than the first of the page. */
  newer: number;
  /** How many fit the filter. */
  total: number;
  /** How many there are, whatever the filter. */
  all: number;
  unread: number;
  /** What the filter can be set to. */
  smtpUsers: string[];
  templates: string[];
}

/** What the inbox page knows of messages beyond what scripts do: what they are found by, and whether they were read. */
export class InboxIndex {
  readonly #insert: StatementSync;

  /** @param database with the tables of messages and events */
  constructor(private readonly database: DatabaseSync) {
    database.exec(tables);
    this.#insert = database.prepare('INSERT INTO inbox VALUES (?, ?, ?, 0, ?)');
    this.#addMissing();
  }

  add(id: number, summary: StoredSummary, { request, html, text, templateId }: StoredContent): void {
    const smtpUser = 'smtp_user_name' in request ? String(request.smtp_user_name) : null;
    const { subject, from, recipients, xUniqueId } = summary;
    const addresses = [from, ...recipients].map(address);
    this.#insert.run(id, smtpUser, templateId, foldedWords([subject, xUniqueId, ...addresses], text, html));
  }

  /** @returns false if there is no such message, or it is marked so already */
  mark(id: number, isRead: boolean): boolean {
    const statement = this.database.prepare(
      'UPDATE inbox SET is_read = ? WHERE message_id = ? AND is_read <> ?',
    );
    return Number(statement.run(Number(isRead), id, Number(isRead)).changes) > 0;
  }

  markAllRead(): void {
    this.database.exec('UPDATE inbox SET is_read = 1 WHERE is_read = 0');
  }

  page(filter: InboxFilter, { before, after, limit }: InboxPlace): InboxPage {
    const { condition, values } = where(filter);
    const order = after === undefined ? 'DESC' : 'ASC';
    const place = after === undefined ? 'id < ?' : 'id > ?';
    const rows = this.database
      .prepare(
        `SELECT id, summary, is_read, smtp_user, template_id,
           (SELECT json_group_array(DISTINCT event) FROM events e WHERE e.message_id = inbox.message_id) AS kinds
         FROM inbox JOIN messages ON id = inbox.message_id
         WHERE ${condition} AND ${place} ORDER BY id ${order} LIMIT ?`,
      )
      .all(...values, after ?? before ?? Number.MAX_SAFE_INTEGER, limit)
      .map(readRow);
    const messages = after === undefined ? rows : rows.reverse();
    const isNewest = before === undefined && after === undefined;
    const first = messages[0]?.id ?? before ?? Number.MAX_SAFE_INTEGER;
    return {
      messages,
      newer: isNewest ? 0 : this.#count(`${condition} AND inbox.message_id > ?`, ...values, first),
      total: this.#count(condition, ...values),
      all: this.#count('1'),
      unread: this.#count('is_read = 0'),
      smtpUsers: this.#distinct('smtp_user'),
      templates: this.#distinct('template_id'),
    };
  }

  #count(condition: string, ...values: (string | number)[]): number {
    const sql = `SELECT count(*) AS number FROM inbox JOIN messages ON id = inbox.message_id WHERE ${condition}`;
    // Without a condition on messages, the index alone is read.
    const short = condition.includes('unique_id') ? sql : sql.replace(/ JOIN \S+ ON id = \S+/, '');
    return Number(this.database.prepare(short).get(...values)?.number);
  }

  #distinct(column: 'smtp_user' | 'template_id'): string[] {
    const sql = `SELECT DISTINCT ${column} AS name FROM inbox WHERE ${column} IS NOT NULL ORDER BY 1 LIMIT 1000`;
    return this.database
      .prepare(sql)
      .all()
      .map(({ name }) => String(name));
  }

  /** For a file that a sandbox without an index has written. */
  #addMissing(): void {
    const missing = this.database.prepare(
      `SELECT id, summary, content FROM messages
       WHERE id > ? AND id NOT IN (SELECT message_id FROM inbox) ORDER BY id LIMIT 1`,
    );
    let row = missing.get(-1);
    while (row) {
      const summary = JSON.parse(String(row.summary)) as StoredSummary;
      this.add(Number(row.id), summary, JSON.parse(String(row.content)) as StoredContent);
      row = missing.get(Number(row.id));
    }
  }
}

/** The condition of a filter, in SQL with its values apart. */
function where({ search = '', xUniqueId, smtpUser, template, status }: InboxFilter): {
  condition: string;
  values: string[];
} {
  const words = foldedWords([search]).split(' ').filter(Boolean);
  const events = 'SELECT 1 FROM events e WHERE e.message_id = inbox.message_id';
  const parts: [string, ...string[]][] = words.map((word) => ['instr(words, ?) > 0', word]);
  if (xUniqueId !== undefined) parts.push(['unique_id = ?', xUniqueId]);
  if (smtpUser !== undefined) parts.push(['smtp_user = ?', smtpUser]);
  if (template !== undefined) parts.push(['template_id = ?', template]);
  if (status === 'unread') parts.push(['is_read = 0']);
  else if (status === 'none') parts.push([`NOT EXISTS (${events})`]);
  else if (status !== undefined) parts.push([`EXISTS (${events} AND event = ?)`, status]);
  return {
    condition: parts.length ? parts.map(([sql]) => sql).join(' AND ') : '1',
    values: parts.flatMap(([, ...values]) => values),
  };
}
