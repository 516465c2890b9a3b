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

const defaultToken = 'sandbox-token';

/** The account that the sandbox serves. The token stays inside: it can be compared, not read. */
export class Account {
  readonly owner: string;
  readonly smtpUsers: readonly string[];
  readonly #templates: ReadonlyMap<string, Template>;
  readonly #token: string;

  constructor({ owner, token, smtpUsers, templates }: AccountOptions) {
    this.owner = owner ?? 'sandbox';
    this.#token = token ?? defaultToken;
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

  /** The token where it is the one of the docs, which is no secret; null for any other. */
  get documentedToken(): string | null {
    return this.#token === defaultToken ? defaultToken : null;
  }

  admits(owner: unknown, token: unknown): boolean {
    return owner === this.owner && token === this.#token;
  }

  /** Why an owner ID and a token are not admitted, without repeating them: one may stand in the other's place. */
  mismatch(owner: unknown, token: unknown): string {
    if (owner === undefined || owner === '') return 'the owner ID is missing';
    if (owner !== this.owner) return `the owner ID is not ${this.owner}`;
    return token === undefined || token === '' ? 'the token is missing' : 'the token is wrong';
  }

  /** A text without the token, unless that is no secret. */
  redact(text: string): string {
    return this.documentedToken === null ? text.replaceAll(this.#token, '***') : text;
  }
}
