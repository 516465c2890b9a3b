import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { digits, makeSecret } from './secrets';

const tables = `
  CREATE TABLE IF NOT EXISTS smtp_users (
    name TEXT PRIMARY KEY, password TEXT NOT NULL, is_enabled INTEGER NOT NULL,
    total_limit INTEGER NOT NULL, hourly_limit INTEGER NOT NULL, sent INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE TABLE IF NOT EXISTS smtp_sent (
    name TEXT NOT NULL REFERENCES smtp_users, minute INTEGER NOT NULL, sent INTEGER NOT NULL,
    PRIMARY KEY (name, minute)
  ) STRICT;`;

/** So many SMTP users an account may have. */
export const mostSmtpUsers = 100;

/** The limit of the users that are there from the start: one that no flow reaches. */
const startLimit = 1_000_000_000;

/** An SMTP user as the sandbox knows it, with its password. */
export interface SmtpUser {
  name: string;
  password: string;
  isEnabled: boolean;
  /** How many messages it may send in all, and in an hour. */
  totalLimit: number;
  hourlyLimit: number;
}

/** How much of its limits an SMTP user has used. */
export interface Sent {
  inAll: number;
  inHour: number;
}

export type SmtpUserChange = Partial<Omit<SmtpUser, 'name'>>;

/** The SMTP users of the account, in the order in which they came. */
export class SmtpUsers {
  readonly #find: StatementSync;
  readonly #inAll: StatementSync;
  readonly #inHour: StatementSync;

  /** @param start names of the users that are there from the start */
  constructor(
    private readonly database: DatabaseSync,
    start: readonly string[],
  ) {
    database.exec(tables);
    this.#find = database.prepare('SELECT * FROM smtp_users WHERE name = ?');
    this.#inAll = database.prepare('SELECT sent FROM smtp_users WHERE name = ?');
    this.#inHour = database.prepare('SELECT sum(sent) AS sent FROM smtp_sent WHERE name = ? AND minute > ?');
    for (const name of start) this.#insert({ name, totalLimit: startLimit, hourlyLimit: startLimit });
  }

  list(): SmtpUser[] {
    return this.database.prepare('SELECT * FROM smtp_users ORDER BY rowid').all().map(toUser);
  }

  find(name: string): SmtpUser | undefined {
    const row = this.#find.get(name);
    return row && toUser(row);
  }

  /** Adds a user under a name of its own; undefined if there are as many as there may be. */
  add(limits: Pick<SmtpUser, 'totalLimit' | 'hourlyLimit'>): SmtpUser | undefined {
    if (this.list().length >= mostSmtpUsers) return undefined;
    let name: string;
    do name = `smtps${digits(6)}`;
    while (this.find(name));
    this.#insert({ name, ...limits });
    return this.find(name);
  }

  change(name: string, change: SmtpUserChange): void {
    const user = this.find(name);
    if (!user) return;
    const { password, isEnabled, totalLimit, hourlyLimit } = { ...user, ...change };
    this.database
      .prepare(
        'UPDATE smtp_users SET password = ?, is_enabled = ?, total_limit = ?, hourly_limit = ? WHERE name = ?',
      )
      .run(password, Number(isEnabled), totalLimit, hourlyLimit, name);
  }

  sent(name: string, now = Date.now()): Sent {
    return {
      inAll: Number(this.#inAll.get(name)?.sent ?? 0),
      inHour: Number(this.#inHour.get(name, minuteOf(now) - 60)?.sent ?? 0),
    };
  }

  /** Why a user may not send one more message now; undefined if it may. */
  refusal({ name, isEnabled, totalLimit, hourlyLimit }: SmtpUser, now = Date.now()): string | undefined {
    const user = `smtp_user_name ${JSON.stringify(name)}`;
    if (!isEnabled) return `${user} is disabled`;
    const { inAll, inHour } = this.sent(name, now);
    if (inAll >= totalLimit) return `${user} has reached its total limit of ${messages(totalLimit)}`;
    if (inHour >= hourlyLimit) return `${user} has reached its hourly limit of ${messages(hourlyLimit)}`;
    return undefined;
  }

  /** Counts one message of a user. */
  count(name: string, now = Date.now()): void {
    this.database.prepare('UPDATE smtp_users SET sent = sent + 1 WHERE name = ?').run(name);
    const minute = minuteOf(now);
    this.database.prepare('DELETE FROM smtp_sent WHERE name = ? AND minute <= ?').run(name, minute - 60);
    this.database
      .prepare('INSERT INTO smtp_sent VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET sent = sent + 1')
      .run(name, minute);
  }

  #insert({ name, totalLimit, hourlyLimit }: Pick<SmtpUser, 'name' | 'totalLimit' | 'hourlyLimit'>): void {
    this.database
      .prepare('INSERT OR IGNORE INTO smtp_users VALUES (?, ?, 1, ?, ?, 0)')
      .run(name, makeSecret(), totalLimit, hourlyLimit);
  }
}

function minuteOf(time: number): number {
  return Math.floor(time / 60_000);
}

function messages(count: number): string {
  return count === 1 ? '1 message' : `${count} messages`;
}

function toUser(row: Record<string, unknown>): SmtpUser {
  return {
    name: String(row.name),
    password: String(row.password),
    isEnabled: row.is_enabled === 1,
    totalLimit: Number(row.total_limit),
    hourlyLimit: Number(row.hourly_limit),
  };
}
