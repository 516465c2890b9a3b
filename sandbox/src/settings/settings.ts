import type { DatabaseSync } from 'node:sqlite';
import { Changing } from '../changing';
import { Firing } from '../webhooks/firing';
import { AccountDetails, accountCalls } from './accountDetail';
import type { Outcome, Request, SettingsCall, SettingsCalls } from './call';
import { SendingDomains, sendingDomainCalls } from './sendingDomains';
import { smtpUserCalls } from './smtpUserCalls';
import { SmtpUsers } from './smtpUsers';
import { TrackingDomains, trackingDomainCalls } from './trackingDomains';
import { webhookCalls } from './webhookCalls';
import { Webhooks } from './webhooks';

/** Domains that a new account has. */
const sendingDomain = 'example.com';
const trackingDomain = 'track.example.com';

export interface SettingsOptions {
  owner: string;
  /** Names of the SMTP users that are there from the start. */
  smtpUsers: readonly string[];
  /** Whether webhooks may be anywhere, not just on this machine and private networks. */
  isAnywhere: boolean;
  /** Aborted when the sandbox closes. */
  closing: AbortSignal;
}

/** What the sandbox's account has beside its messages, and the calls of the service that read and change it. */
export class Settings extends Changing {
  readonly smtpUsers: SmtpUsers;
  readonly sendingDomains: SendingDomains;
  readonly trackingDomains: TrackingDomains;
  readonly webhooks: Webhooks;
  /** What tells the webhooks of events. */
  readonly firing: Firing;
  readonly account: AccountDetails;
  readonly #calls: ReadonlyMap<string, SettingsCall>;

  constructor(database: DatabaseSync, { smtpUsers, ...reach }: SettingsOptions) {
    super();
    const isNew = !hasTable(database, 'account_detail');
    this.smtpUsers = new SmtpUsers(database, smtpUsers);
    this.sendingDomains = new SendingDomains(database, isNew ? [sendingDomain] : []);
    this.trackingDomains = new TrackingDomains(database, isNew ? [trackingDomain] : []);
    this.webhooks = new Webhooks(database);
    this.firing = new Firing(database, { webhooks: this.webhooks, ...reach });
    this.firing.onChange(() => this.changed());
    this.account = new AccountDetails(database);
    const calls: SettingsCalls = {
      ...accountCalls(this.account),
      ...smtpUserCalls(this.smtpUsers),
      ...sendingDomainCalls(this.sendingDomains),
      ...trackingDomainCalls(this.trackingDomains),
      ...webhookCalls(this.webhooks, (url) => this.firing.refusal(url)),
    };
    this.#calls = new Map(Object.entries(calls));
  }

  /** What the service says of a request that lacks something, where that is documented. */
  lacks(path: string, request: Request): string | undefined {
    return this.#calls.get(path)?.lacks?.(request);
  }

  /** Carries out a valid request; undefined for a call that is none of the settings. */
  carryOut(path: string, request: Request): Outcome | Promise<Outcome> | undefined {
    const call = this.#calls.get(path);
    if (!call) return undefined;
    const outcome = call.carryOut(request);
    if (!(outcome instanceof Promise)) return this.#told(outcome);
    return outcome.then((one) => this.#told(one));
  }

  /** Changes something as a person does it in the page. */
  change<Result>(work: () => Result): Result {
    const result = work();
    this.changed();
    return result;
  }

  #told(outcome: Outcome): Outcome {
    this.changed();
    return outcome;
  }
}

function hasTable(database: DatabaseSync, name: string): boolean {
  return database.prepare('SELECT 1 FROM sqlite_master WHERE name = ?').get(name) !== undefined;
}
