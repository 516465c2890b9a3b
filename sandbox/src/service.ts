import { responses, requests, type Validator } from '../../shared/generated/validators';
import type { OperationName } from '../../shared/generated/types';
import type { Operation } from '../../shared/model';
import { violationError } from '../../shared/request/validation';
import type { Account } from './account';
import { refusal, tokenMismatch, type Answer } from './answers';
import type { RateLimit } from './limits';
import { toMail, wireMail, type Mail } from './mail';
import { toStored } from './records';
import { sampleResponse } from './schema';
import type { Outcome } from './settings/call';
import type { Settings } from './settings/settings';
import type { Store } from './store';
import type { Wire } from './wire';

/** One request to the service, read but not yet judged. */
export interface Call {
  /** The request with `owner_id` and `token`. */
  request: Record<string, unknown>;
  /** What came over the wire, made only when the call is taken. */
  wire: () => Wire;
  /** Whether to answer the first page, whichever was asked for. */
  repeatPage: boolean;
}

/** What the service works with. */
export interface ServiceContext {
  account: Account;
  limit: RateLimit;
  store: Store;
  settings: Settings;
}

/** Carries out one operation by what its file declares; none is known here by name. */
export class Service {
  readonly #validator: Validator<unknown>;
  readonly #sample: object;

  constructor(
    readonly operation: Operation<OperationName>,
    private readonly context: ServiceContext,
  ) {
    this.#validator = requests[operation.name];
    this.#sample = sampleResponse(operation, responses[operation.name]);
  }

  /** Judges the call in the service's order and carries it out. */
  answer(call: Call): Answer | Promise<Answer> {
    const { owner_id: owner, token, ...request } = call.request;
    if (!this.context.account.admits(owner, token)) {
      return { ...tokenMismatch, detail: this.context.account.mismatch(owner, token) };
    }
    const { smtp_user_name: smtpUser } = request;
    if (!this.context.limit.admits(typeof smtpUser === 'string' ? smtpUser : '')) {
      const message = `More than ${this.context.limit.perMinute} requests in a minute`;
      return refusal('GeneralError', message, 429);
    }
    const lack = this.context.settings.lacks(this.operation.path, request);
    if (lack !== undefined) return refusal('ValidationError', lack);
    if (!this.#validator(request)) {
      const { message } = violationError(this.#validator.errors ?? [], request);
      return refusal('ValidationError', message);
    }
    const outcome = this.context.settings.carryOut(this.operation.path, request);
    if (outcome === undefined) return this.#unknownName(request) ?? this.#carryOut(request, call);
    return outcome instanceof Promise
      ? outcome.then((one) => this.#withMail(one, request, call))
      : this.#withMail(outcome, request, call);
  }

  /** The answer to a call of the settings; the email that it has the service send arrives in the inbox. */
  #withMail({ mail, ...answer }: Outcome, request: Record<string, unknown>, call: Call): Answer {
    return mail ? { ...answer, messageId: this.#keep(mail, request, call) } : answer;
  }

  #keep(mail: Mail, request: Record<string, unknown>, { wire }: Call): number {
    const { summary, content } = toStored(this.operation.name, mail, request, wire());
    const id = this.context.store.add(summary, content);
    const { firing } = this.context.settings;
    if (this.operation.effect === 'send' && firing.isWanted('send')) {
      const sent = { event: 'send', time: summary.receivedAt };
      const occurrences = summary.recipients.map(({ email }) => ({ ...sent, email }));
      firing.tell({ ...summary, request }, occurrences);
    }
    return id;
  }

  #unknownName(request: Record<string, unknown>): Answer | undefined {
    const name = request.smtp_user_name;
    if (typeof name === 'string') {
      const user = this.context.settings.smtpUsers.find(name);
      if (!user) return refusal('ValidationError', `smtp_user_name ${JSON.stringify(name)} is not known`);
      const reason = this.operation.effect === 'send' && this.context.settings.smtpUsers.refusal(user);
      if (reason) return refusal('ValidationError', reason);
    }
    const { template_id: template } = wireMail(request);
    if (template !== undefined && !this.context.account.template(template)) {
      return refusal('ValidationError', `template_id ${JSON.stringify(template)} is not known`);
    }
    return undefined;
  }

  #carryOut(request: Record<string, unknown>, call: Call): Answer {
    const { operation } = this;
    if (operation.effect === 'send') {
      const { template_id: template } = wireMail(request);
      const mail = toMail(
        operation,
        request,
        template === undefined ? undefined : this.context.account.template(template),
      );
      const messageId = this.#keep(mail, request, call);
      if (typeof request.smtp_user_name === 'string')
        this.context.settings.smtpUsers.count(request.smtp_user_name);
      const isGet = operation.method === 'GET' && 'message' in this.#sample;
      return { ...this.#success(isGet ? { message: '250 Message Queued...' } : {}), messageId };
    }
    if (operation.paged && typeof request.x_unique_id === 'string') {
      const { parameter, records, size } = operation.paged;
      const page = call.repeatPage ? 0 : Number(request[parameter] ?? 0);
      return this.#success({ [records]: this.context.store.records(request.x_unique_id, page, size) });
    }
    return this.#success({});
  }

  #success(body: object): Answer {
    return { status: 200, body: { ...this.#sample, ...body } };
  }
}
