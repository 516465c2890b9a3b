import { defaultTemplates, templateNamed, type Template } from './templates';

/** What the sandbox's one account is made of; everything has a documented default. */
export interface AccountOptions {
  owner?: string | undefined;
  token?: string | undefined;
  /** SMTP users beside `smtp-sandbox`. */
  smtpUsers?: readonly string[] | undefined;
  /** IDs of templates beside `welcome`. */
  templates?: readonly string[] | undefined;
}

/** The account that the sandbox serves. The token stays inside: it can be compared, not read. */
export class Account {
  readonly owner: string;
  readonly smtpUsers: readonly string[];
  readonly #templates: ReadonlyMap<string, Template>;
  readonly #token: string;

  constructor({ owner, token, smtpUsers, templates }: AccountOptions) {
    this.owner = owner ?? 'sandbox';
    this.#token = token ?? 'sandbox-token';
    this.smtpUsers = ['smtp-sandbox', ...(smtpUsers ?? [])];
    const added = (templates ?? []).map((id): [string, Template] => [id, templateNamed(id)]);
    this.#templates = new Map([...added, ...defaultTemplates]);
  }

  get templateIds(): string[] {
    return [...this.#templates.keys()].sort();
  }

  template(id: string): Template | undefined {
    return this.#templates.get(id);
  }

  admits(owner: unknown, token: unknown): boolean {
    return owner === this.owner && token === this.#token;
  }
}
