import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { createClient, type Client } from '../../shared/client';
import { invalid, SendCleanError } from '../../shared/errors';
import type { HeldKey } from '../../shared/events/signature';
import { keepWebhook, removeWebhook } from '../../shared/webhooks';
import { toNodeError } from '../SendClean/errors';
import { readAccount } from '../SendClean/transport/account';
import { clock, createTransport } from '../SendClean/transport/transport';
import { readTrigger } from './settings';
import { phrase } from '../../shared/phrase';

/** What n8n keeps for the node. */
export interface Registration extends HeldKey {
  /** The URL that was registered, and how SendClean knows it. */
  url?: string | undefined;
  id?: string | undefined;
  /** The events that came before, the oldest first. */
  known?: readonly string[];
}

/** What n8n keeps for the node; n8n stores what is changed in it. */
export function registrationOf(context: IHookFunctions | IWebhookFunctions): Registration {
  return context.getWorkflowStaticData('node');
}

/** A client of the account of the node. */
export async function accountClient(context: IHookFunctions | IWebhookFunctions): Promise<Client> {
  const { redact, credential } = await readAccount(context);
  return createClient({ transport: createTransport(context, credential), clock, redact });
}

/**
 * Has SendClean post the chosen events to the URL of the node. After a restart of n8n this fails only if the URL was
 * not registered before: events that are on their way would find nobody otherwise.
 * @throws NodeOperationError where no event is chosen; NodeApiError with the reason of SendClean, and what to do.
 */
export async function register(context: IHookFunctions): Promise<boolean> {
  const { events, isRegistered } = readTrigger(context);
  const registration = registrationOf(context);
  const url = urlOf(context);
  if (events.length === 0) throw toNodeError(context, noEvents());
  if (!isRegistered) return true;
  try {
    const about = `n8n workflow ${context.getWorkflow().id ?? ''}`.trim();
    const { id, key } = await keepWebhook(await accountClient(context), { url, events, about });
    Object.assign(registration, { url, id, key, keyReadAt: clock.now() });
    return true;
  } catch (error) {
    if (context.getActivationMode() === 'init' && registration.url === url) {
      context.logger.warn(`SendClean Trigger: the webhook was not looked at again (${reasonOf(error)})`);
      return true;
    }
    throw explained(context, error, url, events);
  }
}

/** Has SendClean post nothing more to the URL of the node; the workflow ends in any case. */
export async function unregister(context: IHookFunctions): Promise<boolean> {
  const registration = registrationOf(context);
  const { url = urlOf(context) } = registration;
  Object.assign(registration, { url: undefined, id: undefined, key: undefined, keyReadAt: undefined });
  if (!readTrigger(context).isRegistered) return true;
  try {
    await removeWebhook(await accountClient(context), url);
    return true;
  } catch (error) {
    context.logger.warn(
      `SendClean Trigger: the webhook ${url} may still be registered (${reasonOf(error)}); delete it in the SendClean panel`,
    );
    return false;
  }
}

/** The URL that SendClean posts to, as n8n's `WEBHOOK_URL` has it. */
export function urlOf(context: IHookFunctions | IWebhookFunctions): string {
  return context.getNodeWebhookUrl('default') ?? '';
}

function reasonOf(error: unknown): string {
  return error instanceof SendCleanError ? error.message : 'for an unknown reason';
}

function noEvents(): SendCleanError {
  return invalid('events', phrase`is empty: choose what starts the workflow`, 'Events');
}

/** An error with what a person can do about a webhook that SendClean refuses; n8n shows the message alone. */
function explained(context: IHookFunctions, error: unknown, url: string, events: readonly string[]) {
  const isRefused = error instanceof SendCleanError && error.effect === 'change' && error.fate === 'notSent';
  if (!isRefused || error.status === undefined) return toNodeError(context, error);
  const { kind, fate, message } = error;
  const reach = `SendClean calls ${url} before it adds the webhook, so n8n must be reachable from the internet at the address in its WEBHOOK_URL`;
  // An account that may not add webhooks gains nothing by that.
  const why = kind === 'authentication' ? message : `${message}. ${reach}`;
  const byHand = `to add the webhook in the SendClean panel yourself, turn Register Webhook off in the settings of this node, and enter this URL there with the events ${events.join(', ')}`;
  const details = { ...error, prefixes: [] };
  return toNodeError(context, new SendCleanError(kind, fate, `${why}; ${byHand}.`, details));
}
