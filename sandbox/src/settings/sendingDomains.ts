import type { DatabaseSync } from 'node:sqlite';
import type { Mail } from '../mail';
import { invalid, lacking, success, text, validity, yesNo, type Request, type SettingsCalls } from './call';

const table = `
  CREATE TABLE IF NOT EXISTS sending_domains (
    domain TEXT PRIMARY KEY, created_at INTEGER NOT NULL,
    dkim INTEGER NOT NULL, spf INTEGER NOT NULL, verified INTEGER NOT NULL
  ) STRICT;`;

/** What is right about a sending domain; people and tests decide it in place of DNS. */
export interface SendingDomainState {
  dkim: boolean;
  spf: boolean;
  /** Whether somebody followed the instructions of the verification email. */
  verified: boolean;
}

export interface SendingDomain extends SendingDomainState {
  domain: string;
  /** Milliseconds since 1970. */
  createdAt: number;
}

/** The sending domains of the account, in the order in which they came. */
export class SendingDomains {
  /** @param start domains of a new account, which are in order */
  constructor(
    private readonly database: DatabaseSync,
    start: readonly string[],
  ) {
    database.exec(table);
    for (const domain of start) this.#insert(domain, true);
  }

  list(): SendingDomain[] {
    return this.database.prepare('SELECT * FROM sending_domains ORDER BY rowid').all().map(toDomain);
  }

  find(domain: string): SendingDomain | undefined {
    const row = this.database.prepare('SELECT * FROM sending_domains WHERE domain = ?').get(key(domain));
    return row && toDomain(row);
  }

  /** @returns whether it was added; false if it is there already */
  add(domain: string): boolean {
    return this.#insert(domain, false);
  }

  /** @returns whether there was such a domain */
  remove(domain: string): boolean {
    const { changes } = this.database
      .prepare('DELETE FROM sending_domains WHERE domain = ?')
      .run(key(domain));
    return Number(changes) > 0;
  }

  /** @returns whether there is such a domain */
  set(domain: string, state: Partial<SendingDomainState>): boolean {
    const found = this.find(domain);
    if (!found) return false;
    const { dkim, spf, verified } = { ...found, ...state };
    this.database
      .prepare('UPDATE sending_domains SET dkim = ?, spf = ?, verified = ? WHERE domain = ?')
      .run(Number(dkim), Number(spf), Number(verified), found.domain);
    return true;
  }

  #insert(domain: string, isRight: boolean): boolean {
    const state = Number(isRight);
    const { changes } = this.database
      .prepare('INSERT OR IGNORE INTO sending_domains VALUES (?, ?, ?, ?, ?)')
      .run(key(domain), Date.now(), state, state, state);
    return Number(changes) > 0;
  }
}

/** The calls that list, add, check, verify and delete sending domains. */
export function sendingDomainCalls(domains: SendingDomains): SettingsCalls {
  const lacks = lacking('domain', 'domain name required !!');
  const withDomain = (request: Request, act: (found: SendingDomain) => ReturnType<typeof success>) => {
    const domain = text(request, 'domain');
    const found = domains.find(domain);
    return found ? act(found) : invalid(`domain ${JSON.stringify(domain)} is not known`);
  };
  return {
    'settings/listSendingDomain': {
      carryOut: () => success({ sending_domain_list: domains.list().map(listed) }),
    },
    'settings/addSendingDomain': {
      lacks,
      carryOut: (request) => {
        const domain = text(request, 'domain');
        if (domains.add(domain)) return success({ message: 'Sending Domain Added' });
        return invalid(`domain ${JSON.stringify(domain)} is a sending domain already`);
      },
    },
    'settings/checkSendingDomain': {
      lacks,
      carryOut: (request) =>
        withDomain(request, ({ domain, dkim, spf }) =>
          success({ domain, dkim: validity(dkim), spf: validity(spf), valid_signing: yesNo(dkim && spf) }),
        ),
    },
    'settings/verifySendingDomain': {
      lacks: (request) =>
        lacks(request) ?? lacking('mailbox', 'Mailbox is required in order to verify domain')(request),
      carryOut: (request) =>
        withDomain(request, ({ domain }) => {
          const email = `${text(request, 'mailbox')}@${domain}`;
          const message = `Verification instruction has been sent to ${email}`;
          return { ...success({ message }), mail: verification(domain, email) };
        }),
    },
    'settings/deleteSendingDomain': {
      lacks,
      carryOut: (request) =>
        withDomain(request, ({ domain }) => {
          domains.remove(domain);
          return success({ message: 'Sending Domain Deleted' });
        }),
    },
  };
}

function listed({ domain, createdAt, dkim, spf, verified }: SendingDomain): object {
  return {
    domain,
    // The one source that says so has microseconds.
    create_date: createdAt * 1000,
    dkim: validity(dkim),
    spf: validity(spf),
    verify_domain: validity(verified),
  };
}

/** What the service writes to the mailbox; the real text is not public. */
function verification(domain: string, email: string): Mail {
  return {
    subject: `Verify ${domain}`,
    from: { email: 'support@sendclean.example', name: 'SendClean sandbox' },
    recipients: [{ email, type: 'to' }],
    text: `Whoever reads this email can show that ${domain} is theirs. In the sandbox, turn “Verified” on in the Account view.`,
    headers: {},
    attachments: [],
    images: [],
  };
}

/** Names of domains have no case. */
function key(domain: string): string {
  return domain.toLowerCase();
}

function toDomain(row: Record<string, unknown>): SendingDomain {
  return {
    domain: String(row.domain),
    createdAt: Number(row.created_at),
    dkim: row.dkim === 1,
    spf: row.spf === 1,
    verified: row.verified === 1,
  };
}
