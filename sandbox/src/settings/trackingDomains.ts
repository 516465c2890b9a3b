import type { DatabaseSync } from 'node:sqlite';
import { invalid, lacking, success, text, validity, yesNo, type Request, type SettingsCalls } from './call';

const table = `
  CREATE TABLE IF NOT EXISTS tracking_domains (
    domain TEXT PRIMARY KEY, created_at INTEGER NOT NULL, cname INTEGER NOT NULL
  ) STRICT;`;

export interface TrackingDomain {
  domain: string;
  /** Milliseconds since 1970. */
  createdAt: number;
  /** Whether its CNAME record is right; people and tests decide it in place of DNS. */
  cname: boolean;
}

/** The tracking domains of the account, in the order in which they came. */
export class TrackingDomains {
  /** @param start domains of a new account, which are in order */
  constructor(
    private readonly database: DatabaseSync,
    start: readonly string[],
  ) {
    database.exec(table);
    for (const domain of start) this.#insert(domain, true);
  }

  list(): TrackingDomain[] {
    return this.database.prepare('SELECT * FROM tracking_domains ORDER BY rowid').all().map(toDomain);
  }

  find(domain: string): TrackingDomain | undefined {
    const row = this.database
      .prepare('SELECT * FROM tracking_domains WHERE domain = ?')
      .get(domain.toLowerCase());
    return row && toDomain(row);
  }

  /** @returns whether it was added; false if it is there already */
  add(domain: string): boolean {
    return this.#insert(domain, false);
  }

  remove(domain: string): void {
    this.database.prepare('DELETE FROM tracking_domains WHERE domain = ?').run(domain.toLowerCase());
  }

  /** @returns whether there is such a domain */
  set(domain: string, { cname }: Pick<TrackingDomain, 'cname'>): boolean {
    const { changes } = this.database
      .prepare('UPDATE tracking_domains SET cname = ? WHERE domain = ?')
      .run(Number(cname), domain.toLowerCase());
    return Number(changes) > 0;
  }

  #insert(domain: string, isRight: boolean): boolean {
    const { changes } = this.database
      .prepare('INSERT OR IGNORE INTO tracking_domains VALUES (?, ?, ?)')
      .run(domain.toLowerCase(), Date.now(), Number(isRight));
    return Number(changes) > 0;
  }
}

/** The calls that list, add, check and delete tracking domains. */
export function trackingDomainCalls(domains: TrackingDomains): SettingsCalls {
  const lacks = lacking('domain', 'domain name required !!');
  const withDomain = (request: Request, act: (found: TrackingDomain) => object) => {
    const domain = text(request, 'domain');
    const found = domains.find(domain);
    return found ? success(act(found)) : invalid(`domain ${JSON.stringify(domain)} is not known`);
  };
  return {
    'settings/listTrackingDomain': {
      carryOut: () => success({ tracking_domain_list: domains.list().map(listed) }),
    },
    'settings/addTrackingDomain': {
      lacks,
      carryOut: (request) => {
        const domain = text(request, 'domain');
        if (domains.add(domain)) return success({ message: 'Tracking Domain Added' });
        return invalid(`domain ${JSON.stringify(domain)} is a tracking domain already`);
      },
    },
    'settings/checkTrackingDomain': {
      lacks,
      carryOut: (request) =>
        withDomain(request, ({ domain, cname }) => ({
          domain,
          valid_tracking: yesNo(cname),
          cname: validity(cname),
        })),
    },
    'settings/deleteTrackingDomain': {
      lacks,
      carryOut: (request) =>
        withDomain(request, ({ domain }) => {
          domains.remove(domain);
          return { message: 'Tracking Domain Deleted' };
        }),
    },
  };
}

function listed({ domain, createdAt, cname }: TrackingDomain): object {
  // Microseconds, as for sending domains.
  return { domain, create_date: createdAt * 1000, cname: validity(cname) };
}

function toDomain(row: Record<string, unknown>): TrackingDomain {
  return { domain: String(row.domain), createdAt: Number(row.created_at), cname: row.cname === 1 };
}
