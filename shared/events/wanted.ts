import type { WebhookEvent } from '../generated/events';

/** Which events a person chose. */
export interface Choice {
  /** Names of events; one that is not among `all` is always wanted, as the service may have new ones. */
  events: readonly string[];
  /** The names that could be chosen. */
  all: readonly string[];
  /** Only those of one SMTP user; empty for all. */
  smtpUser?: string;
}

/** Whether a person wants an event. */
export function isWanted(event: WebhookEvent, { events, all, smtpUser = '' }: Choice): boolean {
  const isChosen = events.includes(event.event) || !all.includes(event.event);
  return isChosen && (smtpUser === '' || event.smtp_name === smtpUser);
}
