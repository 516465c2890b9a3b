import type { ClientOptions, RunOptions } from '../../shared/delivery/options';
import type { SendCleanError } from '../../shared/errors';
import { operations } from '../../shared/generated/operations';
import { buildRequest } from '../../shared/form/buildRequest';
import { eventClock } from './clock';
import { queued, simulatedService, type Answer } from './transport';

/** The form of an email, still without recipients. */
export const form = { fromEmail: 'shop@example.com', subject: 'Hi', text: 'Hi', xUniqueId: 'order-1042' };
/** Skip Already Sent is on. */
export const skip: RunOptions = { skipSent: true };
/** A connection that breaks, so that nobody knows whether the email was taken. */
export const reset: Answer = Object.assign(new Error('reset'), { code: 'ECONNRESET' });

/** The result of an email that was sent. */
export const sent = {
  status: 'success',
  message: 'message have been Queued ... ',
  xUniqueId: 'order-1042',
};

/** The result of one that was skipped. */
export const skipped = {
  status: 'success',
  message: 'The email was already sent',
  xUniqueId: 'order-1042',
  skipped: true,
};

/**
 * An account that answers its sends as told, 100 ms later; one without an answer goes well. The service finds no
 * email, by default.
 */
export function simulatedAccount(
  sends: Answer[] = [],
  finds: string[] = [],
  options: Partial<ClientOptions> = {},
) {
  const clock = eventClock();
  const taken: string[] = [];
  let looks = 0;
  const service = (given: Partial<ClientOptions>) =>
    simulatedService(
      ({ path, body }) => {
        if (path === operations.getMessageInfo.path) {
          looks += 1;
          const records = finds.map((email) => ({ email }));
          return { body: JSON.stringify({ status: 'success', message_data: records }) };
        }
        const { message } = body as { message: { to: { email: string }[] } };
        taken.push(message.to.map(({ email }) => email).join());
        return sends[taken.length - 1] ?? queued;
      },
      { clock, latency: 100, ...options, ...given },
    ).client;
  const client = service({});
  /** A call, begun at once; what it ends in is its result without what is the email's own, or the kind and fate of its error. */
  const begin = async (to: unknown, runOptions: RunOptions = skip, by = client, values: object = {}) => {
    const request = buildRequest(operations.sendMail, { ...form, ...values, to }, { smtpUser: 'smtp1' });
    return await by.run(by.prepare('sendMail', request), runOptions).then(
      ({ to: _to, subject: _subject, time: _time, ...result }): object => result,
      ({ kind, fate }: SendCleanError) => [kind, fate],
    );
  };
  const all = (...calls: Promise<object>[]) => clock.run(Promise.all(calls));
  return { begin, all, clock, taken, looks: () => looks, another: service };
}
