import type { Call } from '../request/prepare';
import { claimRecipients, type Claim } from './claim';
import { invalid, toSendCleanError } from '../errors';
import { fieldWith, type Role } from '../model';
import { pathOf, valueAt } from '../paths';
import { findSent, findSentSoon, type Find } from './lookUp';
import { addressOf, recipientsOf, withRecipients } from '../request/recipientList';
import type { WhenUnsure } from './options';
import type { Sends } from './sentMemory';
import type { Clock } from '../wire/transport';
import { phrase } from '../phrase';

/** How a send goes beyond its one request, see `RunOptions` of the client. */
export interface DeliveryOptions {
  whenUnsure?: WhenUnsure;
  skipSent?: boolean;
  run?: string;
  signal?: AbortSignal | undefined;
  stopSignal?: AbortSignal;
}

/** What a send needs of its host. */
export interface DeliveryContext {
  /** Makes the request, or one to some of its recipients. */
  send: (request: object) => Promise<object>;
  find: Find;
  clock: Clock;
  /** What the account is sending, and what it has sent. */
  sends: Sends;
}

/** What the service or a look-up says of a send. */
interface Answer {
  status: string;
  message: string;
  /** The email is known to be sent although its request had no answer. */
  recovered?: true;
}

/** What comes of a send. */
interface Outcome {
  /** Addresses that the email went to, separated by commas. */
  to: string;
  subject?: string;
  xUniqueId: string | null;
  status: string;
  /** When that was known, in ISO 8601. */
  time: string;
  message: string;
  /** The email is known to be sent although its request had no answer. */
  recovered?: true;
  /** The email had been sent before. */
  skipped?: true;
  /** The recipients that had the email before, where others did not. */
  skippedRecipients?: unknown[];
}

/**
 * Sends an email once. The service has no key by which it knows a request again, so that only its X-Unique-Id and
 * what this process remembers tell whether it took an email.
 * @throws SendCleanError
 */
export async function deliver(
  call: Call,
  context: DeliveryContext,
  options: DeliveryOptions,
): Promise<Outcome> {
  const { skipSent = false, run, signal, stopSignal } = options;
  if (skipSent && !call.isIdGiven)
    throw invalid(
      pathOf(fieldWith(call.operation, 'uniqueId')?.path ?? []),
      phrase`is required to skip what was already sent: give each email its own`,
    );
  const claim = await claimRecipients(call, context.sends, { skipSent, run, signals: [signal, stopSignal] });
  try {
    if (skipSent) await skipFound(call, claim, context.find);
    const isOpen = opennessOf(claim);
    const recipients = recipientsOf(call.operation, call.request) ?? [];
    const skipped = recipients.filter((one) => !isOpen(one)).map(({ email }) => email);
    if (skipped.length > 0 && claim.open.length === 0)
      return { ...outcomeOf(call, skipped, known('The email was already sent'), context), skipped: true };
    const open = recipients.filter(isOpen).map(({ email }) => email);
    const answer = await sendOpen(call, claim, context, options);
    claim.end('sent');
    return {
      ...outcomeOf(call, open, answer, context),
      ...(skipped.length > 0 && { skippedRecipients: skipped }),
    };
  } catch (thrown) {
    const error = toSendCleanError(thrown);
    claim.end(error.fate === 'notSent' ? 'notSent' : error);
    throw error;
  }
}

/** @throws SendCleanError when the service cannot be asked. */
async function skipFound({ xUniqueId }: Call, claim: Claim, find: Find): Promise<void> {
  if (xUniqueId === null || claim.open.length === 0) return;
  const found = await findSent(xUniqueId, claim.open, find).catch((thrown: unknown) => {
    throw toSendCleanError(thrown).prefixed(phrase`The email cannot be looked up`);
  });
  claim.end('sent', found);
}

/** Sends to the recipients that are open, and once more to those that are not found if that is to be found out. */
async function sendOpen(
  call: Call,
  claim: Claim,
  { send, find, clock }: DeliveryContext,
  { whenUnsure = 'report', signal }: DeliveryOptions,
): Promise<Answer> {
  const { xUniqueId } = call;
  let recovered: { recovered?: true } = {};
  for (let isSecond = false; ; isSecond = true) {
    try {
      const response = (await send(openRequest(call, claim))) as Answer;
      return { ...response, ...recovered };
    } catch (thrown) {
      // Whatever becomes of the second request, the first may have gone out all the same.
      const first = toSendCleanError(thrown);
      const error = isSecond ? first.withFate('unknown') : first;
      if (error.fate !== 'unknown' || whenUnsure === 'report' || xUniqueId === null) throw error;
      const found = await findSentSoon(xUniqueId, claim.open, find, clock, signal).catch(() => undefined);
      // A look-up that failed says nothing.
      if (!found) throw error;
      claim.end('sent', found);
      if (found.length > 0) recovered = { recovered: true };
      if (found.length > 0 && claim.open.length === 0)
        return { ...known('The email was found: it had been sent'), ...recovered };
      if (isSecond) throw error;
    }
  }
}

/** The request of a call, to those of its recipients that are open. */
function openRequest({ operation, request }: Call, claim: Claim): object {
  const recipients = recipientsOf(operation, request) ?? [];
  const open = recipients.filter(opennessOf(claim));
  return open.length === recipients.length ? request : withRecipients(operation, request, open);
}

function opennessOf({ open }: Claim): (recipient: unknown) => boolean {
  const addresses = new Set(open);
  return (recipient) => addresses.has(addressOf(recipient));
}

function known(message: string): Answer {
  return { status: 'success', message };
}

/** What a person wants to know first of a send, before the service's own sentence. */
function outcomeOf(
  { operation, request, xUniqueId }: Call,
  addresses: readonly unknown[],
  { status, ...more }: Answer,
  { clock }: DeliveryContext,
): Outcome {
  const valueOf = (role: Role) => {
    const field = fieldWith(operation, role);
    const value = field && valueAt(request, field.path);
    return typeof value === 'string' ? value : undefined;
  };
  const to = addresses.length > 0 ? addresses.join(', ') : (valueOf('recipient') ?? '');
  const subject = valueOf('subject');
  const time = new Date(clock.now()).toISOString();
  return { to, ...(subject !== undefined && { subject }), xUniqueId, status, time, ...more };
}
