import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { withoutLocator } from '../SendClean/actions/parameters';

/** What a person set in the trigger. */
export interface TriggerSettings {
  /** Names of the events that start the workflow. */
  events: readonly string[];
  simplify: boolean;
  /** The SMTP user whose emails count; empty for all. */
  smtpUser: string;
  /** Whether the node registers its URL itself. */
  isRegistered: boolean;
  isVerified: boolean;
}

/** Reads the form of the trigger. */
export function readTrigger(context: IHookFunctions | IWebhookFunctions): TriggerSettings {
  const settings = context.getNodeParameter('settings', {}) as Record<string, unknown>;
  return {
    events: [context.getNodeParameter('events', []) as string | string[]].flat(),
    simplify: context.getNodeParameter('simplify', true) as boolean,
    smtpUser: String(withoutLocator(settings.smtpUser) ?? ''),
    isRegistered: settings.register !== false,
    isVerified: settings.verifySignature === true,
  };
}
