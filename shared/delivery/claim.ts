import type { Call } from '../request/prepare';
import { SendCleanError, notMade } from '../errors';
import { addressOf, recipientsOf } from '../request/recipientList';
import type { End, Sends } from './sentMemory';
import { phrase } from '../phrase';

/** The recipients that a send is for. */
export interface Claim {
  /** Addresses that are still to be sent to, in lower case. */
  readonly open: readonly string[];
  /** Says how the send ended for addresses, which are no longer open then; for all that are open by default. */
  end(end: End, addresses?: Iterable<string>): void;
}

export interface ClaimOptions {
  /** Leaves out those who have the email, and waits for those to whom it is being sent. */
  skipSent: boolean;
  /** See `RunOptions` of the client. */
  run?: string | undefined;
  /** They end the wait. */
  signals: readonly (AbortSignal | undefined)[];
}

/**
 * Takes the recipients of a call for its own, so that no other call sends them the same email meanwhile.
 *
 * Nobody waits for ever: a call takes all its recipients in one step or none, so one that waits holds nothing that
 * another may wait for, neither recipients nor a turn of the rate limiter. One that holds recipients is on its way already
 * and never waits for another call. It always says how it ended.
 * @throws SendCleanError of fate `unknown` when that is the fate of another send that was waited for; of kind
 * `cancelled` when a signal is aborted before.
 */
export async function claimRecipients(call: Call, sends: Sends, options: ClaimOptions): Promise<Claim> {
  const { xUniqueId, isIdGiven } = call;
  const addresses = new Set(recipientsOf(call.operation, call.request)?.map(addressOf));
  // Nobody else has an ID that was made for this call.
  if (xUniqueId === null || !isIdGiven) return take(addresses, () => () => undefined);
  const { skipSent, run, signals } = options;
  const begin = (address: string) => sends.begin(xUniqueId, address, run);
  if (!skipSent) return take(addresses, begin);
  const others = othersOf(xUniqueId, sends, options);
  for (;;) {
    if (signals.some((signal) => signal?.aborted)) throw notMade();
    const wait = others(addresses);
    // Nothing comes between the look at the others and this.
    if (!wait) return take(addresses, begin);
    await wait;
  }
}

/**
 * Takes those who have the email out of addresses.
 * @returns a wait for one to whom it is being sent, if there is any.
 */
function othersOf(xUniqueId: string, sends: Sends, { run, signals }: ClaimOptions) {
  return (addresses: Set<string>): Promise<void> | undefined => {
    const apply = (address: string, end: End | undefined) => {
      if (end === 'sent') addresses.delete(address);
      else if (end instanceof SendCleanError) throw unsureOf(address, end);
    };
    for (const address of addresses) apply(address, sends.known(xUniqueId, address, run));
    for (const address of addresses) {
      const ending = sends.inFlight(xUniqueId, address, signals);
      if (ending)
        return ending.then(
          (end) => apply(address, end),
          () => {
            throw notMade();
          },
        );
    }
    return undefined;
  };
}

function take(addresses: ReadonlySet<string>, begin: (address: string) => (end: End) => void): Claim {
  const open = new Map([...addresses].map((address) => [address, begin(address)]));
  return {
    get open() {
      return [...open.keys()];
    },
    end(end, ended = open.keys()) {
      for (const address of ended) {
        open.get(address)?.(end);
        open.delete(address);
      }
    },
  };
}

function unsureOf(address: string, error: SendCleanError): SendCleanError {
  const about = phrase`The same email to ${address} was being sent already, and it is not known whether it went out`;
  return error.prefixed(about).with({ attempts: 0 });
}
