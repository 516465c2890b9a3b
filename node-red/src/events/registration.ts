import { SendCleanError, toSendCleanError } from '../../../shared/errors';
import { keepWebhook, removeWebhook } from '../../../shared/webhooks';
import { clock } from '../clock';
import { tell } from '../language';
import type { Node, NodeAPI } from '../red';
import type { EventStatus } from './eventStatus';
import type { EventSettings, PublicWebhook } from './settings';
import { phrase, type Phrase } from '../../../shared/phrase';

/** What a node has registered, or is about to: its webhook, and the end of what was last done about it. */
interface Registration {
  webhook: PublicWebhook;
  last: Promise<void>;
}

/** By the IDs of the nodes, as each deploy makes a node anew. */
const registrations = new Map<string, Registration>();

/** How long a deploy waits at most until a webhook is removed, in milliseconds; Node-RED itself waits for 15 seconds. */
const patience = 10_000;

/** The waits between attempts, in milliseconds: the first, and the longest. */
const waits = { first: 2000, longest: 300_000 };

/** So often is a webhook registered that the service refuses, as what is in front of Node-RED may still be starting. */
const mostRefusals = 5;

/**
 * Has the service post to a node, if it is to be registered, and no longer to where it posted for this node before.
 * @param signal ends what is tried again and again.
 */
export function register(
  RED: NodeAPI,
  node: Node,
  { webhook, register: isWanted, choice }: EventSettings,
  status: EventStatus,
  signal: AbortSignal,
): void {
  const before = registrations.get(node.id);
  const wanted = isWanted ? webhook : undefined;
  const isSame =
    before && before.webhook.url === wanted?.url && before.webhook.account.owner === wanted.account.owner;
  const gone = isSame ? before.last : withdraw(RED, node);
  if (!wanted) return;
  const last = gone.then(() => keep(RED, node, wanted, choice.events, status, signal));
  registrations.set(node.id, { webhook: wanted, last });
}

/**
 * Removes what a node has registered, if it has. It does not fail: where the webhook stays, the log says so.
 */
export async function withdraw(RED: NodeAPI, node: Node): Promise<void> {
  const registration = registrations.get(node.id);
  if (!registration) return;
  registrations.delete(node.id);
  const { url, account } = registration.webhook;
  const removal = registration.last.then(() => removeWebhook(account.client, url));
  const over = new AbortController();
  const tooLate = clock.sleep(patience, over.signal).then(() => Promise.reject(late()));
  try {
    await Promise.race([removal, tooLate]);
  } catch (error) {
    const { sentence } = toSendCleanError(error);
    const warning = phrase`The webhook was not removed: ${sentence}. Delete it in the SendClean panel: ${url}`;
    node.warn(tell(RED, warning));
  } finally {
    over.abort();
    account.close();
  }
}

function late(): SendCleanError {
  return new SendCleanError('timeout', 'unknown', phrase`SendClean did not answer in time`);
}

/** Registers a webhook until it is there, is refused for good, or is not wanted any more. */
async function keep(
  RED: NodeAPI,
  node: Node,
  { url, account }: PublicWebhook,
  events: readonly string[],
  status: EventStatus,
  signal: AbortSignal,
): Promise<void> {
  const about = `Node-RED ${node.name ?? ''}`.trim();
  let warned = false;
  for (let attempt = 1; !signal.aborted; attempt += 1) {
    try {
      await keepWebhook(account.client, { url, events, about });
      return status.registered();
    } catch (thrown) {
      if (signal.aborted) return;
      const error = toSendCleanError(thrown);
      const isRefused = isRefusal(error);
      if (isRefused) status.failed(error);
      else status.waiting(error);
      if (!warned) node[isRefused ? 'error' : 'warn'](tell(RED, notRegistered(error, url, events)));
      warned = true;
      if (isRefused && (error.kind === 'authentication' || attempt >= mostRefusals)) return;
      const wait = Math.min(waits.first * 2 ** (attempt - 1), waits.longest);
      await clock.sleep(wait, signal).catch(() => undefined);
    }
  }
}

/** Whether the service has said no, and will say so again unless something changes. */
function isRefusal({ kind, status }: SendCleanError): boolean {
  if (kind === 'service') return status === undefined || status < 500;
  return kind === 'authentication' || kind === 'validation';
}

function notRegistered(error: SendCleanError, url: string, events: readonly string[]): Phrase {
  const { kind, effect, sentence } = error;
  const what = phrase`The webhook is not registered: ${sentence}`;
  const names = events.join(', ');
  if (!isRefusal(error)) return phrase`${what}. It is tried again.`;
  if (kind !== 'authentication')
    return phrase`${what}. SendClean must reach ${url} from the internet. You can also enter this address in the SendClean panel, with the events ${names}, and turn off Register with SendClean.`;
  // An account that can be read may not be allowed to add webhooks.
  return effect === 'change'
    ? phrase`${what}. You can also enter ${url} in the SendClean panel, with the events ${names}, and turn off Register with SendClean.`
    : phrase`${what}. Correct owner ID and token of the account.`;
}
