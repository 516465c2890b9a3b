import { randomBytes } from 'node:crypto';
import type { WebhookEventName } from '../settings/webhooks';

/** What happened to an email, with as much as the sandbox knows of it. */
export interface Happening {
  event: WebhookEventName;
  /** The recipient that it is about. */
  email: string;
  /** Milliseconds since 1970. */
  time: number;
  ip?: string;
  ua?: string;
  /** Where the link leads that was clicked. */
  url?: string;
  /** Why the email was not delivered. */
  reason?: string;
}

/** The email that something happened to. */
export interface Reported {
  owner: string;
  smtpUser: string;
  xUniqueId: string;
  subject: string;
  sender: string;
}

/** Events that a person's mail program or browser causes. */
const visits: readonly WebhookEventName[] = ['open', 'click'];

/**
 * One event as JSON text, with the keys that are public. What the service has in `msg` and the unit of `ts` are not:
 * `msg` has what the sandbox knows under the names that the service uses elsewhere, `ts` seconds.
 */
export function report({ event, time, ...happening }: Happening, about: Reported): string {
  const { email, ip, ua, url, reason } = happening;
  const { owner, smtpUser, xUniqueId, subject, sender } = about;
  const visit = visits.includes(event) ? { ip, ua, url } : { reason };
  return JSON.stringify({
    _id: randomBytes(12).toString('hex'),
    user_id: owner,
    smtp_name: smtpUser,
    x_unique_id: xUniqueId,
    ts: Math.floor(time / 1000),
    event,
    msg: { email, subject, sender, ...visit },
  });
}
