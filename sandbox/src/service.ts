import { responses, requests, type Validator } from '../../shared/generated/validators';
import type { OperationName } from '../../shared/generated/types';
import type { Operation } from '../../shared/model';
import { violationError } from '../../shared/request/validation';
import type { Account } from './account';
import { refusal, tokenMismatch, type Answer } from './answers';
import type { RateLimit } from './limits';
import { toMail, wireMail } from './mail';
import { toStored } from './records';
import { sampleResponse } from './schema';
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

/** Carries out one operation by what its file declares; none is known here by name. */
export class Service {
  readonly #validator: Validator<unknown>;
  readonly #sample: object;

  constructor(
    readonly operation: Operation<OperationName>,
    private readonly account: Account,
    private readonly limit: RateLimit,
    private readonly store: Store,
  ) {
    this.#validator = requests[operation.name];
    this.#sample = sampleResponse(operation, responses[operation.name]);
  }

  /** Judges the call in the service's order and carries it out. */
  answer(call: Call): Answer {
    const { owner_id: owner, token, ...request } = call.request;
    if (!this.account.admits(owner, token)) {
      return { ...tokenMismatch, detail: this.account.mismatch(owner, token) };
    }
    const { smtp_user_name: smtpUser } = request;
    if (!this.limit.admits(typeof smtpUser === 'string' ? smtpUser : '')) {
      const message = `More than ${this.limit.perMinute} requests in a minute`;
      return refusal('GeneralError', message, 429);
    }
    if (!this.#validator(request)) {
      const { message } = violationError(this.#validator.errors ?? [], request);
      return refusal('ValidationError', message);
    }
    return this.#unknownName(request) ?? this.#carryOut(request, call);
  }

  #unknownName(request: Record<string, unknown>): Answer | undefined {
    const smtpUser = request.smtp_user_name;
    if (typeof smtpUser === 'string' && !this.account.smtpUsers.includes(smtpUser)) {
      return refusal('ValidationError', `smtp_user_name ${JSON.stringify(smtpUser)} is not known`);
    }
    const { template_id: template } = wireMail(request);
    if (template !== undefined && !this.account.template(template)) {
      return refusal('ValidationError', `template_id ${JSON.stringify(template)} is not known`);
    }
    return undefined;
  }

  #carryOut(request: Record<string, unknown>, { wire, repeatPage }: Call): Answer {
    const { operation } = this;
    if (operation.effect === 'send') {
      const { template_id: template } = wireMail(request);
      const mail = toMail(
        operation,
        request,
        template === undefined ? undefined : this.account.template(template),
      );
      const { summary, content } = toStored(operation.name, mail, request, wire());
      const messageId = this.store.add(summary, content);
      const isGet = operation.method === 'GET' && 'message' in this.#sample;
      return { ...this.#success(isGet ? { message: '250 Message Queued...' } : {}), messageId };
    }
    if (operation.paged && typeof request.x_unique_id === 'string') {
      const { parameter, records, size } = operation.paged;
      const page = repeatPage ? 0 : Number(request[parameter] ?? 0);
      return this.#success({ [records]: this.store.records(request.x_unique_id, page, size) });
    }
    return this.#success({});
  }

  #success(body: object): Answer {
    return { status: 200, body: { ...this.#sample, ...body } };
  }
}
