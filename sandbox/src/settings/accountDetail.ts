import type { DatabaseSync } from 'node:sqlite';
import { success, type SettingsCalls } from './call';

const table = `
  CREATE TABLE IF NOT EXISTS account_detail (
    one INTEGER PRIMARY KEY CHECK (one = 1), detail TEXT NOT NULL, created_at INTEGER NOT NULL
  ) STRICT;`;

/** What the service says of the account itself. */
export interface AccountDetail {
  name: string;
  email: string;
  /** A number in the sample, a text in another source. */
  mobile: number | string;
  /** Its unit is not documented. */
  allowed_speed: number;
  reputation: string;
}

const start: AccountDetail = {
  name: 'Sandbox',
  email: 'sandbox@example.com',
  mobile: 9_999_999_999,
  allowed_speed: 300,
  reputation: '50%',
};

/** The account's name, address and reputation. */
export class AccountDetails {
  constructor(private readonly database: DatabaseSync) {
    database.exec(table);
    database
      .prepare('INSERT OR IGNORE INTO account_detail VALUES (1, ?, ?)')
      .run(JSON.stringify(start), Date.now());
  }

  get(): AccountDetail & { createdAt: number } {
    const { detail, created_at: createdAt } =
      this.database.prepare('SELECT * FROM account_detail').get() ?? {};
    return { ...(JSON.parse(String(detail)) as AccountDetail), createdAt: Number(createdAt) };
  }

  set(change: Partial<AccountDetail>): void {
    const { createdAt, ...detail } = this.get();
    this.database
      .prepare('UPDATE account_detail SET detail = ?')
      .run(JSON.stringify({ ...detail, ...change }));
  }
}

/** The call that reads the account. */
export function accountCalls(account: AccountDetails): SettingsCalls {
  return {
    'account/viewUserDetail': {
      carryOut: () => {
        const { name, email, mobile, createdAt, allowed_speed, reputation } = account.get();
        const create_date = Math.floor(createdAt / 1000);
        return success({ user_data: { name, email, mobile, create_date, allowed_speed, reputation } });
      },
    },
  };
}
